import { calling, calls, type Me } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { attachmentCreate } from '../cinder/attachment-create.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { attachmentUpdate } from '../cinder/attachment-update.ts';
import { assertPresent } from '../world/assert-present.ts';
import type { Cloud, Migration } from '../world/cloud.ts';
import { isUp } from '../world/services.ts';
import { type DisconnectingServer, disconnectFromHost } from './disconnect.ts';
import { bdmsOf, diskOf, takeDisk } from './lookup.ts';
import { notFoundIsIgnored } from './not-found.ts';

/** The variables of a nova-compute that takes the volumes of a server off its host, or onto it. */
export interface Moving extends DisconnectingServer {
  volume: string;
  /** The attachment that takes the place of the one that the BDM names. */
  attachment: string;
  /** The BDMs of the server that have an attachment, and the number of those that are done. */
  bdms: readonly string[];
  next: number;
}

/** Fresh variables of a move. */
export const moving = (server: string, host: string): Moving => ({
  server,
  host,
  volume: '',
  attachment: '',
  bdms: [],
  next: 0,
  connection: null,
  logout: false,
  servers: null,
  ...calling(),
});

const { rest } = calls<Moving>();

/**
 * Reads the BDMs of a move. Throws when the server has an old-style volume: the model has
 * these for live migrations only (docs/openstack.md 3.3).
 */
export function readBdms(cloud: Cloud, self: Me<Moving>): void {
  const all = bdmsOf(cloud.bdms, self.server);
  const old = all.find(([, bdm]) => bdm.attachment_id === null && bdm.connection_info !== null);
  if (old !== undefined) {
    throw new Error(
      `'${old[0]}' is old-style, and this move is modelled with attachments only: use a live migration, or a volume with an attachment`,
    );
  }
  const found = all.filter(([, bdm]) => bdm.attachment_id !== null);
  self.bdms = found.map(([id]) => id);
  self.next = 0;
}

/** Resets the variables of a move that no later step reads. */
export function forgetMove(self: Me<Moving>): void {
  self.volume = '';
  self.attachment = '';
  self.bdms = [];
  self.next = 0;
  self.connection = null;
}

/** Writes the status of a move to its record, which no step deletes. */
export function setStatus(cloud: Cloud, migration: string, status: Migration['status']): void {
  assertPresent(cloud.migrations[migration], `the migration '${migration}'`).status = status;
}

/**
 * A move that failed leaves the server in error, on the host that its row names, and clears its
 * task state, whichever request set it by then. It does not where it failed because the task state
 * had changed: that belongs to another request. Source:
 * nova:nova/compute/manager.py@reverts_task_state, @_error_out_instance_on_exception
 * (docs/openstack.md 8.17).
 */
export function failMove(cloud: Cloud, server: string, reverts: 'reverts' | 'keeps'): void {
  const instance = cloud.instances[server];
  if (instance === undefined) return;
  instance.vm_state = 'error';
  if (reverts === 'reverts') instance.task_state = null;
}

/** The next BDM, or undefined after the last one; its volume becomes the current one. */
export function nextBdm(cloud: Cloud, self: Me<Moving>) {
  const bdm = cloud.bdms[self.bdms[self.next] ?? ''];
  self.volume = bdm?.volume ?? '';
  return bdm;
}

/**
 * The guest ends, and the host disconnects every volume; an error ends this, or leads to the next
 * volume.
 */
export const disconnectAll = <L extends string>(exits: {
  readonly disconnected: L;
  readonly failed: L | 'next_disconnect';
}) => ({
  ...stepFragment<Moving, L | 'should_disconnect_target'>()({
    destroy_guest: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, self) => {
        readBdms(cloud, self);
        for (const id of self.bdms) {
          takeDisk(cloud, self.host, diskOf(self.server, cloud.bdms[id]?.volume ?? ''));
        }
      },
    },
  }),
  ...disconnectEach(exits),
});

