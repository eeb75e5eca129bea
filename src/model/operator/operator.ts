import { type Caller, calling, calls, send } from '../calls/calls.ts';
import { resetStatus } from '../cinder/operator.ts';
import { deleteServer } from '../nova/delete.ts';
import { detachVolume } from '../nova/detach.ts';
import { initInstances } from '../nova/init-instance.ts';
import { cleanupRunningDeletedInstances } from '../nova/reaper.ts';
import { rebootServer } from '../nova/reboot.ts';
import { cloud as model } from '../world/cloud.ts';
import { isQuietFor } from '../world/services.ts';

/**
 * An operator starts the nova-compute of a host again. If it was down, it looks after the servers
 * of the host and takes the messages that have waited for it. Its periodic tasks begin.
 */
export const startCompute = model.flow({
  name: 'operator.start_compute',
  vars: (host: string) => ({ host }),
  steps: {
    start_compute(cloud, self, _pick, processes) {
      const wasDown = cloud.down[self.host] === true;
      delete cloud.down[self.host];
      if (wasDown) initInstances(cloud, self.host, processes);
      send(processes, self.pid, cleanupRunningDeletedInstances.start(self.host));
      return 'done';
    },
  },
});

/**
 * The repairs that an operator may try when a volume or server is stuck: none, or one that
 * OpenStack offers.
 */
export const repairs = ['nothing', 'delete', 'reboot', 'reset-detach', 'reset-available'] as const;

export type Repair = (typeof repairs)[number];

interface Repairing extends Caller {
  readonly repair: Repair;
  readonly server: string;
  readonly volume: string;
}

const { rest } = calls<Repairing>();

/**
 * An operator waits until everything has come to rest, then tries one repair: deletes the server,
 * reboots it, or, if the volume is stuck, resets it to in-use and detaches it, or resets it to
 * available.
 */
export const repairLater = model.flow({
  name: 'operator.repair',
  vars: (repair: Repair, server: string, volume: string): Repairing => ({
    repair,
    server,
    volume,
    ...calling(),
  }),
  steps: {
    wait_until_quiet: {
      when: (cloud, self, processes) => isQuietFor(self.pid, processes, cloud),
      do: (cloud, self, _pick, processes) => {
        if (self.repair === 'delete') send(processes, self.pid, deleteServer.start(self.server));
        if (self.repair === 'reboot') send(processes, self.pid, rebootServer.start(self.server));
        const status = cloud.volumes[self.volume]?.status;
        const isStuck = status !== 'available' && status !== 'in-use';
        if (!self.repair.startsWith('reset') || !isStuck) return 'done';
      },
    },
    ...rest('reset_status', {
      to: (_cloud, self) =>
        self.repair === 'reset-detach'
          ? resetStatus.start(self.volume, 'in-use', 'kept')
          : resetStatus.start(self.volume, 'available', 'kept'),
      otherwise: 'done',
    }),
    detach_volume(_cloud, self, _pick, processes) {
      if (self.repair === 'reset-available') return 'done';
      send(processes, self.pid, detachVolume.start(self.server, self.volume));
      return 'done';
    },
  },
});
