import { hasOwnTarget, unmapEverywhere, unmapVolume } from '../backend.ts';
import type { Cloud } from '../cloud.ts';
import { rowsOf } from './statuses.ts';

/** What a driver found before it takes a connection away. */
export interface Sharing {
  /** Another attachment uses the mapping to this host. */
  readonly mapping: boolean;
  /** Another attachment uses the export. */
  readonly exported: boolean;
}

/**
 * How the volume driver decides what a terminated attachment shares with others.
 * LVM: with multiattach, the mapping while another live row has the same initiator; the export while another live
 * row exists, whatever its status. Arrays: the mapping while another attached row is on the host. A mapping is kept only
 * where the driver counts (switch driver_counts).
 * Source: cinder:cinder/volume/drivers/lvm.py@terminate_connection; bugs 1786327, 1839384, 1930748.
 */
export function sharing(cloud: Cloud, attachment: string, volume: string, host: string): Sharing {
  const others = rowsOf(cloud.attachments, volume).filter(([id]) => id !== attachment);
  const { multiattach, target } = cloud.volumes[volume] ?? { multiattach: false, target: '' };
  const counts = cloud.switches.driver_counts === 'yes';
  if (hasOwnTarget(volume, target)) {
    const onHost = others.some(([, row]) => row.connector === host);
    return { mapping: counts && multiattach && onHost, exported: others.length > 0 };
  }
  const attached = others.some(([, row]) => row.connector === host && row.status === 'attached');
  return { mapping: counts && attached, exported: true };
}

/** Makes the target of a volume that has one of its own. On an array the target is always there. */
export function createExport(cloud: Cloud, volume: string): void {
  const target = cloud.volumes[volume]?.target;
  if (target !== undefined && hasOwnTarget(volume, target)) cloud.exports[volume] = true;
}

/** Takes the target of a volume away. Removing what is not there changes nothing. */
export function removeExport(cloud: Cloud, volume: string): void {
  delete cloud.exports[volume];
}

/** Ends the connection of a host; without a connector, of every host. */
export function terminateConnection(cloud: Cloud, volume: string, host: string | null): void {
  if (host === null) unmapEverywhere(cloud, volume);
  else unmapVolume(cloud, host, volume);
}