/** Disconnects every volume from the host, one after the other. */
export const disconnectEach = <L extends string>(exits: {
  readonly disconnected: L;
  readonly failed: L | 'next_disconnect';
}) => ({
  ...stepFragment<Moving, L | 'should_disconnect_target'>()({
    next_disconnect(cloud, self) {
      const bdm = nextBdm(cloud, self);
      const isLast = self.next >= self.bdms.length;
      self.next = isLast ? 0 : self.next + 1;
      self.connection = bdm?.connection_info ?? null;
      if (isLast) return exits.disconnected;
      if (self.connection === null) return 'next_disconnect';
    },
  }),
  ...disconnectFromHost<L | 'next_disconnect'>({
    disconnected: 'next_disconnect',
    failed: exits.failed,
  }),
});

/**
 * For each volume a second attachment without a connector, which the rule for the same server lets
 * in; then the first is deleted, and the BDM names the second. Between the two the volume is never
 * free; in the other order it was.
 * Source: nova:nova/compute/manager.py@_terminate_volume_connections
 * (docs/openstack.md 8.1; bug 1717564).
 */
export const reserveAgain = <L extends string>(exits: {
  readonly reserved: L;
  readonly failed: L;
}) => ({
  ...stepFragment<Moving, L | 'attachment_create'>()({
    next_reservation(cloud, self) {
      const bdm = nextBdm(cloud, self);
      self.connection = null;
      if (self.next >= self.bdms.length) {
        self.next = 0;
        return exits.reserved;
      }
      if (bdm === undefined) return exits.failed;
      if (cloud.switches.move_attachments === 'create_first') return 'attachment_create';
    },
  }),
  ...rest('attachment_delete_first', {
    to: (cloud, self) => attachmentDelete.start(attachmentOf(cloud, self), 'service'),
    accepts: notFoundIsIgnored,
    otherwise: exits.failed,
    repeated: 'delete_repeated',
  }),
  ...rest<'attachment_create', L | 'save_attachment_id'>('attachment_create', {
    to: (_cloud, self) => attachmentCreate.start(self.volume, self.server, null),
    ok: (cloud, self, reply) => {
      self.attachment = reply.attachment ?? '';
      if (cloud.switches.move_attachments === 'delete_first') return 'save_attachment_id';
      return;
    },
    otherwise: exits.failed,
  }),
  ...rest('attachment_delete', {
    to: (cloud, self) => attachmentDelete.start(attachmentOf(cloud, self), 'service'),
    accepts: notFoundIsIgnored,
    otherwise: exits.failed,
    repeated: 'delete_repeated',
  }),
  ...stepFragment<Moving, L | 'next_reservation'>()({
    save_attachment_id(cloud, self) {
      const bdm = cloud.bdms[self.bdms[self.next] ?? ''];
      if (bdm === undefined) return exits.failed;
      bdm.attachment_id = self.attachment;
      self.attachment = '';
      self.next += 1;
      return 'next_reservation';
    },
  }),
});

/** Reads the BDMs, once nova-compute is up. */
export const getBdms = stepFragment<Moving>()({
  get_bdms: {
    when: (cloud, self) => isUp(cloud, self.host),
    do: (cloud, self) => {
      readBdms(cloud, self);
    },
  },
});

/** Gives the attachment of the current BDM the connector of this host. */
export const updateAttachment = <L extends string>(failed: L) =>
  rest<'attachment_update', L>('attachment_update', {
    to: (cloud, self) => attachmentUpdate.start(attachmentOf(cloud, self), self.host, 'controller'),
    ok: (_cloud, self, reply) => {
      self.connection = reply.connection_info ?? null;
    },
    otherwise: failed,
    repeated: 'update_repeated',
  });

/** The attachment that the current BDM names. */
export const attachmentOf = (cloud: Cloud, self: Me<Moving>): string =>
  cloud.bdms[self.bdms[self.next] ?? '']?.attachment_id ?? '';
