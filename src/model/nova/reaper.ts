import type { ProcessTable } from '../../spec/process.ts';
import { calling, calls, type Me } from '../calls/calls.ts';
import { detach } from '../cinder/attach.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { terminateConnectionRequest } from '../cinder/connection.ts';
import { volumeDelete } from '../cinder/volume-delete.ts';
import { type BlockDeviceMapping, cloud as model } from '../world/cloud.ts';
import { isQuietFor, isUp } from '../world/services.ts';
import { type DisconnectingServer, disconnectFromHost } from './disconnect.ts';
import { orByForce } from './force.ts';
import { diskOf, takeDisk } from './lookup.ts';
import type { PassedBdm } from './passed-bdms.ts';

interface Reaping extends DisconnectingServer {
  server: string;
  volume: string;
  /** The deleted BDMs of this run, as they were read, and the number of those that are done. */
  bdms: readonly PassedBdm[];
  next: number;
}

const { rest } = calls<Reaping>();

/**
 * The periodic task of nova-compute that finds guests whose servers were deleted without it: it
 * ends them and disconnects their volumes by force, by the connection_info of the deleted BDMs,
 * under neither the instance lock nor L2; then it deletes the volumes that go with the server. The
 * BDMs of volumes that were detached long before are among them (D30).
 * It comes when nova-compute has started. Simplified: of its runs only those that find something,
 * and the last; the others do nothing.
 * Source: nova:nova/compute/manager.py@_cleanup_running_deleted_instances, @_shutdown_instance,
 * @_cleanup_volumes (docs/openstack.md 8.9).
 */
export const cleanupRunningDeletedInstances = model.flow({
  name: 'n-cpu.cleanup_running_deleted_instances',
  vars: (host: string): Reaping => ({
    host,
    server: '',
    volume: '',
    bdms: [],
    next: 0,
    connection: null,
    logout: false,
    servers: null,
    ...calling(),
  }),
  steps: {
    running_deleted_instances: {
      when: (cloud, self, processes) =>
        isUp(cloud, self.host) &&
        !startsUp(processes, self.host) &&
        (runningDeleted(cloud, self.host).length > 0 || isQuietFor(self.pid, processes, cloud)),
      do: (cloud, self) => {
        self.bdms = runningDeleted(cloud, self.host);
        if (self.bdms.length === 0) return 'done';
      },
    },
    destroy_guests(cloud, self) {
      for (const bdm of self.bdms) takeDisk(cloud, self.host, diskOf(bdm.instance, bdm.volume));
    },
    next_volume(_cloud, self) {
      const bdm = self.bdms[self.next];
      self.next = bdm === undefined ? 0 : self.next + 1;
      if (bdm === undefined) return 'next_attachment';
      self.server = bdm.instance;
      self.volume = bdm.volume;
      self.connection = bdm.connection_info;
    },
    ...disconnectFromHost({ disconnected: 'next_volume', failed: 'next_volume' }),
    ...orByForce,
    next_attachment(_cloud, self) {
      self.connection = null;
      const bdm = self.bdms[self.next];
      if (bdm === undefined) {
        self.next = 0;
        return nextDeletion(self) ? 'volume_delete' : 'end';
      }
      self.volume = bdm.volume;
      self.next += 1;
      if (bdm.attachment_id === null) return 'terminate_connection';
    },
    ...rest('attachment_delete', {
      to: (_cloud, self) => {
        const attachment = self.bdms[self.next - 1]?.attachment_id ?? '';
        return attachmentDelete.start(attachment, 'service');
      },
      ok: () => 'next_attachment',
      otherwise: 'next_attachment',
      repeated: 'delete_repeated',
    }),
    // An old-style attachment, as in any deletion: os-detach names no row, and takes the only one.
    ...rest('terminate_connection', {
      to: (_cloud, self) => terminateConnectionRequest.start(self.volume, self.host),
      otherwise: 'next_attachment',
    }),
    ...rest('detach', {
      to: (_cloud, self) => detach.start(self.volume, ''),
      ok: () => 'next_attachment',
      otherwise: 'next_attachment',
    }),
    ...rest<'volume_delete', 'end' | 'volume_delete'>('volume_delete', {
      to: (_cloud, self) => volumeDelete.start(self.volume),
      ok: (_cloud, self) => (nextDeletion(self) ? 'volume_delete' : 'end'),
      otherwise: (_cloud, self) => (nextDeletion(self) ? 'volume_delete' : 'end'),
    }),
    end(cloud, self) {
      for (const { id } of self.bdms) delete cloud.deleted_bdms[id];
      Object.assign(self, { server: '', volume: '', bdms: [], next: 0 });
      return 'running_deleted_instances';
    },
  },
});

/** The requests that begin anew with the nova-compute of a host have not ended yet. */
const startsUp = (processes: ProcessTable, host: string): boolean =>
  Object.entries(processes).some(
    ([pid, process]) =>
      pid.startsWith('start-up-') && process?.at !== 'done' && process?.vars['host'] === host,
  );

/** Whether it deletes another volume; that becomes the current one. */
function nextDeletion(self: Me<Reaping>): boolean {
  for (const { volume, delete_on_termination: goes } of self.bdms.slice(self.next)) {
    self.next += 1;
    if (!goes) continue;
    self.volume = volume;
    return true;
  }
  return false;
}

/** The deleted BDMs of servers that are gone and whose guests may still run on the host. */
function runningDeleted(
  {
    deleted_bdms: bdms,
    instances,
  }: {
    readonly deleted_bdms: { readonly [id: string]: Readonly<BlockDeviceMapping> | undefined };
    readonly instances: { readonly [server: string]: unknown };
  },
  host: string,
): PassedBdm[] {
  const inOrder = Object.entries(bdms).sort(([one], [other]) => (one < other ? -1 : 1));
  return inOrder.flatMap(([id, bdm]) => {
    const isOfHost = bdm?.connection_info?.host === host;
    return isOfHost && instances[bdm.instance] === undefined ? [{ id, ...bdm }] : [];
  });
}
