import type { Cloud } from '../world/cloud.ts';
import { bdmOf } from './lookup.ts';

/**
 * Whether nova-api refuses to attach a volume because it finds a mapping: of the same server, or,
 * for a volume that is not multiattach, of any server (switch bdm_check). Source:
 * nova:nova/compute/api.py@_check_volume_already_attached (docs/openstack.md 5.3; bug 1908075).
 */
export function isAlreadyAttached(
  { bdms, volumes, switches }: Cloud,
  server: string,
  volume: string,
): boolean {
  if (bdmOf(bdms, server, volume) !== undefined) return true;
  if (switches.bdm_check === 'instance' || volumes[volume]?.multiattach === true) return false;
  return Object.values(bdms).some((bdm) => bdm.volume === volume);
}
