import {
  answering,
  type Callee,
  type Caller,
  calling,
  calls,
  operationOf,
} from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { type Cloud, type ConnectionInfo, cloud as model } from '../world/cloud.ts';
import { freeId } from './attachment-create.ts';
import { volumeAttachmentUpdate } from './attachment-update.ts';

interface Connecting extends Caller, Callee {
  attachment: string;
  readonly host: string;
  info: ConnectionInfo | null;
}

const { rpc } = calls<Connecting>();

/**
 * Exports and maps, and says that the volume is attached: there was no separate `complete`.
 * Simplified: the text of the two proofs of concept is lost; cinder-volume acts as in the shipped
 * flow.
 */
const connect = {
  ...rpc('volume_rpc', {
    to: (_cloud: Cloud, self: Connecting) =>
      volumeAttachmentUpdate.start(self.attachment, self.host),
    ok: (_cloud, self, reply) => {
      self.info = reply.connection_info ?? null;
    },
    otherwise: 'server_error',
  }),
  ...stepFragment<Connecting>()({
    attachment_attached(cloud, self) {
      const row = cloud.attachments[self.attachment];
      const volume = row === undefined ? undefined : cloud.volumes[row.volume];
      if (row === undefined || volume === undefined || self.info === null) return 'server_error';
      row.connection_info = self.info;
      row.status = 'attached';
      volume.status = 'in-use';
      volume.attach_status = 'attached';
      self.reply = { outcome: 'ok', attachment: self.attachment, connection_info: self.info };
      self.info = null;
      return 'done';
    },
    server_error(_cloud, self) {
      self.info = null;
      self.reply = { outcome: 'server_error' };
      return 'done';
    },
  }),
};

/**
 * Proof of concept v1: nova-compute creates the attachment with its connector, of a volume that
 * nova-api has reserved before. Source: the seed mail of 2016 (docs/openstack.md 4.1, step 3).
 */
export const createAttachmentV1 = model.flow({
  name: 'c-api.create_attachment',
  vars: (volume: string, instance: string, host: string) => ({
    volume,
    instance,
    host,
    ...connecting(''),
  }),
  steps: {
    attachment_insert(cloud, self) {
      self.attachment = freeId(cloud.attachments, `attachment-${operationOf(self.pid)}`);
      cloud.attachments[self.attachment] = {
        volume: self.volume,
        instance: self.instance,
        status: 'attaching',
        connector: null,
        connection_info: null,
      };
    },
    ...connect,
  },
});

/**
 * Proof of concept v2: the attachment exists already, without a connector.
 * Source: cinder-specs:specs/ocata/add-new-attach-apis.rst (docs/openstack.md 4.2, step 3).
 */
export const updateAttachmentV2 = model.flow({
  name: 'c-api.update_attachment',
  vars: (attachment: string, host: string) => ({ host, ...connecting(attachment) }),
  steps: connect,
});

const connecting = (attachment: string): Omit<Connecting, 'host'> => ({
  attachment,
  info: null,
  ...calling(),
  ...answering(),
});

/**
 * How many attachments share the backend connection of this one: those with the same connector and
 * target, itself included. Source: cinder-specs:specs/ocata/add-new-attach-apis.rst, get(id).
 */
export const countSharing = model.flow({
  name: 'c-api.get_attachment',
  vars: (attachment: string) => ({ attachment, ...answering() }),
  steps: {
    get_attachment(cloud, self) {
      const info = cloud.attachments[self.attachment]?.connection_info;
      const rows = Object.values(cloud.attachments).filter(
        (row) => row.connector === info?.host && row.connection_info?.target === info?.target,
      );
      self.reply =
        info === undefined ? { outcome: 'not_found' } : { outcome: 'ok', sharing: rows.length };
      return 'done';
    },
  },
});
