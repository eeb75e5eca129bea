import { stepFragment } from '../calls/step-fragment.ts';
import { lunPath, luns, nvmeSubsystem } from '../world/backend.ts';
import type { Cloud } from '../world/cloud.ts';
import { brickLock, free, release, take } from '../world/locks.ts';
import { type Connecting, known, logOut, removeDevice, sessionsSeen } from './connect-volume.ts';
import { type OtherWays, otherWay } from './other-ways.ts';
import { isForgotten } from './uevents.ts';

export interface Disconnecting extends Connecting {
  /** No other device was on the session when os-brick looked. */
  logout: boolean;
}

interface Exits<L extends string> {
  readonly disconnected: L;
  readonly failed: L;
  /** The label at which volumes of other transports are disconnected. */
  readonly others?: OtherWays<L>;
  readonly service?: 'n-cpu' | 'c-vol' | 'c-bak';
}

/**
 * os-brick disconnects an iSCSI volume from the host. Under L4: lists the devices of the session,
 * removes the one with the LUN number of the connection, and logs out if there was no other. It
 * goes by LUN number, not by volume. Goes on at `disconnected`, or at `failed` when it could not
 * flush the device. NVMe-oF is the same with two differences: the namespace stays, and a disconnect
 * without one does nothing. Source:
 * os-brick:os_brick/initiator/connectors/iscsi.py@disconnect_volume, @_cleanup_connection
 * (docs/openstack.md 6.3).
 */
export const disconnectVolume = <L extends string>(exits: Exits<L>) =>
  stepFragment<Disconnecting, L>()({
    lock_disconnect_volume: {
      when: (cloud, self) => free(cloud, brickLock(cloud.switches, self.host, exits.service)),
      do: (cloud, self) => {
        const other = otherWay(exits.others ?? {}, self.connection?.target);
        if (other !== undefined) return other;
        take(cloud, brickLock(cloud.switches, self.host, exits.service), self.pid);
      },
    },
    list_devices(cloud, self) {
      const { host, target, lun } = known(self);
      const isThere = sessionsSeen(cloud, host, target).some(
        (session) => cloud.devices[lunPath(host, session, lun)] !== undefined,
      );
      const looks = isThere || target !== nvmeSubsystem;
      self.logout = looks && !hasOtherDevices(cloud, self);
      // Without a device there is nothing to flush.
      if (!isThere) return 'disconnect_from_iscsi_portal';
    },
    remove_scsi_device(cloud, self, _pick, processes) {
      const { host, target, lun } = known(self);
      for (const session of sessionsSeen(cloud, host, target)) {
        removeDevice(cloud, lunPath(host, session, lun), self.pid, processes);
      }
    },
    disconnect_from_iscsi_portal: {
      when: (cloud, self) => {
        const { host, target, lun } = known(self);
        const path = lunPath(host, target, lun);
        const waits = cloud.switches.logout_looks_at === 'awaited_names';
        return isForgotten(cloud, path) && !(waits && cloud.stale_links[path] === true);
      },
      do: (cloud, self, _pick, processes) => {
        const { host, target } = known(self);
        const serves = hasStaleLinks(cloud, host, target);
        if (self.logout && !serves) logOut(cloud, host, target, self.pid, processes);
        self.logout = false;
        release(cloud, brickLock(cloud.switches, self.host, exits.service), self.pid);
        return exits.disconnected;
      },
    },
    // The handler of an error of flushing or removing: the rest stays.
    disconnect_failed(cloud, self) {
      self.logout = false;
      release(cloud, brickLock(cloud.switches, self.host, exits.service), self.pid);
      return exits.failed;
    },
  });

/** Another LUN than the one to disconnect has a device on a session that os-brick looks at. */
function hasOtherDevices(cloud: Cloud, self: Connecting): boolean {
  const { host, target, lun } = known(self);
  return sessionsSeen(cloud, host, target).some((session) =>
    luns.some(
      (other) => other !== lun && cloud.devices[lunPath(host, session, other)] !== undefined,
    ),
  );
}

/**
 * Names of devices that are gone, our own among them, look like volumes that the session serves.
 */
const hasStaleLinks = (cloud: Cloud, host: string, target: string): boolean =>
  luns.some((lun) => cloud.stale_links[lunPath(host, target, lun)] === true);
