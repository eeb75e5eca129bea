import type { Me } from '../calls/calls.ts';
import type { Cloud, ConnectionInfo } from '../world/cloud.ts';
import type { DisconnectingServer } from './disconnect.ts';

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
}

/** A user asked to abort the migration. */
export const isAborted = (cloud: Cloud, self: Me<Migrating>): boolean =>
  cloud.migrations[self.migration]?.abort === true;

/** Puts the variables of a live migration back when they are dead. */
export function forget(self: Me<Migrating>): 'done' {
  self.volume = '';
  self.attachment = '';
  self.source = [];
  self.connections = null;
  self.bdms = [];
  self.next = 0;
  self.pre = false;
  self.connection = null;
  return 'done';
}
