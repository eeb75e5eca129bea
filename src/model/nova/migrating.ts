import type { Me } from '../calls/calls.ts';
import type { Cloud, ConnectionInfo } from '../world/cloud.ts';
import type { DisconnectingServer } from './disconnect.ts';
import { setStatus } from './moving.ts';

/** The source's data of a volume from before the destination wrote to the BDM. */
export interface SourceBdm {
  readonly volume: string;
  /** null: an old-style attachment. */
  readonly attachment: string | null;
  readonly info: ConnectionInfo | null;
}

/** The variables of the source of a live migration. */
export interface Migrating extends DisconnectingServer {
  volume: string;
  attachment: string;
  readonly dest: string;
  readonly migration: string;
  source: readonly SourceBdm[];
  /** The connections of the destination to each volume; null before it has answered. */
  connections: { readonly [volume: string]: ConnectionInfo } | null;
  /** The BDMs that a rollback goes through. */
  bdms: readonly string[];
  next: number;
  /** The rollback leaves the destination alone, because it believes that it has cleaned up. */
  pre: boolean;
  /** The hypervisor has the guest: an error sets the server to error. */
  running: boolean;
  /** The ports did not change over; the source leaves the volumes all the same. */
  failing: boolean;
}

/** A user asked to abort the migration. */
export const isAborted = (cloud: Cloud, self: Me<Migrating>): boolean =>
  cloud.migrations[self.migration]?.abort === true;

/**
 * The handler of an error after the hypervisor has taken the guest: it sets migration and server to
 * error, and clears the task state, whichever request set it. Before nova 16 it set only the
 * migration. Source: nova:nova/compute/manager.py@_do_live_migration (docs/openstack.md 7, M13).
 */
export function putMigrationInError(cloud: Cloud, self: Me<Migrating>): 'done' {
  setStatus(cloud, self.migration, 'error');
  const instance = cloud.instances[self.server];
  if (instance !== undefined && cloud.switches.failed_migration === 'error') {
    instance.vm_state = 'error';
    instance.task_state = null;
  }
  return forget(self);
}

/** Resets the variables of a live migration that no later step reads. */
export function forget(self: Me<Migrating>): 'done' {
  self.volume = '';
  self.attachment = '';
  self.source = [];
  self.connections = null;
  self.bdms = [];
  self.next = 0;
  self.pre = false;
  self.running = false;
  self.failing = false;
  self.connection = null;
  return 'done';
}
