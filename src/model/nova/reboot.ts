import { connectVolume } from '../brick/connect-volume.ts';
import { calling, type Me, send } from '../calls/calls.ts';
import { lunPath } from '../world/backend.ts';
import { type Instance, cloud as model } from '../world/cloud.ts';
import { instanceLock, release } from '../world/locks.ts';
import { admits } from './admission.ts';
import { type Cleaning, deleteDanglingBdms } from './dangling.ts';
import { type DisconnectingServer, disconnectFromHost } from './disconnect.ts';
import { orByForce } from './force.ts';
import { lockInstance } from './instance-lock.ts';
import { diskOf, isRunning, takeDisk } from './lookup.ts';
import { type PassedBdm, readBdms } from './passed-bdms.ts';

interface Rebooting extends DisconnectingServer, Cleaning {
  volume: string;
  /** The guest did not start, and its volumes are disconnected once more. */
  failing: boolean;
}

/**
 * nova-compute reboots a server hard: since nova 28 it cleans dangling records up, then the guest
 * ends, all volumes are disconnected by force and connected again, and the guest starts. Cinder is
 * not told: the attachments stay attached. Twice it saves its task state and looks whether that is
 * still its own: the first time the reboot ends there; the second time the error is swallowed if
 * the guest runs. What it saves at its end it saves whatever the task state is by then. A volume
 * that cannot be disconnected ends the reboot, and so does one that cannot be connected, with those
 * before it connected; a guest that does not start takes all its volumes with it.
 * Simplified: connection_info is not fetched again before the volumes are connected, as it never
 * changes here; a BDM without it is left out.
 * Source: nova:nova/compute/manager.py@reboot_instance, @_reboot_instance, @reverts_task_state;
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
    failing: false,
    connection: null,
    logout: false,
    servers: null,
    ...calling(),
  }),
  steps: {
    lock_instance: lockInstance('L1_reboot'),
    get_bdms(cloud, self) {
      self.bdms = readBdms(cloud, self.server);
    },
    ...deleteDanglingBdms({ cleaned: 'save_reboot_pending', aborted: 'revert_task_state' }),
    save_reboot_pending(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined || !hardReboot.includes(instance.task_state))
        return 'unlock_instance';
      instance.task_state = 'reboot_pending';
    },
    save_reboot_started(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance?.task_state === 'reboot_pending') return;
      if (isRunning(cloud, self.server)) return 'save_active';
      if (instance !== undefined) instance.vm_state = 'error';
      return 'unlock_instance';
    },
    // In the row `reboot_started` comes a step early: it stands for a guest that is off.
    destroy_guest(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance?.task_state === 'reboot_pending') instance.task_state = 'reboot_started';
      for (const { volume } of self.bdms) takeDisk(cloud, self.host, diskOf(self.server, volume));
      if (cloud.switches.reboot_disconnects === 'no') return 'next_connect';
    },
    next_disconnect(_cloud, self) {
      const bdm = nextConnected(self);
      if (bdm === undefined) return self.failing ? 'reboot_failed' : 'next_connect';
    },
    ...disconnectFromHost({ disconnected: 'next_disconnect', failed: 'reboot_failed' }),
    ...orByForce,
    next_connect(_cloud, self) {
      if (nextConnected(self) === undefined) return 'create_guest';
    },
    ...connectVolume({ connected: 'next_connect', failed: 'reboot_failed' }),
    create_guest(cloud, self) {
      for (const { volume, connection_info: info } of self.bdms) {
        if (info === null) continue;
        // On this host, whichever host the connection_info names (R26).
        cloud.disks[diskOf(self.server, volume)] = lunPath(self.host, info.target, info.lun);
      }
    },
    save_active(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined) return 'unlock_instance';
      instance.vm_state = 'active';
      instance.task_state = null;
      return 'unlock_instance';
    },
    guest_failed(cloud, self) {
      self.next = 0;
      if (cloud.switches.failed_start === 'network_only') return 'reboot_failed';
      self.failing = true;
      return 'next_disconnect';
    },
    reboot_failed(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance !== undefined) instance.vm_state = 'error';
    },
    revert_task_state(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance !== undefined) instance.task_state = null;
    },
    unlock_instance(cloud, self) {
      Object.assign(self, { bdms: [], next: 0, attachments: [], volume: '' });
      self.failing = false;
      self.connection = null;
      release(cloud, instanceLock(self.host, self.server), self.pid);
      return 'done';
    },
  },
});

const hardReboot: readonly Instance['task_state'][] = [
  'rebooting',
  'reboot_pending',
  'reboot_started',
];

/**
 * The next BDM with a connection_info; it becomes the current one. undefined after the last one.
 */
function nextConnected(self: Me<Rebooting>): PassedBdm | undefined {
  const rest = self.bdms.slice(self.next);
  const skipped = rest.findIndex(({ connection_info: info }) => info !== null);
  const bdm = rest[skipped];
  self.next = bdm === undefined ? 0 : self.next + skipped + 1;
  self.volume = bdm?.volume ?? '';
  self.connection = bdm?.connection_info ?? null;
  return bdm;
}

/**
 * A user reboots a server hard, even one that hangs rebooting; its host need not be up. Source:
 * nova:nova/compute/api.py@reboot, @_hard_reboot.
 */
export const rebootServer = model.flow({
  name: 'n-api.reboot_server',
  vars: (server: string) => ({ server }),
  steps: {
    reboot(cloud, self, _pick, processes) {
      const instance = cloud.instances[self.server];
      if (instance === undefined || instance.host === null) return 'done';
      if (!admits(cloud, 'reboot', instance)) return 'done';
      instance.task_state = 'rebooting';
      send(processes, self.pid, rebootInstance.start(self.server, instance.host));
      return 'done';
    },
  },
});
