import type { Processes } from '../../spec/process.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import {
  answers,
  lunPath,
  luns,
  nfsExport,
  nvmeSubsystem,
  secondSession,
  sessionPath,
} from '../world/backend.ts';
import type { Cloud, ConnectionInfo } from '../world/cloud.ts';
import { brickLock, free, release, take } from '../world/locks.ts';
import { otherWay } from './other-ways.ts';
import { addPath, flushMap, takeAway } from './uevents.ts';

/** The variables that a process needs to connect or disconnect through os-brick. */
export interface Connecting {
  readonly host: string;
  connection: ConnectionInfo | null;
}

/**
 * os-brick connects an iSCSI volume to the host. Under L4: uses or makes the session, looks for the
 * LUN, waits for the device and goes on at `connected`; when there is none it cleans up by LUN
 * number and goes on at `failed`. NVMe-oF goes the same way: its session is a controller, and the
 * namespaces of one are there without a scan. `service` is the process that uses os-brick;
 * nova-compute when left out.
 * Simplified: one portal, no multipath, so L5 has nothing to add to L4.
 * Source: os-brick:os_brick/initiator/connectors/iscsi.py@connect_volume, @_connect_vol
 * (docs/openstack.md 6.2).
 */
export const connectVolume = <L extends string>(exits: {
  readonly connected: L;
  readonly failed: L;
  readonly service?: 'n-cpu' | 'c-vol' | 'c-bak';
}) =>
  stepFragment<Connecting, L>()({
    lock_connect_volume: {
      when: (cloud, self) => free(cloud, brickLock(cloud.switches, self.host, exits.service)),
      do: (cloud, self) => {
        otherWay({}, self.connection?.target);
        take(cloud, brickLock(cloud.switches, self.host, exits.service), self.pid);
      },
    },
    connect_to_iscsi_portal(cloud, self) {
      const { host, target } = known(self);
      const session = sessionPath(host, target);
      if (cloud.sessions[session] === true) return;
      cloud.sessions[session] = true;
      // A login discovers every LUN that is mapped, unless the host looks for LUNs only when told
      // to.
      const finds = cloud.switches.manual_scan === 'no' || target === nvmeSubsystem;
      if (finds) discoverAll(cloud, host, target);
    },
    rescan_iscsi(cloud, self) {
      const { host, target, lun } = known(self);
      if (cloud.switches.scan === 'session') discoverAll(cloud, host, target);
      else discover(cloud, lunPath(host, target, lun));
    },
    wait_for_device(cloud, self) {
      const { host, target, lun } = known(self);
      const device = lunPath(host, target, lun);
      if (cloud.devices[device] === undefined) return 'cleanup_connection';
      addPath(cloud, device);
      release(cloud, brickLock(cloud.switches, self.host, exits.service), self.pid);
      return exits.connected;
    },
    // By LUN number and by force, even if other guests of this host use that device.
    cleanup_connection(cloud, self, _pick, processes) {
      const { host, target, lun } = known(self);
      for (const session of sessionsSeen(cloud, host, target)) {
        removeDevice(cloud, lunPath(host, session, lun), self.pid, processes);
      }
      if (!hasDevices(cloud, host, target)) logOut(cloud, host, target, self.pid, processes);
      release(cloud, brickLock(cloud.switches, self.host, exits.service), self.pid);
      return exits.failed;
    },
  });

/**
 * The path at which os-brick looks: on its own host, at the target and LUN of the connection that
 * it was given, which may belong to another host. A flow that asks without a connection has a bug.
 */
export function known({ host, connection }: Connecting): ConnectionInfo {
  if (connection === null) throw new Error('the process has no connection_info');
  return { host, target: connection.target, lun: connection.lun };
}

/**
 * The kernel makes a device of a LUN that answers and has none, if there is a session; a device
 * that exists is left as it is.
 */
function discover(cloud: Cloud, path: string): void {
  const volume = answers(cloud, path);
  const [host = '', target = ''] = path.split('/');
  if (target === nfsExport) return;
  if (volume === undefined || cloud.sessions[sessionPath(host, target)] !== true) return;
  if (cloud.devices[path] === undefined) cloud.devices[path] = volume;
}

/**
 * os-brick deletes a device. A namespace of NVMe-oF it can only flush: it goes when it is unmapped.
 */
export function removeDevice(cloud: Cloud, path: string, sender: string, processes: Processes) {
  if (path.split('/')[1] === nvmeSubsystem) return;
  flushMap(cloud, path);
  takeAway(cloud, path, sender, processes);
}

/**
 * The sessions of a host with a target that os-brick looks at, by the names under which their
 * devices go. It kept them by portal and iqn, and so knew only the last one. Source:
 * os-brick:os_brick/initiator/connectors/iscsi.py@_get_connection_devices; bug 2116553.
 */
export function sessionsSeen(cloud: Cloud, host: string, target: string): readonly string[] {
  const second = secondSession(target);
  if (cloud.sessions[sessionPath(host, second)] !== true) return [target];
  return cloud.switches.sessions_seen === 'last' ? [second] : [target, second];
}

/** Ends a host's sessions with a target; the kernel removes every device that they carried. */
export function logOut(
  cloud: Cloud,
  host: string,
  target: string,
  sender: string,
  processes: Processes,
): void {
  for (const session of [target, secondSession(target)]) {
    delete cloud.sessions[sessionPath(host, session)];
    for (const lun of luns) takeAway(cloud, lunPath(host, session, lun), sender, processes);
  }
}

/** Makes devices of all LUNs of a session. */
export function discoverAll(cloud: Cloud, host: string, target: string): void {
  for (const lun of luns) discover(cloud, lunPath(host, target, lun));
}

/** The host has a device on its session with the target. */
function hasDevices(cloud: Cloud, host: string, target: string): boolean {
  return sessionsSeen(cloud, host, target).some((session) =>
    luns.some((lun) => cloud.devices[lunPath(host, session, lun)] !== undefined),
  );
}
