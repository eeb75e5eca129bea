import { connectVolume, known, removeDevice } from '../brick/connect-volume.ts';
import { calls, type Me } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { attachmentComplete } from '../cinder/attachment-complete.ts';
import { attachmentCreate } from '../cinder/attachment-create.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { attachmentUpdate } from '../cinder/attachment-update.ts';
import { rollDetaching } from '../cinder/volume-actions.ts';
import { lunPath } from '../world/backend.ts';
import type { Cloud, ConnectionInfo } from '../world/cloud.ts';
import { free, guardApplies, guardLock, release, take } from '../world/locks.ts';
import { type DisconnectingServer, disconnectFromHost } from './disconnect.ts';
import { guardConnection } from './guard-connection.ts';
import { detachIgnoresNotFound } from './not-found.ts';
import type { PassedBdm } from './passed-bdms.ts';

/** The variables of a nova-compute that rebuilds a server. */
export interface Rebuilding extends DisconnectingServer {
  /** The volume that the server boots from; '' for a server that boots from an image. */
  readonly root: string;
  volume: string;
  /**
   * The BDMs as they were read at the beginning, the root volume last, and the number of those that
   * are done.
   */
  bdms: readonly PassedBdm[];
  next: number;
  /**
   * Detaching the data volumes, destroying the guest, detaching the root volume; and cleaning up
   * after a guest that did not start.
   */
  phase: 'detach' | 'destroy' | 'root' | 'cleanup';
  /** The attachment that takes the place of the one that the BDM names. */
  reserved: string;
  /** The server was stopped when it began, and will be again. */
  wasStopped: boolean;
}

const { rest } = calls<Rebuilding>();

/** The current BDM as it was read; its volume becomes the current one. */
function current(self: Me<Rebuilding>): PassedBdm | undefined {
  const bdm = self.bdms[self.next];
  self.volume = bdm?.volume ?? '';
  return bdm;
}

const isGuarded = (cloud: { readonly switches: Cloud['switches'] }, self: Readonly<Rebuilding>) =>
  self.phase === 'detach' && guardApplies(cloud.switches, 'detach');

/** The driver disconnects all volumes of a guest that it destroys, and ignores errors. */
const isDestroyed = (self: Readonly<Rebuilding>): boolean =>
  self.phase === 'destroy' || self.phase === 'cleanup';

/**
 * The four disconnects. The detach of a data volume or of the root volume stops when the device
 * cannot be flushed, and has a handler; the destruction of a guest removes it by force (nova 28),
 * and its errors are logged.
 */
const disconnecting = {
  ...disconnectFromHost({ disconnected: 'disconnected', failed: 'not_disconnected' }),
  ...stepFragment<
    Rebuilding,
    'attachment_delete' | 'save_attachment_id' | 'next_disconnect' | 'roll_detaching'
  >()({
    disconnected(_cloud, self) {
      if (isDestroyed(self)) return 'next_disconnect';
      return self.phase === 'root' ? 'save_attachment_id' : 'attachment_delete';
    },
    not_disconnected(_cloud, self) {
      return isDestroyed(self) ? 'next_disconnect' : 'roll_detaching';
    },
  }),
  ...stepFragment<Rebuilding, 'disconnect_failed' | 'disconnect_from_iscsi_portal'>()({
    flush_failed(cloud, self, _pick, processes) {
      const isForced = isDestroyed(self) && cloud.switches.destroy_disconnect === 'force';
      if (!isForced) return 'disconnect_failed';
      const { host, target, lun } = known(self);
      removeDevice(cloud, lunPath(host, target, lun), self.pid, processes);
      return 'disconnect_from_iscsi_portal';
    },
  }),
};

/** The step after the BDM of the root volume is gone, or a disconnect fails. */
const givingUp = <L extends string>(failed: L) => ({
  ...rest('reserved_delete', {
    to: (_cloud, self) => attachmentDelete.start(self.reserved, 'service'),
    ok: () => failed,
    otherwise: failed,
    repeated: 'delete_repeated',
  }),
  // No request has begun to detach the volume: this does nothing, unless another request has (D28).
  ...rest('roll_detaching', {
    to: (_cloud, self) => rollDetaching.start(self.volume),
    ok: () => failed,
    otherwise: failed,
  }),
});

/**
 * The volumes of a server whose power is off leave the host. Each data volume: a second attachment
 * keeps it reserved, then comes a detach as a user would ask for, under L3 where the backend asks
 * for it. When all are gone the driver destroys the guest and disconnects the same volumes once
 * more, and the root volume with them, by the connection_info that was read at the beginning, by
 * force and outside L3. Then the root volume gets its second attachment and is detached once more;
 * the BDM names the second one before the first is deleted. Goes on at `detached`, or at `failed`.
 * Source: nova:nova/compute/manager.py@_rebuild_default_impl, @_detach_volume,
 * @_rebuild_volume_backed_instance (docs/openstack.md 1.6, L3; 8.4; 9.3, D26).
 */
