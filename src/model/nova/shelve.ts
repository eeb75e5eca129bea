import { type Caller, calling, calls, operationOf, send } from '../calls.ts';
import { attachmentComplete } from '../cinder/attachment-complete.ts';
import { attachmentCreate, freeId } from '../cinder/attachment-create.ts';
import { type Cloud, cloud as model } from '../cloud.ts';
import { free, instanceLock, release, take } from '../locks.ts';
import { piece } from '../piece.ts';
import { isUp } from '../services.ts';
import { bdmOf } from './lookup.ts';
import {
  attachAgain,
  disconnectAll,
  forgetMove,
  type Moving,
  moving,
  reserveAgain,
} from './moving.ts';
import { needsAttachments } from './needs-attachments.ts';

/** The instance lock of shelve, offload and unshelve, where the release has it. Source: bug 1611008. */
const lockInstance = piece<Moving>()({
  lock_instance: {
    when: (cloud, self) =>
      isUp(cloud, self.host) &&
      (cloud.switches.L1_shelve === 'none' || free(cloud, instanceLock(self.host, self.server))),
    do: (cloud, self) => {
      if (cloud.switches.L1_shelve === 'none') return;
      take(cloud, instanceLock(self.host, self.server), self.pid);
    },
  },
});

const unlockInstance = piece<Moving, 'done'>()({
  unlock_instance(cloud, self) {
    forgetMove(self);
    release(cloud, instanceLock(self.host, self.server), self.pid);
    return 'done';
  },
});

/** A server whose move failed. */
function fail(cloud: Cloud, server: string): void {
  const instance = cloud.instances[server];
  if (instance === undefined) return;
  instance.vm_state = 'error';
  instance.task_state = null;
}

/**
 * nova-compute shelves a server and takes it off its host: the guest ends, the volumes leave the host and stay reserved. That
 * it is off is saved before the host is taken out of the row.
 * Source: nova:nova/compute/manager.py@shelve_offload_instance, @_shelve_offload_instance (DOMAIN.md 8.5).
 */
export const shelveOffloadInstance = model.flow({
  name: 'n-cpu.shelve_offload_instance',
  vars: moving,
  steps: {
    ...lockInstance,
    ...disconnectAll({ disconnected: 'next_reservation', failed: 'next_disconnect' }),
    ...reserveAgain({ reserved: 'save_offloaded', failed: 'offload_failed' }),
    save_offloaded(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined) return 'unlock_instance';
      instance.vm_state = 'shelved_offloaded';
      instance.task_state = null;
    },
    nil_out_host(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance !== undefined) instance.host = null;
      return 'unlock_instance';
    },
    offload_failed(cloud, self) {
      fail(cloud, self.server);
    },
    ...unlockInstance,
  },
});

/**
 * nova-compute brings a shelved server to its host: the attachments get its connector and are completed, the driver connects
 * and starts the guest. If that fails the volumes are reserved again.
 * Source: nova:nova/compute/manager.py@unshelve_instance, @_unshelve_instance (DOMAIN.md 8.5).
 */
export const unshelveInstance = model.flow({
  name: 'n-cpu.unshelve_instance',
  vars: moving,
  steps: {
    ...lockInstance,
    instance_claim(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined) return 'unlock_instance';
      instance.host = self.host;
    },
    ...attachAgain('before_connect', {
      attached: 'save_active',
      failed: 'unshelve_failed',
      unconnected: 'spawn_failed',
    }),
    save_active(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined) return 'unlock_instance';
      instance.vm_state = 'active';
      instance.task_state = null;
      return 'unlock_instance';
    },
    // Only a guest that does not start puts the volumes back to reserved.
    spawn_failed(_cloud, self) {
      self.next = 0;
    },
    ...reserveAgain({ reserved: 'unshelve_failed', failed: 'unshelve_failed' }),
    unshelve_failed(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined) return 'unlock_instance';
      instance.host = null;
      instance.task_state = null;
    },
    ...unlockInstance,
  },
});

/** A user shelves a server; it is offloaded at once. Source: nova:nova/compute/api.py@shelve, @shelve_offload. */
export const shelveServer = model.flow({
  name: 'n-api.shelve_server',
  vars: (server: string) => ({ server }),
  steps: {
    shelve(cloud, self, _pick, processes) {
      needsAttachments(cloud, 'shelving');
      const instance = cloud.instances[self.server];
      if (instance === undefined || instance.host === null) return 'done';
      if (instance.vm_state !== 'active' || instance.task_state !== null) return 'done';
      instance.task_state = 'shelving';
      send(processes, self.pid, shelveOffloadInstance.start(self.server, instance.host));
      return 'done';
    },
  },
});

/**
 * A user brings a shelved server back; nova-conductor chooses the host.
 * Simplified: nova-conductor only schedules, so nova-api casts to the host.
 * Source: nova:nova/compute/api.py@unshelve; nova:nova/conductor/manager.py@unshelve_instance.
 */
export const unshelveServer = model.flow({
  name: 'n-api.unshelve_server',
  vars: (server: string, dest: string) => ({ server, dest }),
  steps: {
    unshelve(cloud, self, _pick, processes) {
      const instance = cloud.instances[self.server];
      if (instance?.vm_state !== 'shelved_offloaded' || instance.task_state !== null) return 'done';
      instance.task_state = 'unshelving';
      send(processes, self.pid, unshelveInstance.start(self.server, self.dest));
      return 'done';
    },
  },
});

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

const isOffloaded = (cloud: Cloud, server: string): boolean => {
  const instance = cloud.instances[server];
  return instance?.vm_state === 'shelved_offloaded' && instance.task_state === null;
};

/**
 * A user attaches a volume to a server that is on no host: all in nova-api, and the attachment is completed without a
 * connector. A multiattach volume is refused.
 * Source: nova:nova/compute/api.py@_attach_volume_shelved_offloaded (DOMAIN.md 8.6).
 */
export const attachToShelved = model.flow({
  name: 'n-api.attach_volume_shelved_offloaded',
  vars: asking,
  steps: {
    check_instance_state(cloud, self) {
      const isMultiattach = cloud.volumes[self.volume]?.multiattach === true;
      if (isMultiattach || !isOffloaded(cloud, self.server)) return 'done';
      if (bdmOf(cloud.bdms, self.server, self.volume) !== undefined) return 'done';
    },
    create_bdm(cloud, self) {
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
