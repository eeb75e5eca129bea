import { type Caller, calling, calls, operationOf } from '../calls/calls.ts';
import { detach } from '../cinder/attach.ts';
import { attachmentComplete } from '../cinder/attachment-complete.ts';
import { attachmentCreate, freeId } from '../cinder/attachment-create.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { beginDetaching } from '../cinder/volume-actions.ts';
import { cloud as model } from '../world/cloud.ts';
import { admits } from './admission.ts';
import { isAlreadyAttached } from './already-attached.ts';
import { bdmOf } from './lookup.ts';

interface Asking extends Caller {
  readonly server: string;
  readonly volume: string;
  bdm: string;
  attachment: string;
}

const { rest } = calls<Asking>();

const asking = (server: string, volume: string): Asking => ({
  server,
  volume,
  bdm: '',
  attachment: '',
  ...calling(),
});

/**
 * A user attaches a volume to a server that is shelved and offloaded. nova-api does all of it:
 * there is no host, so the attachment is completed without a connector.
 * Source: nova:nova/compute/api.py@_attach_volume_shelved_offloaded (docs/openstack.md 8.6).
 */
export const attachVolumeShelvedOffloaded = model.flow({
  name: 'n-api.attach_volume_shelved_offloaded',
  vars: asking,
  steps: {
    check_instance_state(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined || !admits(cloud, 'attach_offloaded', instance)) return 'done';
      if (cloud.volumes[self.volume]?.multiattach === true) return 'done';
      if (isAlreadyAttached(cloud, self.server, self.volume)) return 'done';
    },
    create_volume_bdm(cloud, self) {
      self.bdm = freeId(cloud.bdms, `bdm-${operationOf(self.pid)}`);
      cloud.bdms[self.bdm] = {
        instance: self.server,
        volume: self.volume,
        attachment_id: null,
        connection_info: null,
        delete_on_termination: false,
      };
    },
    ...rest('attachment_create', {
      to: (_cloud, self) => attachmentCreate.start(self.volume, self.server, null),
      ok: (_cloud, self, reply) => {
        self.attachment = reply.attachment ?? '';
      },
      otherwise: 'destroy_bdm',
    }),
    save_attachment_id(cloud, self) {
      const bdm = cloud.bdms[self.bdm];
      if (bdm === undefined) return 'destroy_bdm';
      bdm.attachment_id = self.attachment;
    },
    ...rest('attachment_complete', {
      to: (_cloud, self) => attachmentComplete.start(self.attachment),
      ok: () => 'done',
      otherwise: 'destroy_bdm',
    }),
    destroy_bdm(cloud, self) {
      delete cloud.bdms[self.bdm];
      return 'done';
    },
  },
});

/**
 * A user detaches a volume from a server that is shelved and offloaded: since nova 19 without
 * begin_detaching, which Cinder refuses for a volume that is reserved (bug 1808089);
 * errors are logged only, and the BDM goes in any case.
 * Source: nova:nova/compute/api.py@_detach_volume_shelved_offloaded, @_local_cleanup_bdm_volumes
 * (docs/openstack.md 8.6).
 */
export const detachVolumeShelvedOffloaded = model.flow({
  name: 'n-api.detach_volume_shelved_offloaded',
  vars: asking,
  steps: {
    get_bdm(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined || !admits(cloud, 'detach_offloaded', instance)) return 'done';
      const found = bdmOf(cloud.bdms, self.server, self.volume);
      if (found === undefined) return 'done';
      const [id, bdm] = found;
      self.bdm = id;
      self.attachment = bdm.attachment_id ?? '';
      // A BDM that names no attachment yet looks like an old-style one.
      const deletes = cloud.switches.shelved_detach === 'deletes';
      if (deletes && self.attachment !== '') return 'attachment_delete';
    },
    ...rest('begin_detaching', {
      to: (_cloud, self) => beginDetaching.start(self.volume),
      ok: (_cloud, self) => (self.attachment === '' ? 'detach' : 'attachment_delete'),
      otherwise: 'done',
    }),
    ...rest('attachment_delete', {
      to: (_cloud, self) => attachmentDelete.start(self.attachment, 'service'),
      ok: () => 'destroy_bdm',
      otherwise: 'destroy_bdm',
      repeated: 'delete_repeated',
    }),
    ...rest('detach', {
      to: (_cloud, self) => detach.start(self.volume, ''),
      otherwise: 'destroy_bdm',
    }),
    destroy_bdm(cloud, self) {
      delete cloud.bdms[self.bdm];
      return 'done';
    },
  },
});
