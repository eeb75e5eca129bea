import type { Processes } from '../../spec/process.ts';
import { connectVolume } from '../brick/connect-volume.ts';
import { send } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { type Cloud, type Instance, cloud as model } from '../world/cloud.ts';
import { terminateInstance } from './delete.ts';
import { isRunning, wasStopped } from './lookup.ts';
import { forgetMove, getBdms, type Moving, moving, nextBdm } from './moving.ts';
import { readBdms } from './passed-bdms.ts';
import { rebootInstance } from './reboot.ts';
import { giveDisks } from './start-guest.ts';

/**
 * A resize stopped while the source gave the server up: its guest starts on the source again, with
 * every volume connected by the BDMs, and the server is free whatever comes of that. The
 * attachments stay as they are.
 * Source: nova:nova/compute/manager.py@_init_instance;
 * nova:nova/virt/libvirt/driver.py@finish_revert_migration.
 *
 * @public The handlers page finds the flows of a file by its exports.
 */
export const revertCrashedResize = model.flow({
  name: 'n-cpu.revert_crashed_resize',
  vars: moving,
  steps: {
    ...getBdms,
    ...stepFragment<Moving, 'lock_connect_volume' | 'power_on'>()({
      next_connect(cloud, self) {
        const bdm = nextBdm(cloud, self);
        if (self.next >= self.bdms.length) return 'power_on';
        self.connection = bdm?.connection_info ?? null;
        self.next += 1;
        return self.connection === null ? 'next_connect' : 'lock_connect_volume';
      },
    }),
    ...connectVolume({ connected: 'next_connect', failed: 'reset_task_state' }),
    power_on(cloud, self) {
      if (!wasStopped(cloud.instances[self.server])) giveDisks(cloud, self);
    },
    reset_task_state(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance !== undefined) instance.task_state = null;
      forgetMove(self);
      return 'done';
    },
  },
});

/**
 * A nova-compute that starts looks after each server of its host, but one: by what its row says, it
 * gives up what was going on, or takes it up again. A deletion begins anew by the BDMs that there
 * are now, without the instance lock; a server that is deleted while it is built ends in error.
 * Simplified: the service takes messages meanwhile; a job of the hypervisor ends with the
 * nova-compute that began it; a reboot that fails does not end the start.
 * Source: nova:nova/compute/manager.py@_init_instance, @_retry_reboot, @_reset_live_migration
 * (docs/openstack.md 1.7).
 */
export function initInstances(
  cloud: Cloud,
  host: string,
  processes: Processes,
  except: string | null = null,
): void {
  for (const [id, instance] of Object.entries(cloud.instances)) {
    if (instance.host !== host || id === except) continue;
    const begun = takenUp(cloud, id, instance, host);
    if (begun === 'deletion') {
      const deletion = terminateInstance.start(id, host, readBdms(cloud, id));
      processes.move(send(processes, `start-up-${id}`, deletion), 'init_instance');
    }
    if (begun === 'reboot') send(processes, `start-up-${id}`, rebootInstance.start(id, host));
    if (begun === 'resize') send(processes, `start-up-${id}`, revertCrashedResize.start(id, host));
  }
}

/** The request that begins anew for a server; everything else only writes to its row. */
function takenUp(
  cloud: Cloud,
  id: string,
  instance: Instance,
  host: string,
): 'deletion' | 'reboot' | 'resize' | undefined {
  const { vm_state, task_state } = instance;
  const isLost = vm_state === 'error';
  if (isLost && task_state !== 'resize_migrating' && task_state !== 'deleting') return;
  if (vm_state === 'building' || (task_state === 'rebuilding' && !isLost)) {
    instance.vm_state = 'error';
    instance.task_state = null;
    return;
  }
  if (task_state === 'resizing') instance.task_state = null;
  if (task_state === 'deleting') return 'deletion';
  if (task_state === 'reboot_pending' || task_state === 'reboot_started') return 'reboot';
  if (task_state === 'rebooting' && cloud.switches.init_reboots === 'asked') {
    if (!isRunning(cloud, id)) return 'reboot';
    instance.vm_state = 'active';
    instance.task_state = null;
  }
  if (task_state === 'resize_migrating') return 'resize';
  if (task_state === 'migrating') resetLiveMigration(cloud, id, instance, host);
}

/** The server is free again; since nova 21 its running migration has failed. */
function resetLiveMigration(cloud: Cloud, id: string, instance: Instance, host: string): void {
  instance.task_state = null;
  if (cloud.switches.init_migrations === 'freed') return;
  for (const migration of Object.values(cloud.migrations)) {
    const { instance: server, source, status, type } = migration;
    const isOurs = server === id && source === host && type === 'live-migration';
    if (isOurs && status === 'running') migration.status = 'failed';
  }
}
