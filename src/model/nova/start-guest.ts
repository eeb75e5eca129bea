import { connectVolume } from '../brick/connect-volume.ts';
import type { Me } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { lunPath } from '../world/backend.ts';
import type { Cloud } from '../world/cloud.ts';
import { orByForce } from './force.ts';
import { diskOf } from './lookup.ts';
import { disconnectEach, type Moving, nextBdm } from './moving.ts';

/**
 * The driver connects every volume of a server, one after the other, and starts its guest. A volume
 * that cannot be connected ends it, and those before it stay connected. When the guest does not
 * start every volume is disconnected, by force since nova 28; before nova 15 only after an error of
 * the network. Both go on at `failed`. `unflushed`: where an error of such a disconnect leads.
 * Source: nova:nova/virt/libvirt/driver.py@_get_guest_storage_config,
 * @_create_guest_with_network, @_cleanup (docs/openstack.md 8.17).
 */
export const startGuest = <L extends string>(exits: {
  readonly started: L;
  readonly failed: L;
  readonly unflushed: L | 'next_disconnect';
  /** Whether the guest is only defined, with its volumes connected. */
  readonly staysOff?: (cloud: Cloud, self: Me<Moving>) => boolean;
}) => ({
  ...stepFragment<Moving, L | 'lock_connect_volume' | 'power_on'>()({
    next_connect(cloud, self) {
      const bdm = nextBdm(cloud, self);
      if (self.next >= self.bdms.length) return 'power_on';
      self.connection = bdm?.connection_info ?? null;
      self.next += 1;
      return self.connection === null ? exits.failed : 'lock_connect_volume';
    },
  }),
  ...connectVolume<L | 'next_connect'>({ connected: 'next_connect', failed: exits.failed }),
  ...stepFragment<Moving, L>()({
    power_on(cloud, self) {
      if (exits.staysOff?.(cloud, self) === true) {
        self.connection = null;
        self.next = 0;
        return exits.started;
      }
      return giveDisks(cloud, self) ? exits.started : 'guest_failed';
    },
    guest_failed(cloud, self) {
      self.next = 0;
      if (cloud.switches.failed_start === 'network_only') return exits.failed;
    },
  }),
  ...disconnectEach({ disconnected: exits.failed, failed: exits.unflushed }),
  ...orByForce,
});

/** The guest gets all its disks, or does not start. */
export function giveDisks(cloud: Cloud, self: Me<Moving>): boolean {
  const disks: [string, string][] = [];
  for (const id of self.bdms) {
    const bdm = cloud.bdms[id];
    if (!bdm?.connection_info) return false;
    const device = lunPath(self.host, bdm.connection_info.target, bdm.connection_info.lun);
    if (cloud.devices[device] === undefined) return false;
    disks.push([diskOf(self.server, bdm.volume), device]);
  }
  self.connection = null;
  self.next = 0;
  for (const [disk, device] of disks) cloud.disks[disk] = device;
  return true;
}
