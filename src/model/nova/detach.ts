import { type Caller, calling, calls, send } from '../calls/calls.ts';
import { detach } from '../cinder/attach.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { terminateConnectionRequest } from '../cinder/connection.ts';
import { beginDetaching, rollDetaching, volumeGet } from '../cinder/volume-actions.ts';
import { type Cloud, cloud as model } from '../world/cloud.ts';
import { guardLock, instanceLock, release } from '../world/locks.ts';
import { isUp } from '../world/services.ts';
import { rowsOf } from '../world/statuses.ts';
import { admits } from './admission.ts';
import { type DisconnectingServer, disconnectFromHost } from './disconnect.ts';
import { guardConnection } from './guard-connection.ts';
import { lockInstance } from './instance-lock.ts';
import { bdmOf, diskOf, takeDisk } from './lookup.ts';
import { umountExport } from './mount.ts';
import { detachIgnoresNotFound } from './not-found.ts';

interface Detaching extends DisconnectingServer {
  bdm: string;
  attachment: string;
  /** The row that nova-api found for an old-style attachment; '' for any other. */
  row: string;
}

const compute = calls<Detaching>();

/**
 * nova-compute detaches a volume from a running server: guest, host, Cinder, BDM, in this order.
 * Whether Cinder is asked in the old style is decided by the BDM as it is read here, whatever
 * nova-api saw. A failure up to the disconnect rolls the volume back to in-use; one of
 * attachment_delete does not.
 * Source: nova:nova/compute/manager.py@detach_volume, @_detach_volume;
 * nova:nova/virt/block_device.py@DriverVolumeBlockDevice.detach, @driver_detach
 * (docs/openstack.md 5.5, T4 to T9).
 */
export const detachVolumeOnCompute = model.flow({
  name: 'n-cpu.detach_volume',
  vars: (server: string, volume: string, host: string, row: string): Detaching => ({
    server,
    volume,
    host,
    row,
    bdm: '',
    attachment: '',
    connection: null,
    logout: false,
    servers: null,
    ...calling(),
  }),
  steps: {
    lock_instance: lockInstance('L1_detach'),
    get_bdm(cloud, self) {
      const found = bdmOf(cloud.bdms, self.server, self.volume);
      if (found === undefined) return 'unlock_instance';
      const [id, bdm] = found;
      self.bdm = id;
      self.attachment = bdm.attachment_id ?? '';
      self.connection = bdm.connection_info;
    },
    // An error of it leaves the volume detaching: no handler rolls back yet.
    ...compute.rest('get_volume', {
      to: (_cloud, self) => volumeGet.start(self.volume),
      otherwise: 'unlock_instance',
    }),
    guard_connection: guardConnection('detach'),
    // Nova ignores a disk that the guest no longer has, and a guest that runs elsewhere by now. The
    // fault guest-refuses leads to detach_failed.
    driver_detach(cloud, self) {
      takeDisk(cloud, self.host, diskOf(self.server, self.volume));
      // No step saved connection_info: the disconnect raises.
      if (self.connection === null) return 'detach_failed';
    },
    ...disconnectFromHost({
      disconnected: 'attachment_delete',
      failed: 'detach_failed',
      others: { mounts: 'remove_attachment' },
    }),
    ...umountExport({ disconnected: 'attachment_delete' }),
    // An old-style attachment: os-terminate_connection instead, then os-detach.
    ...compute.rest<'attachment_delete', 'detach' | 'unlock_instance'>('attachment_delete', {
      to: (_cloud, self) =>
        self.attachment === ''
          ? terminateConnectionRequest.start(self.volume, self.host)
          : attachmentDelete.start(self.attachment, 'service'),
      ok: (_cloud, self) => (self.attachment === '' ? 'detach' : undefined),
      accepts: detachIgnoresNotFound,
      // The exception leaves the BDM, and the volume in its present status.
      otherwise: 'unlock_instance',
      repeated: 'delete_repeated',
    }),
    destroy_bdm(cloud, self) {
      release(cloud, guardLock(self.host), self.pid);
      delete cloud.bdms[self.bdm];
      return 'unlock_instance';
    },
    ...compute.rest('detach', {
      to: (_cloud, self) => detach.start(self.volume, self.row),
      ok: () => 'destroy_bdm',
      otherwise: 'unlock_instance',
    }),
    // The updates 16.1.1 to 16.1.4 and 17.0.2 to 17.0.5 of Nova had lost the call that rolls back
    // (bug 1750680).
    detach_failed(cloud) {
      if (cloud.switches.failed_detach === 'raise') return 'unlock_instance';
    },
    ...compute.rest('roll_detaching', {
      to: (_cloud, self) => rollDetaching.start(self.volume),
      otherwise: 'unlock_instance',
    }),
    unlock_instance(cloud, self) {
      self.connection = null;
      self.row = '';
      release(cloud, guardLock(self.host), self.pid);
      release(cloud, instanceLock(self.host, self.server), self.pid);
      return 'done';
    },
  },
});

interface Asking extends Caller {
  readonly server: string;
  readonly volume: string;
  host: string;
  /** The row of an old-style attachment. */
  row: string;
}

const { rest } = calls<Asking>();

/**
 * A user detaches a volume from a running server.
 * Source: nova:nova/compute/api.py@detach_volume, @_detach_volume
 * (docs/openstack.md 5.5, T1 to T3).
 */
export const detachVolume = model.flow({
  name: 'n-api.detach_volume',
  vars: (server: string, volume: string): Asking => ({
    server,
    volume,
    host: '',
    row: '',
    ...calling(),
  }),
  steps: {
    check_instance_state(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined || instance.host === null) return 'done';
      if (!admits(cloud, 'detach', instance)) return 'done';
      const [, bdm] = bdmOf(cloud.bdms, self.server, self.volume) ?? [];
      if (bdm === undefined) return 'done';
      // nova-api answers 409 to the user when no service would take the message.
      if (cloud.switches.detach_needs_host === 'up' && !isUp(cloud, instance.host)) return 'done';
      self.host = instance.host;
      const isNamed = bdm.attachment_id === null && cloud.switches.detach_names_row === 'yes';
      if (isNamed) self.row = rowOf(cloud, self.server, self.volume);
    },
    ...rest('begin_detaching', {
      to: (_cloud, self) => beginDetaching.start(self.volume),
      otherwise: 'done',
    }),
    cast_detach_volume(_cloud, self, _pick, processes) {
      const { server, volume, host, row } = self;
      send(processes, self.pid, detachVolumeOnCompute.start(server, volume, host, row));
      return 'done';
    },
  },
});

/**
 * The attachment of a server by Cinder's view of the volume, which shows attached rows only; ''
 * when there is none.
 */
function rowOf(cloud: Cloud, server: string, volume: string): string {
  const shown = rowsOf(cloud.attachments, volume).find(
    ([, row]) => row.status === 'attached' && row.instance === server,
  );
  return shown?.[0] ?? '';
}