export const detachForRebuild = <L extends string>(exits: {
  readonly detached: L;
  readonly failed: L;
}) => ({
  ...stepFragment<Rebuilding, 'next_disconnect'>()({
    next_volume(_cloud, self) {
      const bdm = current(self);
      self.connection = bdm?.connection_info ?? null;
      if (bdm !== undefined && bdm.volume !== self.root) return;
      self.next = 0;
      self.phase = 'destroy';
      return 'next_disconnect';
    },
  }),
  ...rest('attachment_create', {
    to: (_cloud, self) => attachmentCreate.start(self.volume, self.server, null),
    ok: (_cloud, self, reply) => {
      self.reserved = reply.attachment ?? '';
    },
    otherwise: exits.failed,
  }),
  ...stepFragment<Rebuilding, L | 'should_disconnect_target' | 'roll_detaching'>()({
    guard_detach: {
      when: (cloud, self) => !isGuarded(cloud, self) || free(cloud, guardLock(self.host)),
      do: (cloud, self) => {
        if (isGuarded(cloud, self)) take(cloud, guardLock(self.host), self.pid);
      },
    },
    // The guest is off already. Without connection_info the disconnect raises; for the root volume
    // no code handles that.
    driver_detach(_cloud, self) {
      if (self.connection !== null) return 'should_disconnect_target';
      return self.phase === 'root' ? exits.failed : 'roll_detaching';
    },
  }),
  ...disconnecting,
  ...stepFragment<Rebuilding, L | 'attachment_create' | 'should_disconnect_target'>()({
    next_disconnect(cloud, self) {
      const bdm = current(self);
      self.connection = connectionAtHand(cloud, self);
      if (bdm !== undefined) {
        self.next += 1;
        return self.connection === null ? 'next_disconnect' : 'should_disconnect_target';
      }
      if (self.phase === 'cleanup') return exits.failed;
      if (self.root === '') return exits.detached;
      // The root volume is the last one.
      self.phase = 'root';
      self.next -= 1;
      self.connection = current(self)?.connection_info ?? null;
      return 'attachment_create';
    },
  }),
  ...rest<'attachment_delete', L | 'save_attachment_id'>('attachment_delete', {
    to: (_cloud, self) =>
      attachmentDelete.start(self.bdms[self.next]?.attachment_id ?? '', 'service'),
    accepts: detachIgnoresNotFound,
    ok: (_cloud, self) => (self.phase === 'root' ? exits.detached : undefined),
    otherwise: exits.failed,
    repeated: 'delete_repeated',
  }),
  ...stepFragment<Rebuilding, L | 'next_volume' | 'attachment_delete' | 'reserved_delete'>()({
    save_attachment_id(cloud, self) {
      const bdm = cloud.bdms[self.bdms[self.next]?.id ?? ''];
      release(cloud, guardLock(self.host), self.pid);
      self.connection = null;
      // The row is gone: saving it raises.
      if (bdm === undefined) return self.phase === 'root' ? 'reserved_delete' : exits.failed;
      bdm.attachment_id = self.reserved;
      self.reserved = '';
      if (self.phase === 'root') return 'attachment_delete';
      self.next += 1;
      return 'next_volume';
    },
  }),
  ...givingUp(exits.failed),
});

/**
 * The connection of the current volume: by the BDM that was read at the beginning, or, for a guest
 * that did not start, by the one with which it was started.
 */
function connectionAtHand(cloud: Cloud, self: Me<Rebuilding>): ConnectionInfo | null {
  const bdm = current(self);
  const now = cloud.bdms[bdm?.id ?? ''];
  return (self.phase === 'cleanup' ? now : bdm)?.connection_info ?? null;
}

/**
 * Each volume is attached as at boot: updated and completed under L3, then connected by the driver
 * that starts the guest. Goes on at `attached`, or at `failed`.
 * Source: nova:nova/compute/manager.py@_prep_block_device;
 * nova:nova/virt/block_device.py@DriverVolumeBlockDevice.attach (docs/openstack.md 5.6, 8.4).
 */
export const attachForRebuild = <L extends string>(exits: {
  readonly attached: L;
  readonly failed: L;
  /** The label at which it goes on when all are complete; the flow comes back at `next_connect`. */
  readonly completed: L;
}) => ({
  ...stepFragment<Rebuilding, L>()({
    prep_block_device(_cloud, self) {
      self.next = 0;
    },
    next_attach(_cloud, self) {
      if (current(self) !== undefined) return;
      self.next = 0;
      return exits.completed;
    },
    guard_connection: guardConnection('attach'),
  }),
  ...rest('attachment_update', {
    to: (cloud, self) => attachmentUpdate.start(attachmentOf(cloud, self), self.host, 'controller'),
    ok: (_cloud, self, reply) => {
      self.connection = reply.connection_info ?? null;
    },
    otherwise: exits.failed,
    repeated: 'update_repeated',
  }),
  ...stepFragment<Rebuilding, L>()({
    save_connection_info(cloud, self) {
      const bdm = cloud.bdms[self.bdms[self.next]?.id ?? ''];
      if (bdm === undefined) return exits.failed;
      bdm.connection_info = self.connection;
    },
  }),
  ...rest('attachment_complete', {
    to: (cloud, self) => attachmentComplete.start(attachmentOf(cloud, self)),
    ok: () => 'leave_guard',
    otherwise: 'incomplete_attachment_delete',
  }),
  ...rest('incomplete_attachment_delete', {
    to: (cloud, self) => attachmentDelete.start(attachmentOf(cloud, self), 'service'),
    ok: () => exits.failed,
    otherwise: exits.failed,
    repeated: 'delete_repeated',
  }),
  ...stepFragment<Rebuilding, L | 'next_attach' | 'lock_connect_volume'>()({
    leave_guard(cloud, self) {
      release(cloud, guardLock(self.host), self.pid);
      self.next += 1;
      return 'next_attach';
    },
    next_connect(cloud, self) {
      const bdm = current(self);
      self.connection = cloud.bdms[bdm?.id ?? '']?.connection_info ?? null;
      if (bdm === undefined) return exits.attached;
      if (self.connection === null) return exits.failed;
      self.next += 1;
      return 'lock_connect_volume';
    },
  }),
  ...connectVolume<L | 'next_connect'>({ connected: 'next_connect', failed: exits.failed }),
});

const attachmentOf = (cloud: Cloud, self: Me<Rebuilding>): string =>
  cloud.bdms[self.bdms[self.next]?.id ?? '']?.attachment_id ?? '';
