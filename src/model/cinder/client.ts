import { type Caller, calling, calls } from '../calls/calls.ts';
import { cloud as model } from '../world/cloud.ts';
import { attachmentComplete } from './attachment-complete.ts';
import { attachmentCreate } from './attachment-create.ts';
import { attachmentDelete } from './attachment-delete.ts';
import { attachmentUpdate } from './attachment-update.ts';

interface Using extends Caller {
  readonly volume: string;
  /** null: for no server. */
  readonly instance: string | null;
  readonly host: string;
  /** The node whose cinder-api serves the requests. */
  readonly node: string;
  attachment: string;
}

const { rest } = calls<Using>();

/**
 * A client of Cinder other than Nova uses a volume on a host, on behalf of a server or for itself:
 * it creates, updates and completes an attachment, and deletes it in the end, or as soon as a step
 * fails. Without a server it is no service of OpenStack. Source: the requests of the attachments
 * API (docs/openstack.md 5.2); the model leaves out what the client does on its host.
 */
export const useVolume = model.flow({
  name: 'client.use_volume',
  vars: (volume: string, instance: string | null, host: string, node: string): Using => ({
    volume,
    instance,
    host,
    node,
    attachment: '',
    ...calling(),
  }),
  steps: {
    ...rest('attachment_create', {
      to: (_cloud, self) => attachmentCreate.start(self.volume, self.instance, null),
      ok: (_cloud, self, reply) => {
        self.attachment = reply.attachment ?? '';
      },
      otherwise: 'done',
    }),
    ...rest('attachment_update', {
      to: (_cloud, self) => attachmentUpdate.start(self.attachment, self.host, self.node),
      otherwise: 'attachment_delete',
    }),
    ...rest('attachment_complete', {
      to: (_cloud, self) => attachmentComplete.start(self.attachment),
      otherwise: 'attachment_delete',
    }),
    ...rest('attachment_delete', {
      to: (_cloud, self) =>
        attachmentDelete.start(self.attachment, self.instance === null ? 'user' : 'service'),
      otherwise: 'done',
    }),
    forget(_cloud, self) {
      self.attachment = '';
      return 'done';
    },
  },
});
