import type { Disconnecting } from '../brick/disconnect-volume.ts';
import { type Caller, calling, calls, send } from '../calls/calls.ts';
import { detach } from '../cinder/attach.ts';
import { terminateConnectionRequest } from '../cinder/connection.ts';
import { beginDetaching, rollDetaching, volumeGet } from '../cinder/volume-actions.ts';
import { cloud as model } from '../world/cloud.ts';
import { instanceLock, release } from '../world/locks.ts';
import { admits } from './admission.ts';
import { disconnectOldStyle } from './disconnect.ts';
import { lockInstance } from './instance-lock.ts';
import { bdmOf, diskOf, takeDisk } from './lookup.ts';
import { umountExport } from './mount.ts';

interface Detaching extends Disconnecting, Caller {
  readonly server: string;
  readonly volume: string;
  readonly attachment: string;
  bdm: string;
}

const compute = calls<Detaching>();

/**
 * nova-compute detaches a volume as before the attachments API: guest, host,
 * os-terminate_connection, BDM, os-detach.
 * Source: nova 14: nova:nova/compute/manager.py@_detach_volume, @_driver_detach_volume
 * (docs/openstack.md 3.2, LD3 to LD7).
 */
export const legacyDetachOnCompute = model.flow({
  name: 'n-cpu.legacy_detach_volume',
  vars: (server: string, volume: string, host: string, attachment: string): Detaching => ({
    server,
    volume,
    host,
    attachment,
    bdm: '',
    connection: null,
    logout: false,
    ...calling(),
  }),
  steps: {
    lock_instance: lockInstance('L1_detach'),
    get_bdm(cloud, self) {
      const found = bdmOf(cloud.bdms, self.server, self.volume);
      if (found === undefined) return 'unlock_instance';
      const [id, bdm] = found;
      self.bdm = id;
      self.connection = bdm.connection_info;
    },
    // Nova ignores a disk that the guest no longer has, and a guest that runs elsewhere by now. The
    // fault guest-refuses leads to detach_failed.
    driver_detach(cloud, self) {
      takeDisk(cloud, self.host, diskOf(self.server, self.volume));
      // No step saved connection_info: the disconnect raises.
      if (self.connection === null) return 'detach_failed';
    },
    ...disconnectOldStyle({
      disconnected: 'terminate_connection',
      failed: 'detach_failed',
      others: { mounts: 'remove_attachment' },
    }),
    ...umountExport({ disconnected: 'terminate_connection' }),
    // From here on an exception leaves the volume detaching.
    ...compute.rest('terminate_connection', {
      to: (_cloud, self) => terminateConnectionRequest.start(self.volume, self.host),
      otherwise: 'unlock_instance',
    }),
    destroy_bdm(cloud, self) {
      delete cloud.bdms[self.bdm];
      self.bdm = '';
      self.connection = null;
    },
    ...compute.rest('detach', {
      to: (_cloud, self) => detach.start(self.volume, self.attachment),
      ok: () => 'unlock_instance',
      otherwise: 'unlock_instance',
    }),
    detach_failed(cloud) {
      if (cloud.switches.failed_detach === 'raise') return 'unlock_instance';
    },
    ...compute.rest('roll_detaching', {
      to: (_cloud, self) => rollDetaching.start(self.volume),
      otherwise: 'unlock_instance',
    }),
    unlock_instance(cloud, self) {
      self.bdm = '';
      self.connection = null;
      release(cloud, instanceLock(self.host, self.server), self.pid);
      return 'done';
    },
  },
});

interface Asking extends Caller {
  readonly server: string;
  readonly volume: string;
  host: string;
  attachment: string;
}

const { rest } = calls<Asking>();

/**
 * A user detaches a volume from a running server, as before the attachments API.
 * Source: nova 14: nova:nova/compute/api.py@detach_volume, @_detach_volume
 * (docs/openstack.md 3.2, LD1 and LD2).
 */
export const legacyDetachVolume = model.flow({
  name: 'n-api.legacy_detach_volume',
  vars: (server: string, volume: string): Asking => ({
    server,
    volume,
    host: '',
    attachment: '',
    ...calling(),
  }),
  steps: {
    check_instance_state(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined || instance.host === null) return 'done';
      if (!admits(cloud, 'detach', instance)) return 'done';
      self.host = instance.host;
    },
    // GET volume: it must be attached, and to this server.
    ...rest<'check_detach', 'done'>('check_detach', {
      to: (_cloud, self) => volumeGet.start(self.volume),
      ok: (_cloud, self, reply) => {
        const attachment = reply.servers?.[self.server];
        if (attachment === undefined || reply.attach_status === 'detached') return 'done';
        self.attachment = attachment;
      },
      otherwise: 'done',
    }),
    ...rest('begin_detaching', {
      to: (_cloud, self) => beginDetaching.start(self.volume),
      otherwise: 'done',
    }),
    cast_detach_volume(_cloud, self, _pick, processes) {
      const { server, volume, host, attachment } = self;
      send(processes, self.pid, legacyDetachOnCompute.start(server, volume, host, attachment));
      return 'done';
    },
  },
});
