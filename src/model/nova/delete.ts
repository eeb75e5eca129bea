import type { Disconnecting } from '../brick/disconnect-volume.ts';
import { calling, calls, type Me, send } from '../calls/calls.ts';
import { detach } from '../cinder/attach.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { terminateConnectionRequest } from '../cinder/connection.ts';
import { volumeDelete } from '../cinder/volume-delete.ts';
import { type Cloud, type Instance, cloud as model } from '../world/cloud.ts';
import { free, initLock, multiattachLock, releaseAll, take } from '../world/locks.ts';
import { isUp } from '../world/services.ts';
import { type DisconnectingServer, disconnectFromHost } from './disconnect.ts';
import { orByForce } from './force.ts';
import { lockInstance } from './instance-lock.ts';
import { deletingLocally, localDelete } from './local-delete.ts';
import { diskOf, takeDisk } from './lookup.ts';
import { umountExport } from './mount.ts';
import { failMove } from './moving.ts';
import { type PassedBdm, readBdms, refreshBdms } from './passed-bdms.ts';

interface Deleting extends DisconnectingServer, Disconnecting {
  volume: string;
  /** The BDMs of the server as nova-api read them, and the number of those that are done. */
  bdms: readonly PassedBdm[];
  next: number;
}

const { rest } = calls<Deleting>();

/**
 * nova-compute deletes a server: the guest ends, every volume is disconnected (by force since nova
 * 28), every attachment is deleted, errors being logged only. begin_detaching is never called.
 * Since nova 33 the locks of all multiattach volumes are held throughout, taken in the order of
 * their names.
 * Simplified: the BDMs and the instance end in one step; no step reads between.
 * Source: nova:nova/compute/manager.py@terminate_instance, @_delete_instance, @_shutdown_instance,
 * @_cleanup_volumes (docs/openstack.md 5.6).
 */
export const terminateInstance = model.flow({
  name: 'n-cpu.terminate_instance',
  vars: (server: string, host: string, bdms: readonly PassedBdm[]): Deleting => ({
    server,
    host,
    volume: '',
    bdms,
    next: 0,
    connection: null,
    logout: false,
    servers: null,
    ...calling(),
  }),
  steps: {
    lock_instance: lockInstance(),
    get_bdms(cloud, self) {
      self.bdms = refreshBdms(cloud, self.server, self.bdms);
    },
    // The process takes one lock at a time; it repeats the step until it has all.
    lock_multi_attach_volumes: {
      when: (cloud, self) => {
        const volume = nextShared(cloud, self);
        return volume === undefined || free(cloud, multiattachLock(self.host, volume));
      },
      do: (cloud, self) => {
        const volume = nextShared(cloud, self);
        if (volume === undefined) return;
        take(cloud, multiattachLock(self.host, volume), self.pid);
        return 'lock_multi_attach_volumes';
      },
    },
    driver_destroy(cloud, self) {
      for (const disk of Object.keys(cloud.disks)) {
        if (disk.startsWith(diskOf(self.server, ''))) takeDisk(cloud, self.host, disk);
      }
    },
    // A BDM without connection_info is skipped, even if the host has a device (D22).
    next_volume(_cloud, self) {
      const bdm = self.bdms[self.next];
      self.next = bdm === undefined ? 0 : self.next + 1;
      if (bdm === undefined) return 'next_attachment';
      if (bdm.connection_info === null) return 'next_volume';
      self.volume = bdm.volume;
      self.connection = bdm.connection_info;
    },
    ...disconnectFromHost({
      disconnected: 'next_volume',
      failed: 'next_volume',
      others: { mounts: 'remove_attachment' },
    }),
    ...umountExport({ disconnected: 'next_volume' }),
    ...orByForce,
    next_attachment(_cloud, self) {
      self.connection = null;
      const bdm = self.bdms[self.next];
      self.volume = bdm?.volume ?? '';
      if (bdm === undefined) return 'complete_deletion';
      if (bdm.volume === '') return 'delete_on_termination';
      if (bdm.attachment_id === null) return 'terminate_connection';
    },
    ...rest('attachment_delete', {
      to: (_cloud, self) =>
        attachmentDelete.start(self.bdms[self.next]?.attachment_id ?? '', 'service'),
      ok: () => 'delete_on_termination',
      otherwise: 'delete_on_termination',
      repeated: 'delete_repeated',
    }),
    // An old-style attachment, or one whose id nova-api did not see yet.
    ...rest('terminate_connection', {
      to: (_cloud, self) => terminateConnectionRequest.start(self.volume, self.host),
      otherwise: 'delete_on_termination',
    }),
    ...rest('detach', {
      to: (_cloud, self) => detach.start(self.volume, ''),
      otherwise: 'delete_on_termination',
    }),
    delete_on_termination(_cloud, self) {
      const bdm = self.bdms[self.next];
      self.next += 1;
      if (bdm?.delete_on_termination !== true || bdm.volume === '') return 'next_attachment';
    },
    ...rest('volume_delete', {
      to: (_cloud, self) => volumeDelete.start(self.volume),
      ok: () => 'next_attachment',
      otherwise: 'next_attachment',
    }),
    // The guest does not end: nova-compute asks Cinder for nothing, and a user may delete the
    // server again.
    delete_failed(cloud, self) {
      failMove(cloud, self.server, 'reverts');
      self.bdms = [];
      releaseAll(cloud, self.pid);
      return 'done';
    },
    // The label at which a deletion begins anew when nova-compute starts.
    init_instance: {
      when: (cloud, self) => free(cloud, initLock(self.host)),
      do: (cloud, self) => {
        take(cloud, initLock(self.host), self.pid);
        return 'get_bdms';
      },
    },
    complete_deletion(cloud, self) {
      for (const { id } of readBdms(cloud, self.server)) delete cloud.bdms[id];
      // No guest is left for which the periodic clean-up would read these.
      for (const [id, { instance }] of Object.entries(cloud.deleted_bdms)) {
        if (instance === self.server) delete cloud.deleted_bdms[id];
      }
      delete cloud.instances[self.server];
      self.bdms = [];
      self.next = 0;
      releaseAll(cloud, self.pid);
      return 'done';
    },
  },
});

