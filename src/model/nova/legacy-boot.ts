import { connectVolume, known } from '../brick/connect-volume.ts';
import type { Disconnecting } from '../brick/disconnect-volume.ts';
import { type Caller, calling, calls } from '../calls/calls.ts';
import { attach, detach } from '../cinder/attach.ts';
import { initializeConnection, terminateConnectionRequest } from '../cinder/connection.ts';
import { volumeGet } from '../cinder/volume-actions.ts';
import { lunPath } from '../world/backend.ts';
import { cloud as model } from '../world/cloud.ts';
import { instanceLock, release } from '../world/locks.ts';
import { disconnectOldStyle } from './disconnect.ts';
import { lockInstance } from './instance-lock.ts';
import { diskOf } from './lookup.ts';
import { putInError } from './put-in-error.ts';

interface Building extends Disconnecting, Caller {
  readonly server: string;
  readonly volume: string;
  readonly bdm: string;
  /**
   * Cinder said, when nova-compute began, that the volume is attached; then nova-compute does not
   * tell it again.
   */
  isAttached: boolean;
}

const { rest } = calls<Building>();

/**
 * nova-compute builds a server that boots from an existing volume, as before the attachments API:
 * os-initialize_connection, save, os-attach; then the driver connects and spawns. A volume that
 * nova-api has reserved stays so when the build fails, until the server is deleted.
 * Simplified: the server is not scheduled again when the build fails.
 * Source: nova 14: nova:nova/compute/manager.py@_prep_block_device;
 * nova:nova/virt/block_device.py@attach (docs/openstack.md 3.1, boot from volume).
 */
export const legacyBuildAndRunInstance = model.flow({
  name: 'n-cpu.legacy_build_and_run_instance',
  vars: (server: string, volume: string, host: string, bdm: string): Building => ({
    server,
    volume,
    host,
    bdm,
    isAttached: false,
    connection: null,
    logout: false,
    ...calling(),
  }),
  steps: {
    lock_instance: lockInstance(),
    instance_claim(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined || instance.task_state === 'deleting') return 'unlock_instance';
      instance.host = self.host;
    },
    ...rest('get_volume', {
      to: (_cloud, self) => volumeGet.start(self.volume),
      ok: (_cloud, self, reply) => {
        self.isAttached = reply.attach_status !== 'detached';
      },
      otherwise: 'build_aborted',
    }),
    ...rest('initialize_connection', {
      to: (_cloud, self) => initializeConnection.start(self.volume, self.host),
      ok: (_cloud, self, reply) => {
        self.connection = reply.connection_info ?? null;
      },
      otherwise: 'build_aborted',
    }),
    save_connection_info(cloud, self) {
      const bdm = cloud.bdms[self.bdm];
      if (bdm !== undefined) bdm.connection_info = self.connection;
      if (self.isAttached) return 'lock_connect_volume';
    },
    ...rest('attach', {
      to: (_cloud, self) => attach.start(self.volume, self.server),
      ok: () => 'lock_connect_volume',
      otherwise: 'terminate_connection',
    }),
    ...connectVolume({ connected: 'spawn', failed: 'terminate_connection' }),
    spawn(cloud, self) {
      const { host, target, lun } = known(self);
      const device = lunPath(host, target, lun);
      const instance = cloud.instances[self.server];
      if (cloud.devices[device] === undefined || instance === undefined)
        return 'should_disconnect_target';
      cloud.disks[diskOf(self.server, self.volume)] = device;
      instance.vm_state = 'active';
      return 'unlock_instance';
    },
    // The guest could not be started.
    ...disconnectOldStyle({
      disconnected: 'terminate_connection',
      failed: 'terminate_connection',
    }),
    // Also the handler of a failed os-attach, which Cinder may have done all the same.
    ...rest('terminate_connection', {
      to: (_cloud, self) => terminateConnectionRequest.start(self.volume, self.host),
      otherwise: 'build_aborted',
    }),
    // Without an attachment id: Cinder takes the only one, whichever server has it.
    ...rest('detach', {
      to: (_cloud, self) => detach.start(self.volume, ''),
      otherwise: 'build_aborted',
    }),
    build_aborted(cloud, self) {
      putInError(cloud, self.server);
    },
    unlock_instance(cloud, self) {
      self.connection = null;
      self.isAttached = false;
      release(cloud, instanceLock(self.host, self.server), self.pid);
      return 'done';
    },
  },
});
