import { nfsExport, sdcPool } from '../world/backend.ts';

/**
 * The labels at which a flow connects or disconnects volumes that are neither iSCSI nor NVMe-oF. A
 * flow without them cannot have such volumes.
 */
export interface OtherWays<L extends string> {
  /** A volume on an NFS export: the mounts of nova-compute. */
  readonly mounts?: L;
  /** A volume of a ScaleIO pool: it has a connector of its own. */
  readonly sdc?: L;
}

/**
 * The label at which the volumes of a target are connected or disconnected; undefined for a target
 * that goes the way of iSCSI. Throws when the flow has no steps for such a target, so that no
 * verdict is wrong.
 */
export function otherWay<L extends string>(
  ways: OtherWays<L>,
  target: string | undefined,
): L | undefined {
  if (target !== nfsExport && target !== sdcPool) return undefined;
  const label = target === nfsExport ? ways.mounts : ways.sdc;
  if (label !== undefined) return label;
  throw new Error(`this flow has no steps for volumes of '${target}': add them, see other-ways.ts`);
}
