import type { Cloud, ConnectionInfo } from './cloud.ts';

/** The LUN numbers that an array gives out; more than the volumes of any scenario. */
export const luns = [0, 1, 2, 3] as const;

/** The id of a LUN as a host sees it, and of the device that the host makes of it. */
export const lunPath = (host: string, target: string, lun: number): string =>
  `${host}/${target}/${lun}`;

/** The id of the session of a host with a target. */
export const sessionPath = (host: string, target: string): string => `${host}/${target}`;

/**
 * The name of a second session of a host with the same portal and target: one by another interface,
 * or where node.session.nr_sessions is more than one. It has devices of its own for the LUNs of the
 * target.
 */
export const secondSession = (target: string): string => `${target}+2`;

/**
 * A target that serves one volume has its name; a host reaches such a target only while it is
 * exported.
 */
export const hasOwnTarget = (volume: string, target: string): boolean => volume === target;

/**
 * The NVMe-oF subsystem that serves volumes as namespaces. A host that is connected sees each
 * namespace come and go by itself; scans can neither be asked for nor switched off.
 */
export const nvmeSubsystem = 'subsystem';

/**
 * The NFS export that serves volumes as files. A host that has mounted it, which is its session
 * here, sees them all: there is no device to make. The LUN number stands for the name of a file,
 * the mapping for Cinder having told the host that name.
 */
export const nfsExport = 'export';

/**
 * The ScaleIO pool of volumes that a host maps to itself. The LUN number stands for the id of a
 * volume, the mapping for Cinder having told the host that id; there is no session.
 */
export const sdcPool = 'pool';

/**
 * What a guest that uses a path gets on the host: the volume behind a device or a file, or
 * undefined when there is none.
 */
export function onHost(
  cloud: {
    readonly devices: { readonly [path: string]: string | undefined };
    readonly sessions: { readonly [session: string]: boolean | undefined };
    readonly mappings: { readonly [path: string]: string | undefined };
  },
  path: string,
): string | undefined {
  const [host = '', target = ''] = path.split('/');
  if (target !== nfsExport) return cloud.devices[path];
  return cloud.sessions[sessionPath(host, target)] === true ? cloud.mappings[path] : undefined;
}

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
 * Maps a volume to a host, under the lowest LUN that is free there. A volume that is mapped already
 * keeps its LUN, unless the driver does not remember (switch driver_remembers): then it gets one
 * more. Throws when the volume is gone, which the flow has to look for.
 */
export function mapVolume(cloud: Cloud, host: string, volume: string): ConnectionInfo {
  const target = cloud.volumes[volume]?.target;
  if (target === undefined) throw new Error(`volume '${volume}' does not exist`);
  const known =
    cloud.switches.driver_remembers === 'yes'
      ? lunOf(cloud.mappings, host, target, volume)
      : undefined;
  const lun =
    known ?? luns.find((number) => cloud.mappings[lunPath(host, target, number)] === undefined);
  if (lun === undefined) throw new Error(`host '${host}' has no free LUN on target '${target}'`);
  const path = lunPath(host, target, lun);
  cloud.mappings[path] = volume;
  const isSeen = target === nvmeSubsystem && cloud.sessions[sessionPath(host, target)] === true;
  if (isSeen) cloud.devices[path] = volume;
  return { host, target, lun };
}

/**
 * Unmaps a volume from a host; the LUN number is free for the next one. A volume whose row is gone
 * has a mapping left, by which the driver finds it in its copy of the row. Simplified: a host loses
 * an NVMe-oF namespace in this very step. In truth the array tells it a moment later.
 */
export function unmapVolume(cloud: Cloud, host: string, volume: string): void {
  const target = cloud.volumes[volume]?.target;
  if (target === undefined) {
    unmapAll(cloud, volume, (path) => path.startsWith(`${host}/`));
    return;
  }
  // A driver that does not remember has mapped it more than once.
  for (;;) {
    const lun = lunOf(cloud.mappings, host, target, volume);
    if (lun === undefined) return;
    unmap(cloud, lunPath(host, target, lun));
  }
}

/** Unmaps a volume from every host, as a driver without a connector does. */
export function unmapEverywhere(cloud: Cloud, volume: string): void {
  unmapAll(cloud, volume, () => true);
}

function unmapAll(cloud: Cloud, volume: string, isMeant: (path: string) => boolean): void {
  for (const [path, mapped] of Object.entries(cloud.mappings)) {
    if (mapped === volume && isMeant(path)) unmap(cloud, path);
  }
}

function unmap(cloud: Cloud, path: string): void {
  delete cloud.mappings[path];
  if (path.split('/')[1] === nvmeSubsystem) delete cloud.devices[path];
}

/**
 * The volume that answers at a LUN of a host now, or undefined: the array decides identity at each
 * moment, not the device that the host made of it once.
 */
export function answers(
  cloud: {
    readonly mappings: { readonly [path: string]: string | undefined };
    readonly exports: { readonly [volume: string]: boolean | undefined };
  },
  path: string,
): string | undefined {
  const onArray = path.replace('+2/', '/');
  const volume = cloud.mappings[onArray];
  if (volume === undefined) return undefined;
  const target = onArray.split('/')[1] ?? '';
  return hasOwnTarget(volume, target) && cloud.exports[volume] !== true ? undefined : volume;
}
