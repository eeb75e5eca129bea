import type { Cloud, ConnectionInfo } from './cloud.ts';

/** The LUN numbers that an array gives out; more than the volumes of any scenario. */
export const luns = [0, 1, 2, 3] as const;

/** The id of a LUN as a host sees it, and of the device that the host makes of it. */
export const lunPath = (host: string, target: string, lun: number): string =>
  `${host}/${target}/${lun}`;

/** The id of the session of a host with a target. */
export const sessionPath = (host: string, target: string): string => `${host}/${target}`;

/** A target that serves one volume is called after it; such a target must be exported to be reachable. */
export const hasOwnTarget = (volume: string, target: string): boolean => volume === target;

/** The LUN under which a host reaches a volume, or undefined when it is not mapped there. */
export function lunOf(
  mappings: { readonly [path: string]: string | undefined },
  host: string,
  target: string,
  volume: string,
): number | undefined {
  return luns.find((lun) => mappings[lunPath(host, target, lun)] === volume);
}

/**
 * Maps a volume to a host, under the lowest LUN that is free there. A volume that is mapped already keeps its LUN:
 * initialize_connection is idempotent.
 */
export function mapVolume(cloud: Cloud, host: string, volume: string): ConnectionInfo {
  const target = targetOf(cloud, volume);
  const lun =
    lunOf(cloud.mappings, host, target, volume) ??
    luns.find((number) => cloud.mappings[lunPath(host, target, number)] === undefined);
  if (lun === undefined) throw new Error(`host '${host}' has no free LUN on target '${target}'`);
  cloud.mappings[lunPath(host, target, lun)] = volume;
  return { host, target, lun };
}

/** Takes a volume away from a host; the LUN number is free for the next one. */
export function unmapVolume(cloud: Cloud, host: string, volume: string): void {
  const target = targetOf(cloud, volume);
  const lun = lunOf(cloud.mappings, host, target, volume);
  if (lun !== undefined) delete cloud.mappings[lunPath(host, target, lun)];
}

/** Unmaps a volume from every host: what a driver does when it is given no connector. */
export function unmapEverywhere(cloud: Cloud, volume: string): void {
  for (const [path, mapped] of Object.entries(cloud.mappings)) {
    if (mapped === volume) delete cloud.mappings[path];
  }
}

/** The target that serves a volume. Throws when the volume is gone: a driver is never asked about it then. */
export function targetOf(cloud: Cloud, volume: string): string {
  const row = cloud.volumes[volume];
  if (row === undefined) throw new Error(`volume '${volume}' does not exist`);
  return row.target;
}

/**
 * The volume that answers at a LUN of a host now, or undefined: identity is decided by the array at
 * each moment, not by the device that was made for it once.
 */
export function answers(
  cloud: {
    readonly mappings: { readonly [path: string]: string | undefined };
    readonly exports: { readonly [volume: string]: boolean | undefined };
  },
  path: string,
): string | undefined {
  const volume = cloud.mappings[path];
  if (volume === undefined) return undefined;
  const target = path.split('/')[1] ?? '';
  return hasOwnTarget(volume, target) && cloud.exports[volume] !== true ? undefined : volume;
}