/**
 * The first multiattach volume of the server whose lock the process lacks; none where the release
 * has no such locks.
 */
function nextShared(cloud: Cloud, self: Me<Deleting>): string | undefined {
  if (cloud.switches.L2 === 'none') return undefined;
  return self.bdms
    .filter((bdm) => bdm.connection_info !== null)
    .map((bdm) => bdm.volume)
    .filter((volume) => cloud.volumes[volume]?.multiattach === true)
    .find((volume) => cloud.locks[multiattachLock(self.host, volume)] !== self.pid);
}

/**
 * A user deletes a server. Whatever else is going on, it is accepted; only a server that was being
 * deleted already when the request read it, on a host that is up, is left to the first request. The
 * BDMs that nova-compute goes by are read before the row says that it is deleted. A server that is
 * shelved and offloaded, that is on no host, or whose host does not answer, is deleted by nova-api
 * itself.
 * `awaited`: the state for which the user waits; null for none.
 * Source: nova:nova/compute/api.py@_delete, @_local_delete (docs/openstack.md 5.6, 8.9, 8.10).
 */
export const deleteServer = model.flow({
  name: 'n-api.delete_server',
  vars: (server: string, awaited: Instance['vm_state'] | null = null) => ({
    ...deletingLocally(server),
    awaited,
  }),
  steps: {
    read_bdms: {
      when: (cloud, self) =>
        self.awaited === null || cloud.instances[self.server]?.vm_state === self.awaited,
      do: (cloud, self) => {
        const instance = cloud.instances[self.server];
        if (instance === undefined) return 'done';
        self.again = instance.task_state === 'deleting';
        self.bdms = readBdms(cloud, self.server);
      },
    },
    // nova-api saves it in any task state.
    delete_server(cloud, self, _pick, processes) {
      const { bdms, again } = self;
      const instance = cloud.instances[self.server];
      self.again = false;
      if (instance !== undefined) {
        instance.task_state = 'deleting';
        self.unplaced = instance.host === null;
        const isOffloaded = instance.vm_state === 'shelved_offloaded';
        if (isOffloaded || instance.host === null || !isUp(cloud, instance.host)) return 'next_bdm';
        // The first request goes on.
        const deletion = terminateInstance.start(self.server, instance.host, bdms);
        if (!again) send(processes, self.pid, deletion);
      }
      self.bdms = [];
      return 'done';
    },
    ...localDelete,
  },
});
