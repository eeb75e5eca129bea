import { stepFragment } from '../calls/step-fragment.ts';
import type { Cloud } from '../world/cloud.ts';
import { free, instanceLock } from '../world/locks.ts';
import { takeDisk } from './lookup.ts';

/** A flow that ends with its server stopped, as it was when it began. */
export interface Stopping {
  readonly server: string;
  readonly host: string;
}

/**
 * A server that was stopped when it was rebuilt, evacuated or taken back is stopped again: its task
 * state is saved, and then its guest ends under the instance lock. Its volumes stay connected. Only
 * the second save looks at the task state; when another request has changed it the guest is off all
 * the same.
 * Simplified: the guest ends in the step of the save.
 * Source: nova:nova/compute/manager.py@_do_rebuild_instance, @_finish_revert_resize, @stop_instance
 * (docs/openstack.md 8.2, 8.4).
 */
export const stopAgain = <L extends string>(exits: { readonly stopped: L }) =>
  stepFragment<Stopping, L>()({
    save_powering_off(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined) return exits.stopped;
      if (instance.vm_state !== 'resized') instance.vm_state = 'active';
      instance.task_state = 'powering_off';
    },
    stop_instance: {
      when: (cloud, self) => free(cloud, instanceLock(self.host, self.server)),
      do: (cloud, self) => {
        for (const disk of Object.keys(cloud.disks)) {
          if (disk.startsWith(`${self.server}/`)) takeDisk(cloud, self.host, disk);
        }
        const instance = cloud.instances[self.server];
        if (instance?.task_state === 'powering_off') setStopped(cloud, self.server);
        return exits.stopped;
      },
    },
  });

/** The server is stopped and free. */
export function setStopped(cloud: Cloud, server: string): void {
  const instance = cloud.instances[server];
  if (instance === undefined) return;
  instance.vm_state = 'stopped';
  instance.task_state = null;
  delete instance.old_vm_state;
}
