import { connectVolume, known, removeDevice } from '../brick/connect-volume.ts';
import { calls, type Me } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { attachmentComplete } from '../cinder/attachment-complete.ts';
import { attachmentCreate } from '../cinder/attachment-create.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { attachmentUpdate } from '../cinder/attachment-update.ts';
import { rollDetaching } from '../cinder/volume-actions.ts';
import { lunPath } from '../world/backend.ts';
import type { Cloud } from '../world/cloud.ts';
import { free, guardApplies, guardLock, release, take } from '../world/locks.ts';
import { type DisconnectingServer, disconnectFromHost } from './disconnect.ts';
import { guardConnection } from './guard-connection.ts';
import { detachIgnoresNotFound } from './not-found.ts';
import type { PassedBdm } from './passed-bdms.ts';

/** What a nova-compute knows that rebuilds a server. */
export interface Rebuilding extends DisconnectingServer {
  /** The volume that the server boots from; '' for a server that boots from an image. */
  readonly root: string;
  volume: string;
  /**
   * The BDMs as they were read at the beginning, the root volume last, and how many of them are
   * dealt with.
   */
  bdms: readonly PassedBdm[];
  next: number;
  /** Detaching the data volumes, destroying the guest, detaching the root volume. */
  phase: 'detach' | 'destroy' | 'root';
  /** The attachment that takes the place of the one that the BDM names. */
  reserved: string;
}

const { rest } = calls<Rebuilding>();

/** The BDM at hand as it was read; its volume becomes the one at hand. */
function current(self: Me<Rebuilding>): PassedBdm | undefined {
  const bdm = self.bdms[self.next];
  self.volume = bdm?.volume ?? '';
  return bdm;
}

const isGuarded = (cloud: { readonly switches: Cloud['switches'] }, self: Readonly<Rebuilding>) =>
  self.phase === 'detach' && guardApplies(cloud.switches, 'detach');

/**
 * The three disconnects. A user's detach stops when the device cannot be flushed, and has a
 * handler; the destruction of a guest removes it by force (nova 28), and its errors are logged.
 */
const disconnecting = {
  ...disconnectFromHost({ disconnected: 'disconnected', failed: 'not_disconnected' }),
  ...stepFragment<Rebuilding, 'attachment_delete' | 'next_disconnect' | 'roll_detaching'>()({
    disconnected(_cloud, self) {
      return self.phase === 'destroy' ? 'next_disconnect' : 'attachment_delete';
    },
    not_disconnected(_cloud, self) {
      if (self.phase === 'detach') return 'roll_detaching';
      return self.phase === 'destroy' ? 'next_disconnect' : 'attachment_delete';
    },
  }),
  ...stepFragment<Rebuilding, 'disconnect_failed' | 'disconnect_from_iscsi_portal'>()({
    flush_failed(cloud, self, _pick, processes) {
      const isForced = self.phase !== 'detach' && cloud.switches.destroy_disconnect === 'force';
      if (!isForced) return 'disconnect_failed';
      const { host, target, lun } = known(self);
      removeDevice(cloud, lunPath(host, target, lun), self.pid, processes);
      return 'disconnect_from_iscsi_portal';
    },
  }),
};

/**
 * The volumes of a server whose power is off leave the host. Each data volume: a second attachment
 * keeps it reserved, then comes a detach as a user would ask for, under L3 where the backend asks
 * for it. When all are gone the driver destroys the guest and disconnects the same volumes once
 * more, by the connection_info that was read at the beginning, by force and outside L3. The root
 * volume is left out of both, and is detached last. Goes on at `detached`, or at `failed`.
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
  ...stepFragment<
    Rebuilding,
    'should_disconnect_target' | 'attachment_delete' | 'roll_detaching'
  >()({
    guard_detach: {
      when: (cloud, self) => !isGuarded(cloud, self) || free(cloud, guardLock(self.host)),
      do: (cloud, self) => {
        if (isGuarded(cloud, self)) take(cloud, guardLock(self.host), self.pid);
      },
    },
    // The guest is off already. Without connection_info the disconnect raises.
    driver_detach(_cloud, self) {
      if (self.connection !== null) return 'should_disconnect_target';
      return self.phase === 'root' ? 'attachment_delete' : 'roll_detaching';
    },
  }),
  ...disconnecting,
  ...stepFragment<Rebuilding, L | 'attachment_create' | 'should_disconnect_target'>()({
    next_disconnect(_cloud, self) {
      const bdm = current(self);
      self.connection = bdm?.connection_info ?? null;
      if (bdm === undefined || bdm.volume === self.root) {
        self.phase = 'root';
        return bdm === undefined ? exits.detached : 'attachment_create';
      }
      self.next += 1;
      return self.connection === null ? 'next_disconnect' : 'should_disconnect_target';
    },
  }),
  ...rest('attachment_delete', {
    to: (_cloud, self) =>
      attachmentDelete.start(self.bdms[self.next]?.attachment_id ?? '', 'service'),
    accepts: detachIgnoresNotFound,
    otherwise: exits.failed,
    repeated: 'delete_repeated',
  }),
  ...stepFragment<Rebuilding, L | 'next_volume'>()({
    save_attachment_id(cloud, self) {
      const bdm = cloud.bdms[self.bdms[self.next]?.id ?? ''];
      release(cloud, guardLock(self.host), self.pid);
      self.connection = null;
      if (bdm === undefined) return exits.failed;
      bdm.attachment_id = self.reserved;
      self.reserved = '';
      if (self.phase === 'root') {
        bdm.connection_info = null;
        return exits.detached;
      }
      self.next += 1;
      return 'next_volume';
    },
  }),
  // No request has begun to detach the volume: it does nothing, unless another request has (D28).
  ...rest('roll_detaching', {
    to: (_cloud, self) => rollDetaching.start(self.volume),
    ok: () => exits.failed,
    otherwise: exits.failed,
  }),
});

/**
 * Each volume is attached as at boot: updated and completed under L3, then connected by the driver
 * that starts the guest. Goes on at `attached`, or at `failed`.
 * Source: nova:nova/compute/manager.py@_prep_block_device;
 * nova:nova/virt/block_device.py@DriverVolumeBlockDevice.attach (docs/openstack.md 5.6, 8.4).
 */
export const attachForRebuild = <L extends string>(exits: {
  readonly attached: L;
  readonly failed: L;
}) => ({
  ...stepFragment<Rebuilding, 'next_connect'>()({
    prep_block_device(_cloud, self) {
      self.next = 0;
    },
    next_attach(_cloud, self) {
      if (current(self) !== undefined) return;
      self.next = 0;
      return 'next_connect';
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
