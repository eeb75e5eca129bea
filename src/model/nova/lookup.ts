import type { BlockDeviceMapping } from '../cloud.ts';

/** The live BDM of a server and a volume with its id, or undefined; the first one when there are two. */
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

/** The id of a guest's disk. */
export const diskOf = (server: string, volume: string): string => `${server}/${volume}`;
