import { spec } from '../../spec/spec.ts';

/** A record in Cinder: this volume belongs to that host. */
export interface Attachment {
  readonly volume: string;
  readonly host: string;
  readonly status: 'reserved' | 'attached' | 'detaching';
}

/**
 * The smallest world that has the race of the seed mail: the records of Cinder, and the connection
 * that all volumes of one backend share on a host. Source: the discussion of the attachments API at
 * the Ocata summit, 2016-11 (docs/openstack.md 4; 9.1, R1).
 */
export interface SeedWorld {
  volumes: Record<string, { status: 'available' | 'reserved' | 'in-use' | 'detaching' }>;
  attachments: Record<string, Attachment>;
  /**
   * Per host: is the shared connection to the backend up? Disconnecting cuts off every volume that
   * uses it.
   */
  connections: Record<string, 'up' | 'down'>;
  /**
   * The lock in Nova that the seed mail proposes, one for each host; null or the process that holds
   * it.
   */
  locks: Record<string, string | null>;
}

export const seed = spec<SeedWorld>();

/** Which operations take the per-host lock. */
export type LockedBy = 'none' | 'attach' | 'detach' | 'both';
/** Is the record deleted after the host was disconnected (as shipped), or before? */
export type DetachOrder = 'count-first' | 'delete-first';
/** Which steps of a detach are taken as one. */
export type DetachAtomic = 'none' | 'count-disconnect' | 'count-disconnect-delete';
