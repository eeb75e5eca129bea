import { connectVolume, known } from '../brick/connect-volume.ts';
import { answering, type Callee, type Caller, calling, calls, send } from '../calls/calls.ts';
import { attachmentComplete } from '../cinder/attachment-complete.ts';
import { attachmentCreate } from '../cinder/attachment-create.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { attachmentUpdate } from '../cinder/attachment-update.ts';
import { migrateVolumeCompletion } from '../cinder/migrate-volume.ts';
import { beginDetaching, rollDetaching } from '../cinder/volume-actions.ts';
import { assertPresent } from '../world/assert-present.ts';
import { lunPath } from '../world/backend.ts';
import { type Cloud, type ConnectionInfo, cloud as model } from '../world/cloud.ts';
import { instanceLock, release } from '../world/locks.ts';
import { rowsOf } from '../world/statuses.ts';
import { admits } from './admission.ts';
import { isAlreadyAttached } from './already-attached.ts';
import { type DisconnectingServer, disconnectFromHost } from './disconnect.ts';
import { lockInstance } from './instance-lock.ts';
import { bdmOf, diskOf, takeDisk } from './lookup.ts';
import { notFoundIsIgnored } from './not-found.ts';

interface Swapping extends DisconnectingServer {
  /** The volume that takes the place of `volume`, and its attachment and connection. */
  readonly next: string;
  readonly attachment: string;
  info: ConnectionInfo | null;
  bdm: string;
  /** The attachment of the old volume, and its connection by the BDM as it was read. */
  old: string;
  leaving: ConnectionInfo | null;
  /** Cinder asked for it, and is told when the guest has changed over. */
  forCinder: boolean;
}

const compute = calls<Swapping>();

/**
 * nova-compute replaces a volume of a running server by another: connects it, has the guest copy
 * and change over, disconnects the first; then Cinder is told, and the BDM. Since nova 23 under the
 * instance lock, never under L3. A failure is handled alike before and after the change-over: the
 * first volume is rolled back, the second loses its attachment unless that raises, and Cinder is
 * told if it asked.
 * Simplified: the copy is one step with the change-over, and GET volume one with the reading of the
 * BDM.
 * Source: nova:nova/compute/manager.py@swap_volume, @_swap_volume;
 * nova:nova/virt/libvirt/driver.py@swap_volume (docs/openstack.md 8.7).
 */
export const swapVolumeOnCompute = model.flow({
  name: 'n-cpu.swap_volume',
  vars: (
    server: string,
    volume: string,
    next: string,
    host: string,
    attachment: string,
  ): Swapping => ({
    server,
    volume,
    next,
    host,
    attachment,
    info: null,
    bdm: '',
    old: '',
    leaving: null,
    forCinder: false,
    connection: null,
    logout: false,
    servers: null,
    ...calling(),
  }),
  steps: {
    lock_instance: lockInstance('L1_swap'),
    get_bdm(cloud, self) {
      const found = bdmOf(cloud.bdms, self.server, self.volume);
      // Nova raises VolumeBDMNotFound where no code handles it: nothing undoes the work of
      // nova-api.
      if (found === undefined) return 'unlock_instance';
      const [id, { attachment_id, connection_info }] = found;
      self.bdm = id;
      self.old = attachment_id ?? '';
      self.leaving = connection_info;
      self.forCinder = isMigration(cloud, self.volume);
    },
    ...compute.rest<'attachment_update', 'roll_detaching'>('attachment_update', {
      to: (_cloud, self) => attachmentUpdate.start(self.attachment, self.host, 'controller'),
      ok: (_cloud, self, reply) => {
        self.connection = reply.connection_info ?? null;
        // The old volume has no connection_info to read: the error comes before nova-compute
        // connects anything.
        if (self.leaving === null) return 'roll_detaching';
      },
      otherwise: 'roll_detaching',
      repeated: 'update_repeated',
    }),
    ...connectVolume({ connected: 'block_copy_and_pivot', failed: 'roll_detaching' }),
    block_copy_and_pivot(cloud, self) {
      const { host, target, lun } = known(self);
      const before = diskOf(self.server, self.volume);
      // A guest that has ended meanwhile has no disk to copy: nova-compute disconnects the new
      // volume again.
      if (cloud.disks[before] === undefined) return 'should_disconnect_target';
      const disk = diskOf(self.server, self.next);
      // The guest still names its disk after the first volume (bug 2112187).
      const serial = cloud.serials[before] ?? self.volume;
      takeDisk(cloud, self.host, before);
      cloud.disks[disk] = lunPath(host, target, lun);
      cloud.serials[disk] = serial;
      self.info = self.connection;
      self.connection = self.leaving;
      self.leaving = null;
    },
    ...disconnectFromHost({ disconnected: 'swapped', failed: 'roll_detaching' }),
    swapped(_cloud, self) {
      if (self.info === null) return 'roll_detaching';
    },
    ...compute.rest('attachment_complete', {
      to: (_cloud, self) => attachmentComplete.start(self.attachment),
      otherwise: 'roll_detaching',
    }),
    // Its failure leaves the BDM as it was.
    ...compute.rest('attachment_delete', {
      to: (_cloud, self) => attachmentDelete.start(self.old, 'service'),
      accepts: notFoundIsIgnored,
      otherwise: 'unlock_instance',
      repeated: 'delete_repeated',
    }),
    ask_who_began(_cloud, self) {
      if (!self.forCinder) return 'save_bdm';
    },
    ...compute.rest('migrate_volume_completion', {
      to: (_cloud, self) => migrateVolumeCompletion.start(self.volume, self.next, false),
      ok: () => 'save_bdm',
      otherwise: 'unlock_instance',
    }),
    // The handler of a failure, also of one after the guest has changed over (D27).
    ...compute.rest('roll_detaching', {
      to: (_cloud, self) => rollDetaching.start(self.volume),
      otherwise: 'tell_who_began',
    }),
    ...compute.rest('new_attachment_delete', {
      to: (_cloud, self) => attachmentDelete.start(self.attachment, 'service'),
      otherwise: 'tell_who_began',
      repeated: 'delete_repeated',
    }),
    tell_who_began(_cloud, self) {
      if (!self.forCinder) return 'unlock_instance';
    },
    ...compute.rest('migrate_volume_error', {
      to: (_cloud, self) => migrateVolumeCompletion.start(self.volume, self.next, true),
      ok: () => 'unlock_instance',
      otherwise: 'unlock_instance',
    }),
    save_bdm(cloud, self) {
      const bdm = cloud.bdms[self.bdm];
      if (bdm === undefined) return;
      bdm.attachment_id = self.attachment;
      // Cinder says which id stays: the first one, if it moved the volume.
      bdm.volume = self.forCinder ? self.volume : self.next;
      const info = assertPresent(self.info, 'how the guest reaches the volume');
      const keeps = self.forCinder && cloud.switches.moved_volume_id === 'of_backend';
      bdm.connection_info = keeps ? { ...info, volume: self.next } : info;
    },
    unlock_instance(cloud, self) {
      self.info = null;
      self.bdm = '';
      self.old = '';
      self.leaving = null;
      self.forCinder = false;
      self.connection = null;
      release(cloud, instanceLock(self.host, self.server), self.pid);
      return 'done';
    },
  },
});

