import type { ProcessTable } from '../../spec/process.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { lunOf, lunPath, sdcPool } from '../world/backend.ts';
import { free, release, sdcLock, take } from '../world/locks.ts';
import { type Connecting, known } from './connect-volume.ts';

interface Unmapping extends Connecting {
  readonly volume: string;
}

/**
 * os-brick connects a volume of a ScaleIO pool. nova-compute has one connector for all of them, and
 * that object keeps the volume that it works on in itself, so two requests at once need a lock. The
 * host maps the volume. Nova hands the device that os-brick found to the guest, and keeps it with
 * connection_info. Goes on at `connected`, or at `failed` when there is no device. Simplified:
 * os-brick looks for the device as long as a request is about to make one, and not fifteen times.
 * Source: os-brick:os_brick/initiator/connectors/scaleio.py@connect_volume (docs/openstack.md 9.1,
 * R47).
 */
export const connectSdc = <L extends string>(exits: {
  readonly connected: L;
  readonly failed: L;
}) =>
  stepFragment<Connecting, L>()({
    get_config: {
      when: (cloud, self) => free(cloud, sdcLock(self.host)),
      do: (cloud, self) => {
        if (cloud.switches.sdc_lock === 'process') take(cloud, sdcLock(self.host), self.pid);
        cloud.connectors[self.host] = known(self).lun;
      },
    },
    add_mapped_sdc(cloud, self) {
      const path = lunPath(self.host, sdcPool, cloud.connectors[self.host] ?? 0);
      const volume = cloud.mappings[path];
      if (volume !== undefined) cloud.devices[path] = volume;
    },
    wait_for_volume_path: {
      when: (cloud, self, processes) => {
        const path = lunPath(self.host, sdcPool, cloud.connectors[self.host] ?? 0);
        return cloud.devices[path] !== undefined || !isBeingMapped(processes, self.host);
      },
      do: (cloud, self) => {
        release(cloud, sdcLock(self.host), self.pid);
        const path = lunPath(self.host, sdcPool, cloud.connectors[self.host] ?? 0);
        if (cloud.devices[path] === undefined) return exits.failed;
        const { host, target } = known(self);
        self.connection = {
          ...self.connection,
          host,
          target,
          lun: cloud.connectors[self.host] ?? 0,
        };
        return exits.connected;
      },
    },
  });

/** At least one request is about to map a volume of the pool to the host. */
const isBeingMapped = (processes: ProcessTable, host: string): boolean =>
  Object.values(processes).some(
    (process) => process?.at === 'add_mapped_sdc' && process.vars['host'] === host,
  );

/**
 * os-brick disconnects a volume of a ScaleIO pool, by the id of the volume. Goes on at
 * `disconnected`.
 * Source: os-brick:os_brick/initiator/connectors/scaleio.py@disconnect_volume.
 */
export const disconnectSdc = <L extends string>(exits: { readonly disconnected: L }) =>
  stepFragment<Unmapping, L>()({
    get_config_to_unmap: {
      when: (cloud, self) => free(cloud, sdcLock(self.host)),
      do: (cloud, self) => {
        if (cloud.switches.sdc_lock === 'process') take(cloud, sdcLock(self.host), self.pid);
        const lun = lunOf(cloud.mappings, self.host, sdcPool, self.volume);
        cloud.connectors[self.host] = lun ?? known(self).lun;
      },
    },
    remove_mapped_sdc(cloud, self) {
      delete cloud.devices[lunPath(self.host, sdcPool, cloud.connectors[self.host] ?? 0)];
      release(cloud, sdcLock(self.host), self.pid);
      return exits.disconnected;
    },
  });
