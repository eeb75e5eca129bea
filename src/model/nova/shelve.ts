import { send } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { cloud as model } from '../world/cloud.ts';
import { instanceLock, release } from '../world/locks.ts';
import { isUp } from '../world/services.ts';
import { admits } from './admission.ts';
import { attachAsAtBoot } from './attach-as-at-boot.ts';
import { orByForce } from './force.ts';
import { lockInstance } from './instance-lock.ts';
import { disconnectAll, forgetMove, type Moving, moving, reserveAgain } from './moving.ts';

const unlockInstance = stepFragment<Moving, 'done'>()({
  unlock_instance(cloud, self) {
    forgetMove(self);
    release(cloud, instanceLock(self.host, self.server), self.pid);
    return 'done';
  },
});

/**
 * nova-compute shelves a server and takes it off its host: the guest ends, the volumes leave the
 * host and stay reserved. That it is off is saved before the host is taken out of the row. An error
 * gives the server back to its user, on its host.
 * Source: nova:nova/compute/manager.py@shelve_offload_instance, @_shelve_offload_instance
 * (docs/openstack.md 8.5).
 */
export const shelveOffloadInstance = model.flow({
  name: 'n-cpu.shelve_offload_instance',
  vars: moving,
  steps: {
    // On releases that have this lock: bug 1611008.
    lock_instance: lockInstance('L1_shelve'),
    ...disconnectAll({ disconnected: 'next_reservation', failed: 'next_disconnect' }),
    ...orByForce,
    ...reserveAgain({ reserved: 'save_offloaded', failed: 'offload_failed' }),
    // nova-compute saves this only if no other request has changed the task state of the server.
    save_offloaded(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance?.task_state !== 'shelving') return 'unlock_instance';
      instance.vm_state = 'shelved_offloaded';
      instance.task_state = null;
    },
    nil_out_host(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined) return 'unlock_instance';
      instance.host = null;
      return 'unlock_instance';
    },
    // The guest is off, and its vm_state does not say so.
    offload_failed(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance !== undefined) instance.task_state = null;
    },
    ...unlockInstance,
  },
});

/**
 * nova-compute brings a shelved server to its host: the attachments get its connector and are
 * completed; then the server is given the host, and the driver connects and starts the guest. If
 * the latter fails the volumes are reserved again since nova 18.
 * Source: nova:nova/compute/manager.py@unshelve_instance, @_unshelve_instance
 * (docs/openstack.md 8.5).
 */
export const unshelveInstance = model.flow({
  name: 'n-cpu.unshelve_instance',
  vars: moving,
  steps: {
    // On releases that have this lock: bug 1611008.
    lock_instance: lockInstance('L1_shelve'),
    // It does so in any task state, also if a user deletes the server.
    save_spawning(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined) return 'unlock_instance';
      instance.task_state = 'unshelving';
    },
    ...attachAsAtBoot({
      attached: 'save_active',
      failed: 'unshelve_failed',
      unstarted: 'spawn_failed',
      completed: 'instance_claim',
    }),
    instance_claim(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined) return 'spawn_failed';
      instance.host = self.host;
      return 'next_connect';
    },
    // nova-compute saves this only if no other request has changed the task state of the server;
    // the guest runs in either case. A server without volumes gets its host here.
    save_active(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance?.task_state !== 'unshelving') return 'unlock_instance';
      instance.host = self.host;
      instance.vm_state = 'active';
      instance.task_state = null;
      return 'unlock_instance';
    },
    // Only a guest that does not start puts the volumes back to reserved.
    spawn_failed(cloud, self) {
      self.next = 0;
      if (cloud.switches.failed_unshelve === 'kept') return 'unshelve_failed';
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

/**
 * A user shelves a server; it is offloaded at once. Source: nova:nova/compute/api.py@shelve,
 * @shelve_offload.
 */
export const shelveServer = model.flow({
  name: 'n-api.shelve_server',
  vars: (server: string) => ({ server }),
  steps: {
    shelve(cloud, self, _pick, processes) {
      const instance = cloud.instances[self.server];
      if (instance === undefined || instance.host === null) return 'done';
      if (!admits(cloud, 'shelve', instance)) return 'done';
      instance.task_state = 'shelving';
      send(processes, self.pid, shelveOffloadInstance.start(self.server, instance.host));
      return 'done';
    },
  },
});

/**
 * A user unshelves a server; nova-conductor chooses the host. Simplified: nova-conductor only
 * schedules, so nova-api casts to the host. Source: nova:nova/compute/api.py@unshelve;
 * nova:nova/conductor/manager.py@unshelve_instance.
 */
export const unshelveServer = model.flow({
  name: 'n-api.unshelve_server',
  vars: (server: string, dest: string) => ({ server, dest }),
  steps: {
    unshelve(cloud, self, _pick, processes) {
      const instance = cloud.instances[self.server];
      if (instance === undefined || !admits(cloud, 'unshelve', instance)) return 'done';
      // The scheduler offers no host that is down, and nova-conductor takes the task state back.
      if (!isUp(cloud, self.dest)) return 'done';
      instance.task_state = 'unshelving';
      send(processes, self.pid, unshelveInstance.start(self.server, self.dest));
      return 'done';
    },
  },
});
