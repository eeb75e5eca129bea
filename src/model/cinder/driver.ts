import { hasOwnTarget, nfsExport, unmapEverywhere, unmapVolume } from '../world/backend.ts';
import type { Cloud } from '../world/cloud.ts';
import { rowsOf } from '../world/statuses.ts';

/** The findings of a driver before it ends a connection. */
export interface Sharing {
  /** More than one attachment seems to use the mapping to this host. */
  readonly mapping: boolean;
  /** More than one attachment seems to use the export. */
  readonly exported: boolean;
}

/**
 * How the volume driver decides what a terminated attachment shares with others. It counts rows,
 * that of the attachment itself included if it is of the kind that counts. LVM with multiattach:
 * the mapping stays for more than one live row with the same initiator; the export for more than
 * one live row, whatever its status. Arrays: the mapping stays for more than one attached row of
 * the host. So the end of one that was never attached removes the mapping of the only one that is.
 * A mapping stays only where the driver counts (switches lvm_counts, driver_counts). Source:
 * cinder:cinder/volume/drivers/lvm.py@terminate_connection; bugs 1786327, 1839384, 1930748
 * (docs/openstack.md 5.8).
 */
export function sharing(cloud: Cloud, volume: string, host: string): Sharing {
  const rows = rowsOf(cloud.attachments, volume).map(([, row]) => row);
  const { multiattach, target } = cloud.volumes[volume] ?? { multiattach: false, target: '' };
  const { driver_counts, lvm_counts } = cloud.switches;
  const onHost = rows.filter(({ connector }) => connector === host);
  // An NFS export stays as it is: Cinder tells the host the name of a file as long as it has an
  // attachment.
  if (target === nfsExport) return { mapping: onHost.length > 1, exported: true };
  if (hasOwnTarget(volume, target)) {
    return {
      mapping: lvm_counts === 'yes' && multiattach && onHost.length > 1,
      exported: rows.length > 1,
    };
  }
  const attached = rows.filter((row) => row.connector === host && row.status === 'attached');
  return { mapping: driver_counts === 'yes' && attached.length > 1, exported: true };
}

/** Makes the target of a volume that has one of its own. On an array the target is always there. */
export function createExport(cloud: Cloud, volume: string): void {
  const target = cloud.volumes[volume]?.target;
  if (target !== undefined && hasOwnTarget(volume, target)) cloud.exports[volume] = true;
}

/** Removes the target of a volume. If there is none, nothing changes. */
export function removeExport(cloud: Cloud, volume: string): void {
  delete cloud.exports[volume];
}

/** Ends the connection of a host; without a connector, of every host. */
export function terminateConnection(cloud: Cloud, volume: string, host: string | null): void {
  if (host === null) unmapEverywhere(cloud, volume);
  else unmapVolume(cloud, host, volume);
}
