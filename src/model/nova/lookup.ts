import type { BlockDeviceMapping, Cloud, Instance } from '../world/cloud.ts';

/**
 * The live BDM of a server and a volume with its id, or undefined; the first one when there are
 * two.
 */
export function bdmOf(
  bdms: { readonly [id: string]: Readonly<BlockDeviceMapping> | undefined },
  server: string,
  volume: string,
): readonly [id: string, bdm: Readonly<BlockDeviceMapping>] | undefined {
  for (const [id, bdm] of Object.entries(bdms)) {
    if (bdm?.instance === server && bdm.volume === volume) return [id, bdm];
  }
  return undefined;
}

/** A server was stopped when it was resized. */
export const wasStopped = (instance: Readonly<Instance> | undefined): boolean =>
  instance?.old_vm_state === 'stopped';

/**
 * The guest of a server runs. A server in error may have lost its guest, and does not
 * count; nor does one that was stopped when it was resized.
 */
export const isRunning = (
  { instances }: { readonly instances: { readonly [id: string]: Readonly<Instance> | undefined } },
  server: string | null,
): boolean => {
  const instance = server === null ? undefined : instances[server];
  if (instance?.vm_state === 'resized') return !wasStopped(instance);
  return instance?.vm_state === 'active';
};

/** The id of a guest's disk. */
export const diskOf = (server: string, volume: string): string => `${server}/${volume}`;

/** The live BDMs of a server with their ids, in the order of their volumes. */
export function bdmsOf(
  bdms: { readonly [id: string]: Readonly<BlockDeviceMapping> | undefined },
  server: string,
): readonly (readonly [id: string, bdm: Readonly<BlockDeviceMapping>])[] {
  const found: (readonly [string, Readonly<BlockDeviceMapping>])[] = [];
  for (const [id, bdm] of Object.entries(bdms)) {
    if (bdm?.instance === server) found.push([id, bdm]);
  }
  return found.sort(([, one], [, other]) => (one.volume < other.volume ? -1 : 1));
}

/**
 * Takes a disk from the guest of a host, with the guest's name for it. A guest that runs elsewhere
 * by now keeps it.
 */
export function takeDisk(cloud: Cloud, host: string, disk: string): void {
  if (!cloud.disks[disk]?.startsWith(`${host}/`)) return;
  delete cloud.disks[disk];
  if (cloud.serials[disk] !== undefined) delete cloud.serials[disk];
}
