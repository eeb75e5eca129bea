import { connectVolume } from '../brick/connect-volume.ts';
import { calling, send } from '../calls/calls.ts';
import { lunPath } from '../world/backend.ts';
import { cloud as model } from '../world/cloud.ts';
import { instanceLock, release } from '../world/locks.ts';
import { type Cleaning, deleteDanglingBdms } from './dangling.ts';
import { type DisconnectingServer, disconnectFromHost } from './disconnect.ts';
import { orByForce } from './force.ts';
import { lockInstance } from './instance-lock.ts';
import { diskOf, takeDisk } from './lookup.ts';

interface Rebooting extends DisconnectingServer, Cleaning {
  volume: string;
}

/**
 * nova-compute reboots a server hard: since nova 28 it cleans dangling records up, then the guest
 * ends, all volumes are disconnected by force and connected again, and the guest starts. Cinder is
 * not told: the attachments stay attached. At its beginning it looks whether the server is to be
 * deleted; what it saves at its end it saves whatever the task state is by then.
 * Simplified: connection_info is not fetched again before the volumes are connected, as it never
 * changes here; a BDM without it is left out.
 * Source: nova:nova/compute/manager.py@reboot_instance, @reverts_task_state;
 * nova:nova/virt/libvirt/driver.py@_hard_reboot (docs/openstack.md 8.14).
 */
export const rebootInstance = model.flow({
  name: 'n-cpu.reboot_instance',
  vars: (server: string, host: string): Rebooting => ({
    server,
    host,
    volume: '',
    bdms: [],
    next: 0,
    attachments: [],
    connection: null,
    logout: false,
    servers: null,
    ...calling(),
  }),
  steps: {
    lock_instance: lockInstance('L1_reboot'),
    get_bdms(cloud, self) {
      if (cloud.instances[self.server]?.task_state !== 'rebooting') return 'unlock_instance';
      self.bdms = Object.entries(cloud.bdms)
        .filter(([, bdm]) => bdm.instance === self.server)
        .map(([id]) => id);
    },
    ...deleteDanglingBdms({ cleaned: 'destroy_guest' }),
    destroy_guest(cloud, self) {
      for (const id of self.bdms) {
        takeDisk(cloud, self.host, diskOf(self.server, cloud.bdms[id]?.volume ?? ''));
      }
    },
    next_disconnect(cloud, self) {
      const id = self.bdms[self.next];
      self.next = id === undefined ? 0 : self.next + 1;
      if (id === undefined) return 'next_connect';
      const bdm = cloud.bdms[id];
      if (bdm === undefined || bdm.connection_info === null) return 'next_disconnect';
      self.volume = bdm.volume;
      self.connection = bdm.connection_info;
    },
    ...disconnectFromHost({ disconnected: 'next_disconnect', failed: 'next_disconnect' }),
    ...orByForce,
    next_connect(cloud, self) {
      self.connection = null;
      const id = self.bdms[self.next];
      self.next = id === undefined ? 0 : self.next + 1;
      if (id === undefined) return 'create_guest';
      const bdm = cloud.bdms[id];
      if (bdm === undefined || bdm.connection_info === null) return 'next_connect';
      self.volume = bdm.volume;
      self.connection = bdm.connection_info;
    },
    ...connectVolume({ connected: 'next_connect', failed: 'reboot_failed' }),
    create_guest(cloud, self) {
      for (const id of self.bdms) {
        const bdm = cloud.bdms[id];
        if (bdm === undefined || bdm.connection_info === null) continue;
        // On this host, whichever host the connection_info names (R26).
        const { target, lun } = bdm.connection_info;
        cloud.disks[diskOf(self.server, bdm.volume)] = lunPath(self.host, target, lun);
      }
      const instance = cloud.instances[self.server];
      if (instance !== undefined) {
        instance.vm_state = 'active';
        instance.task_state = null;
      }
      return 'unlock_instance';
    },
    reboot_failed(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined) return;
      instance.vm_state = 'error';
      instance.task_state = null;
    },
    unlock_instance(cloud, self) {
      self.bdms = [];
      self.next = 0;
      self.volume = '';
      self.connection = null;
      release(cloud, instanceLock(self.host, self.server), self.pid);
      return 'done';
    },
  },
});

/**
 * A user reboots a server hard; nothing else may be going on, and its host must be up.
 * Source: nova:nova/compute/api.py@reboot, @_hard_reboot.
 */
export const rebootServer = model.flow({
  name: 'n-api.reboot_server',
  vars: (server: string) => ({ server }),
  steps: {
    reboot(cloud, self, _pick, processes) {
      const instance = cloud.instances[self.server];
      if (instance === undefined || instance.host === null) return 'done';
      const allowed = instance.vm_state === 'active' || instance.vm_state === 'error';
      if (!allowed || instance.task_state !== null) return 'done';
      instance.task_state = 'rebooting';
      send(processes, self.pid, rebootInstance.start(self.server, instance.host));
      return 'done';
    },
  },
});
