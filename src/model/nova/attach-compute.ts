import { connectVolume, known } from '../brick/connect-volume.ts';
import { otherWay } from '../brick/other-ways.ts';
import { connectSdc, disconnectSdc } from '../brick/scaleio.ts';
import { answering, calling, calls, operationOf } from '../calls/calls.ts';
import { attachmentComplete } from '../cinder/attachment-complete.ts';
import { freeId } from '../cinder/attachment-create.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { attachmentUpdate } from '../cinder/attachment-update.ts';
import { notify } from '../cinder/notify.ts';
import { lunPath, onHost } from '../world/backend.ts';
import { cloud as model } from '../world/cloud.ts';
import { guardLock, instanceLock, release } from '../world/locks.ts';
import { type DisconnectingServer, disconnectFromHost } from './disconnect.ts';
import { guardConnection } from './guard-connection.ts';
import { lockInstance } from './instance-lock.ts';
import { bdmOf, diskOf, isRunning, takeDisk } from './lookup.ts';
import { mountExport, umountExport } from './mount.ts';
import { rollbackIgnoresNotFound } from './not-found.ts';

/**
 * nova-compute chooses a device name and inserts the BDM. Since nova 24 it looks once more, under
 * the instance lock, whether the server has the volume already; then it raises, which takes the
 * task state back, although the request has set none. The reply carries the id of the BDM.
 * Source: nova:nova/compute/manager.py@reserve_block_device_name, @reverts_task_state
 * (docs/openstack.md 5.4, A5; 8.17).
 */
export const reserveBlockDeviceName = model.flow({
  name: 'n-cpu.reserve_block_device_name',
  vars: (server: string, volume: string, host: string) => ({
    server,
    volume,
    host,
    ...answering(),
  }),
  steps: {
    lock_instance: lockInstance(),
    get_bdms(cloud, self) {
      const looks = cloud.switches.L1_reserve === 'check_and_insert';
      if (!looks || bdmOf(cloud.bdms, self.server, self.volume) === undefined) return;
      self.reply = { outcome: 'bad_request' };
      // It does so whichever request set the task state.
      const instance = cloud.instances[self.server];
      if (instance !== undefined) instance.task_state = null;
      release(cloud, instanceLock(self.host, self.server), self.pid);
      return 'done';
    },
    create_bdm(cloud, self) {
      const id = freeId(cloud.bdms, `bdm-${operationOf(self.pid)}`);
      cloud.bdms[id] = {
        instance: self.server,
        volume: self.volume,
        attachment_id: null,
        connection_info: null,
        delete_on_termination: false,
      };
      self.reply = { outcome: 'ok', bdm: id };
      release(cloud, instanceLock(self.host, self.server), self.pid);
      return 'done';
    },
  },
});

interface Attaching extends DisconnectingServer {
  readonly bdm: string;
  readonly attachment: string;
}

const { rest } = calls<Attaching>();

/**
 * nova-compute attaches a volume to a running server: attachment_update, connect, guest,
 * attachment_complete, all under L1 and, where the backend asks for it, L3. Each failure deletes
 * the attachment and the BDM.
 * Simplified: GET volume and the check of the availability zone only read what never changes here.
 * Source: nova:nova/compute/manager.py@attach_volume, @_attach_volume;
 * nova:nova/virt/block_device.py@DriverVolumeBlockDevice.attach, @_volume_attach
 * (docs/openstack.md 5.4, A11 to A19).
 */
export const attachVolumeOnCompute = model.flow({
  name: 'n-cpu.attach_volume',
  vars: (
    server: string,
    volume: string,
    host: string,
    bdm: string,
    attachment: string,
  ): Attaching => ({
    server,
    volume,
    host,
    bdm,
    attachment,
    connection: null,
    logout: false,
    servers: null,
    ...calling(),
  }),
  steps: {
    lock_instance: lockInstance('L1_attach'),
    guard_connection: guardConnection('attach'),
    ...rest<'attachment_update', 'mount' | 'get_config' | 'leave_guard'>('attachment_update', {
      to: (_cloud, self) => attachmentUpdate.start(self.attachment, self.host, 'controller'),
      ok: (_cloud, self, reply) => {
        self.connection = reply.connection_info ?? null;
        return otherWay<'mount' | 'get_config'>(
          { mounts: 'mount', sdc: 'get_config' },
          self.connection?.target,
        );
      },
      otherwise: 'leave_guard',
      repeated: 'update_repeated',
    }),
    ...connectVolume({ connected: 'attach_to_guest', failed: 'attachment_delete' }),
    // A stopped server has the volume in its configuration only.
    attach_to_guest(cloud, self) {
      const { host, target, lun } = known(self);
      const device = lunPath(host, target, lun);
      const exists = onHost(cloud, device) !== undefined;
      if (!exists || cloud.instances[self.server]?.host !== self.host) return 'guest_refused';
      if (isRunning(cloud, self.server)) cloud.disks[diskOf(self.server, self.volume)] = device;
    },
    save_connection_info(cloud, self) {
      const bdm = cloud.bdms[self.bdm];
      if (bdm === undefined) return 'leave_guard';
      bdm.connection_info = self.connection;
    },
    ...rest<'attachment_complete', 'unlock_instance' | 'detach_from_guest'>('attachment_complete', {
      to: (_cloud, self) => attachmentComplete.start(self.attachment),
      ok: () => 'unlock_instance',
      otherwise: 'detach_from_guest',
    }),
    ...mountExport({ mounted: 'attach_to_guest' }),
    ...connectSdc({ connected: 'attach_to_guest', failed: 'attachment_delete' }),
    // Nova 18 and 19 swallowed this error and went on.
    guest_refused(cloud) {
      return cloud.switches.failed_guest_attach === 'swallowed'
        ? 'save_connection_info'
        : 'should_disconnect_target';
    },
    // attachment_complete failed: Nova detaches the volume again, and only logs errors.
    detach_from_guest(cloud, self) {
      takeDisk(cloud, self.host, diskOf(self.server, self.volume));
    },
    ...disconnectFromHost({
      disconnected: 'attachment_delete',
      failed: 'attachment_delete',
      others: { mounts: 'remove_attachment', sdc: 'get_config_to_unmap' },
    }),
    ...umountExport({ disconnected: 'attachment_delete' }),
    ...disconnectSdc({ disconnected: 'attachment_delete' }),
    // The block device layer deletes the attachment, inside L3; the manager does so again, outside.
    ...rest('attachment_delete', {
      to: (_cloud, self) => attachmentDelete.start(self.attachment, 'service'),
      otherwise: 'leave_guard',
      repeated: 'delete_repeated',
    }),
    leave_guard(cloud, self) {
      self.connection = null;
      release(cloud, guardLock(self.host), self.pid);
    },
    ...rest('manager_attachment_delete', {
      to: (_cloud, self) => attachmentDelete.start(self.attachment, 'service'),
      ok: (cloud, self) => {
        notify(cloud, self.volume, 'instance.volume_attach.error', {});
      },
      accepts: rollbackIgnoresNotFound,
      // A second exception hides the first (bug 1812969). The BDM goes in any case.
      otherwise: 'destroy_bdm',
      repeated: 'delete_repeated',
    }),
    destroy_bdm(cloud, self) {
      delete cloud.bdms[self.bdm];
    },
    unlock_instance(cloud, self) {
      self.connection = null;
      release(cloud, guardLock(self.host), self.pid);
      release(cloud, instanceLock(self.host, self.server), self.pid);
      return 'done';
    },
  },
});
