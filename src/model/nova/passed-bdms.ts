import type { BlockDeviceMapping, Cloud } from '../world/cloud.ts';

/** A BDM with its id, as it was when it was read. */
export interface PassedBdm extends Readonly<BlockDeviceMapping> {
  readonly id: string;
}

/** The BDMs of a server as they are now, by the name of the volume. */
export function readBdms(cloud: Cloud, server: string): PassedBdm[] {
  return Object.entries(cloud.bdms)
    .filter(([, bdm]) => bdm.instance === server)
    .map(([id, bdm]) => ({ id, ...bdm }))
    .sort((one, other) => (one.volume < other.volume ? -1 : 1));
}

/**
 * The BDMs by which nova-compute deletes a server, when nova-api has passed `passed`: those, unless
 * one of them names no volume yet; then it reads them once more (bug 1464259). Source:
 * nova:nova/compute/manager.py@terminate_instance (docs/openstack.md 5.6, point 6).
 */
export function refreshBdms(
  cloud: Cloud,
  server: string,
  passed: readonly PassedBdm[],
): PassedBdm[] {
  const rule = cloud.switches.delete_bdms;
  const lacksVolume = passed.some(({ volume }) => volume === '');
  const isRead = rule === 'under_lock' || (rule === 'reread_without_volume' && lacksVolume);
  return isRead ? readBdms(cloud, server) : [...passed];
}
