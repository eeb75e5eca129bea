import type { Processes } from '../../spec/process.ts';
import { send } from '../calls/calls.ts';
import { nvmeSubsystem } from '../world/backend.ts';
import { type Cloud, cloud as model } from '../world/cloud.ts';

/**
 * udev hears that a device is gone and removes its name in /dev/disk/by-path. The model has this
 * only where os-brick goes by such names. Source: bug 1437441 (docs/openstack.md 9.1, R46).
 */
const removeLink = model.flow({
  name: 'udev.remove',
  vars: (path: string) => ({ path }),
  steps: {
    remove_link(cloud, self) {
      delete cloud.stale_links[self.path];
      return 'done';
    },
  },
});

/**
 * multipathd hears that a path is gone and forgets it. It knows the path by its name: when another
 * device has come in its place by then, the map of that one loses its only path.
 * Source: bugs 1924652 and 2136842 (docs/openstack.md 9.1, R46);
 * os-brick:os_brick/initiator/linuxscsi.py@remove_connection.
 */
export const uevRemovePath = model.flow({
  name: 'multipathd.uev_remove',
  vars: (path: string) => ({ path }),
  steps: {
    uev_remove_path(cloud, self) {
      delete cloud.monitored[self.path];
      if (cloud.maps[self.path] !== undefined) cloud.maps[self.path] = 'without_paths';
      return 'done';
    },
  },
});

/** A flow of a daemon of the host, which is no service of OpenStack. */
export const isOfHost = (flow: string): boolean =>
  flow === removeLink.name || flow === uevRemovePath.name;

/**
 * The kernel removes a device. The daemons that keep lists of devices get an event, and read it
 * later.
 */
export function takeAway(cloud: Cloud, path: string, sender: string, processes: Processes): void {
  if (cloud.devices[path] === undefined) return;
  delete cloud.devices[path];
  if (path.split('/')[1] === nvmeSubsystem) return;
  if (cloud.switches.logout_looks_at !== 'devices') {
    cloud.stale_links[path] = true;
    send(processes, sender, removeLink.start(path));
  }
  if (cloud.switches.multipath === 'yes') send(processes, sender, uevRemovePath.start(path));
}

/**
 * os-brick has found a device and waits for its multipath map. multipathd makes none when it
 * believes that it has that path already; os-brick then makes do with the single path.
 * Simplified: multipathd takes a new path at once; os-brick waits for it.
 */
export function addPath(cloud: Cloud, path: string): void {
  if (cloud.switches.multipath === 'no' || cloud.maps[path] !== undefined) return;
  if (cloud.monitored[path] === true) return;
  cloud.monitored[path] = true;
  cloud.maps[path] = 'usable';
}

/**
 * os-brick flushes the map of a path before it removes the device, and may tell multipathd to
 * forget the path.
 */
export function flushMap(cloud: Cloud, path: string): void {
  if (cloud.switches.multipath === 'no') return;
  delete cloud.maps[path];
  if (cloud.switches.path_removal === 'del_path') delete cloud.monitored[path];
}

/**
 * os-brick waits until multipathd has forgotten the path. Simplified: the real one stops waiting
 * after a time, and then tells multipathd, as before.
 */
export const isForgotten = (
  {
    switches,
    monitored,
  }: Pick<Cloud, 'switches'> & {
    readonly monitored: { readonly [path: string]: boolean | undefined };
  },
  path: string,
): boolean => switches.path_removal !== 'wait' || monitored[path] === undefined;
