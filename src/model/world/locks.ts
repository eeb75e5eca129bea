import type { Switches } from '../releases/switches.ts';
import type { Cloud } from './cloud.ts';

/** The part of the state that the lock functions need; guards pass it read-only. */
type Locks = { readonly locks: { readonly [id: string]: string | undefined } };

/** L1: the instance lock, a named lock inside the nova-compute of a host. */
export const instanceLock = (host: string, server: string): string => `${server}@${host}`;

/** nova-compute handles one server at a time when it starts; not a lock of Nova. */
export const initLock = (host: string): string => `init_host@${host}`;

/** L2: one lock for each multiattach volume, inside the nova-compute of a host. */
export const multiattachLock = (host: string, volume: string): string =>
  `multi_attach_volume_${volume}@${host}`;

/**
 * L3: one lock for each cinder-volume service; the model has one. Inside a process or of the whole
 * host, it is the same lock as long as only nova-compute takes it.
 * Source: os-brick:os_brick/initiator/utils.py@guard_connection.
 */
export const guardLock = (host: string): string => `guard_connection@${host}`;

/** L4: one lock for every connect and disconnect of os-brick on a host, or of one process on it. */
export const brickLock = (switches: Switches, host: string, service = 'n-cpu'): string =>
  switches.L4 === 'host' ? `connect_volume@${host}` : `connect_volume@${host}/${service}`;

/** The lock of the ScaleIO connector, inside the nova-compute of a host. */
export const sdcLock = (host: string): string => `scaleio@${host}`;

/** L6: one lock for each mountpoint, inside the nova-compute of a host. */
export const mountLock = (host: string, target: string): string => `mountpoint_${target}@${host}`;

/** L7: a lock file on one node that runs cinder-api. */
export const updateLock = (volume: string, host: string, node: string): string =>
  `attachment_update-${volume}-${host}@${node}`;

/** L8, of os-attach: a lock of the deployment. */
export const volumeLock = (volume: string): string => `${volume}@c-vol`;

/** L8, of os-detach: another name, so the two do not exclude each other. */
export const detachLock = (volume: string): string => `${volume}-detach_volume@c-vol`;

/** No process holds the lock. */
export const free = ({ locks }: Locks, id: string): boolean => locks[id] === undefined;

/** Takes a lock that is free; the guard of the step says that it is. */
export function take(cloud: Cloud, id: string, pid: string): void {
  cloud.locks[id] = pid;
}

/**
 * Gives a lock back if `pid` holds it, so that a handler need not know which locks the request
 * holds.
 */
export function release(cloud: Cloud, id: string, pid: string): void {
  if (cloud.locks[id] === pid) delete cloud.locks[id];
}

/** Gives back every lock that `pid` holds. */
export function releaseAll(cloud: Cloud, pid: string): void {
  for (const [id, holder] of Object.entries(cloud.locks)) {
    if (holder === pid) delete cloud.locks[id];
  }
}

/**
 * Whether nova-compute takes L3 for a backend like this one.
 * Source: os-brick:os_brick/initiator/utils.py@guard_connection; before nova 21
 * nova:nova/virt/block_device.py.
 */
export function guardApplies(switches: Switches, operation: 'attach' | 'detach'): boolean {
  const { L3, L3_covers: covers, shared_targets: shared, manual_scan: manual } = switches;
  if (L3 === 'none' || shared === 'false') return false;
  if (covers !== 'both' && covers !== operation) return false;
  // The lock inside the process did not look at the scan mode.
  if (L3 === 'process') return true;
  const seenAsNull = shared === 'null' && switches.null_shared_targets === 'seen';
  return seenAsNull || manual === 'no';
}
