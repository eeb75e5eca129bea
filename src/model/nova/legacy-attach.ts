import { connectVolume, known } from '../brick/connect-volume.ts';
import type { Disconnecting } from '../brick/disconnect-volume.ts';
import { otherWay } from '../brick/other-ways.ts';
import { type Caller, calling, calls, send } from '../calls/calls.ts';
import { attach, detach } from '../cinder/attach.ts';
import { initializeConnection, terminateConnectionRequest } from '../cinder/connection.ts';
import { reserve, unreserve, volumeGet } from '../cinder/volume-actions.ts';
import { lunPath, onHost } from '../world/backend.ts';
import { cloud as model } from '../world/cloud.ts';
import { instanceLock, release } from '../world/locks.ts';
import { admits } from './admission.ts';
import { reserveBlockDeviceName } from './attach-compute.ts';
import { disconnectOldStyle } from './disconnect.ts';
import { lockInstance } from './instance-lock.ts';
import { bdmOf, diskOf, isRunning, takeDisk } from './lookup.ts';
import { mountExport, umountExport } from './mount.ts';

interface Attaching extends Disconnecting, Caller {
  readonly server: string;
  readonly volume: string;
  readonly bdm: string;
  /**
   * Cinder said, when nova-compute began, that the volume is attached; then nova-compute does not
   * tell it again.
   */
  isAttached: boolean;
  /** os-attach failed after Nova sent it, so Cinder may have done it all the same. */
  asked: boolean;
}

const compute = calls<Attaching>();

/**
 * nova-compute attaches a volume as before the attachments API: os-initialize_connection, connect,
 * guest, save, os-attach.
 * Source: nova 14: nova:nova/compute/manager.py@_attach_volume;
 * nova:nova/virt/block_device.py@attach (docs/openstack.md 3.1, LA6 to LA11).
 */
export const legacyAttachOnCompute = model.flow({
  name: 'n-cpu.legacy_attach_volume',
  vars: (server: string, volume: string, host: string, bdm: string): Attaching => ({
    server,
    volume,
    host,
    bdm,
    isAttached: false,
    asked: false,
    connection: null,
    logout: false,
    ...calling(),
  }),
  steps: {
    lock_instance: lockInstance('L1_attach'),
    ...compute.rest('get_volume', {
      to: (_cloud, self) => volumeGet.start(self.volume),
      ok: (_cloud, self, reply) => {
        self.isAttached = reply.attach_status !== 'detached';
      },
      otherwise: 'unreserve',
    }),
    ...compute.rest<'initialize_connection', 'mount' | 'unreserve'>('initialize_connection', {
      to: (_cloud, self) => initializeConnection.start(self.volume, self.host),
      ok: (_cloud, self, reply) => {
        self.connection = reply.connection_info ?? null;
        return otherWay<'mount'>({ mounts: 'mount' }, self.connection?.target);
      },
      otherwise: 'unreserve',
    }),
    ...connectVolume({ connected: 'attach_to_guest', failed: 'terminate_connection' }),
    attach_to_guest(cloud, self) {
      const { host, target, lun } = known(self);
      const device = lunPath(host, target, lun);
      const exists = onHost(cloud, device) !== undefined;
      if (!exists || cloud.instances[self.server]?.host !== self.host)
        return 'should_disconnect_target';
      if (isRunning(cloud, self.server)) cloud.disks[diskOf(self.server, self.volume)] = device;
      if (self.isAttached) return 'save_connection_info';
      if (cloud.switches.connection_info_saved === 'after_attach') return 'attach';
    },
    // A user who sees `in-use` may detach at once, and that needs connection_info (bug 1327218).
    save_connection_info(cloud, self) {
      const bdm = cloud.bdms[self.bdm];
      if (bdm !== undefined) bdm.connection_info = self.connection;
      if (self.isAttached) return 'unlock_instance';
    },
    ...compute.rest('attach', {
      to: (_cloud, self) => attach.start(self.volume, self.server),
      otherwise: 'detach_from_guest',
    }),
    save_bdm(cloud, self) {
      const bdm = cloud.bdms[self.bdm];
      if (bdm !== undefined) bdm.connection_info = self.connection;
      return 'unlock_instance';
    },
    ...mountExport({ mounted: 'attach_to_guest' }),
    // os-attach failed: Nova detaches the volume again, and only logs errors.
    detach_from_guest(cloud, self) {
      self.asked = true;
      takeDisk(cloud, self.host, diskOf(self.server, self.volume));
    },
    ...disconnectOldStyle({
      disconnected: 'terminate_connection',
      failed: 'terminate_connection',
      others: { mounts: 'remove_attachment' },
    }),
    ...umountExport({ disconnected: 'terminate_connection' }),
    ...compute.rest<'terminate_connection', 'unreserve'>('terminate_connection', {
      to: (_cloud, self) => terminateConnectionRequest.start(self.volume, self.host),
      ok: (_cloud, self) => {
        if (!self.asked) return 'unreserve';
      },
      otherwise: 'unreserve',
    }),
    // Without an attachment id: Cinder takes the only one, whichever server has it.
    ...compute.rest('detach', {
      to: (_cloud, self) => detach.start(self.volume, ''),
      otherwise: 'unreserve',
    }),
    ...compute.rest('unreserve', {
      to: (_cloud, self) => unreserve.start(self.volume),
      otherwise: 'destroy_bdm',
    }),
    destroy_bdm(cloud, self) {
      delete cloud.bdms[self.bdm];
    },
    unlock_instance(cloud, self) {
      self.connection = null;
      self.isAttached = false;
      self.asked = false;
      release(cloud, instanceLock(self.host, self.server), self.pid);
      return 'done';
    },
  },
});

interface Asking extends Caller {
  readonly server: string;
  readonly volume: string;
  host: string;
  bdm: string;
}

const { rest, rpc } = calls<Asking>();

/**
 * A user attaches a volume to a running server, as before the attachments API.
 * Source: nova 14: nova:nova/compute/api.py@attach_volume, @_attach_volume
 * (docs/openstack.md 3.1, LA1 to LA5).
 */
export const legacyAttachVolume = model.flow({
  name: 'n-api.legacy_attach_volume',
  vars: (server: string, volume: string): Asking => ({
    server,
    volume,
    host: '',
    bdm: '',
    ...calling(),
  }),
  steps: {
    check_instance_state(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined || instance.host === null) return 'done';
      if (!admits(cloud, 'attach', instance)) return 'done';
      self.host = instance.host;
    },
    check_volume_already_attached(cloud, self) {
      if (bdmOf(cloud.bdms, self.server, self.volume) !== undefined) return 'done';
    },
    ...rpc('reserve_block_device_name', {
      to: (_cloud, self) => reserveBlockDeviceName.start(self.server, self.volume, self.host),
      ok: (_cloud, self, reply) => {
        self.bdm = reply.bdm ?? '';
      },
      otherwise: 'done',
    }),
    ...rest('reserve', {
      to: (_cloud, self) => reserve.start(self.volume),
      otherwise: 'destroy_bdm',
    }),
    cast_attach_volume(_cloud, self, _pick, processes) {
      const { server, volume, host, bdm } = self;
      send(processes, self.pid, legacyAttachOnCompute.start(server, volume, host, bdm));
      return 'done';
    },
    destroy_bdm(cloud, self) {
      delete cloud.bdms[self.bdm];
      return 'done';
    },
  },
});