/**
 * Whether Nova takes the request for one of Cinder, which it tells after the guest has changed
 * over. A volume whose type Cinder changes has a status of its own; one that Cinder only moves to
 * another host has none. Source: nova:nova/compute/manager.py@swap_volume (docs/openstack.md 9.1,
 * R43; bug 1803961).
 */
function isMigration(cloud: Cloud, id: string): boolean {
  const volume = cloud.volumes[id];
  return cloud.switches.migration_test === 'migration_status'
    ? volume?.migration_status === 'migrating'
    : volume?.status === 'retyping';
}

interface Asking extends Caller, Callee {
  readonly server: string;
  readonly volume: string;
  readonly next: string;
  host: string;
  attachment: string;
}

const { rest } = calls<Asking>();

/**
 * A user, or Cinder while it moves a volume, has a volume of a server replaced by another. Since
 * nova 32 only Cinder may. Since nova 18 Nova refuses a volume that several servers write. Source:
 * nova:nova/compute/api.py@swap_volume (docs/openstack.md 8.7; bugs 1775418, 2112187).
 */
export const swapVolume = model.flow({
  name: 'n-api.swap_volume',
  vars: (server: string, volume: string, next: string): Asking => ({
    server,
    volume,
    next,
    host: '',
    attachment: '',
    ...calling(),
    ...answering(),
  }),
  steps: {
    check_instance_state(cloud, self) {
      self.reply = { outcome: 'conflict' };
      const instance = cloud.instances[self.server];
      if (instance === undefined || instance.host === null) return 'done';
      if (!admits(cloud, 'swap', instance)) return 'done';
      if (bdmOf(cloud.bdms, self.server, self.volume) === undefined) return 'done';
      const isMoved = cloud.volumes[self.volume]?.migration_status !== null;
      if (cloud.switches.swap_for === 'cinder' && !isMoved) return 'done';
      self.host = instance.host;
    },
    ...rest('begin_detaching', {
      to: (_cloud, self) => beginDetaching.start(self.volume),
      otherwise: 'done',
    }),
    count_attachments(cloud, self) {
      const rows = rowsOf(cloud.attachments, self.volume);
      const writers = rows.filter(([, { status }]) => status === 'attached').length;
      if (cloud.switches.swap_counts === 'yes' && writers > 1) return 'roll_detaching';
    },
    check_volume_already_attached(cloud, self) {
      if (isAlreadyAttached(cloud, self.server, self.next)) return 'roll_detaching';
    },
    // Its failure leaves the first volume detaching.
    ...rest('attachment_create', {
      to: (_cloud, self) => attachmentCreate.start(self.next, self.server, null),
      ok: (_cloud, self, reply) => {
        self.attachment = reply.attachment ?? '';
      },
      otherwise: 'done',
    }),
    cast_swap_volume(_cloud, self, _pick, processes) {
      const { server, volume, next, host, attachment } = self;
      send(processes, self.pid, swapVolumeOnCompute.start(server, volume, next, host, attachment));
      self.reply = { outcome: 'ok' };
      return 'done';
    },
    ...rest('roll_detaching', {
      to: (_cloud, self) => rollDetaching.start(self.volume),
      ok: () => 'done',
      otherwise: 'done',
    }),
    // nova-api could not send the message.
    ...rest('cast_failed', {
      to: (_cloud, self) => rollDetaching.start(self.volume),
      otherwise: 'done',
    }),
    ...rest('new_attachment_delete', {
      to: (_cloud, self) => attachmentDelete.start(self.attachment, 'service'),
      ok: () => 'done',
      otherwise: 'done',
      repeated: 'delete_repeated',
    }),
  },
});
