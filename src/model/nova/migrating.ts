import type { Me } from '../calls/calls.ts';
import type { Cloud, ConnectionInfo } from '../world/cloud.ts';
import type { DisconnectingServer } from './disconnect.ts';
import { setStatus } from './moving.ts';

/** What the source knew of a volume before the destination wrote to the BDM. */
interface SourceBdm {
  readonly volume: string;
  /** null: an old-style attachment. */
  readonly attachment: string | null;
  readonly info: ConnectionInfo | null;
}

/** What the source of a live migration knows. */
export interface Migrating extends DisconnectingServer {
  volume: string;
  attachment: string;
  readonly dest: string;
  readonly migration: string;
  source: readonly SourceBdm[];
  /** How the destination reaches each volume; null before it has answered. */
  connections: { readonly [volume: string]: ConnectionInfo } | null;
  /** The BDMs that a rollback goes through. */
  bdms: readonly string[];
  next: number;
  /** The rollback leaves the destination alone, which is thought to have cleaned up. */
  pre: boolean;
  /** The hypervisor has the guest: an error sets the server to error. */
  running: boolean;
  /** The ports did not change over; the volumes are left all the same. */
  failing: boolean;
}

/** A user asked to abort the migration. */
export const isAborted = (cloud: Cloud, self: Me<Migrating>): boolean =>
  cloud.migrations[self.migration]?.abort === true;

/**
 * Where an error leads when the hypervisor has the guest: migration and server are in error, and
 * the task state is gone, whosever it was. Before nova 16 only the migration was.
 * Source: nova:nova/compute/manager.py@_do_live_migration (docs/openstack.md 7, M13).
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

/** Puts the variables of a live migration back when they are dead. */
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
