import { connectVolume, known } from '../brick/connect-volume.ts';
import { type Caller, calling, calls, send } from '../calls/calls.ts';
import { attachmentComplete } from '../cinder/attachment-complete.ts';
import { attachmentCreate } from '../cinder/attachment-create.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { attachmentGet } from '../cinder/attachment-get.ts';
import { attachmentUpdate } from '../cinder/attachment-update.ts';
import { lunPath } from '../world/backend.ts';
import { type Cloud, cloud as model } from '../world/cloud.ts';
import { guardLock, instanceLock, release } from '../world/locks.ts';
import { createVolume } from './boot-volume.ts';
import { giveUpVolumes } from './build-abort.ts';
import { type DisconnectingServer, disconnectFromHost } from './disconnect.ts';
import { orByForce } from './force.ts';
import { guardConnection } from './guard-connection.ts';
import { lockInstance } from './instance-lock.ts';
import { diskOf } from './lookup.ts';
import { putInError } from './put-in-error.ts';

interface Building extends DisconnectingServer {
  readonly bdm: string;
  /**
   * The further hosts for the case that the guest cannot start on this one; none for any other
   * failure.
   */
  alternates: readonly string[];
}

const compute = calls<Building>();

/**
 * nova-compute builds a server that boots from a volume. The attachment is completed before the
 * host has connected: the guest's disk is connected by the driver when it spawns the guest, outside
 * L3. If that fails another host is tried; a volume that cannot be prepared is a reason to give up,
 * and since nova 18 its attachment is deleted. A server that is to be deleted is noticed before the
 * guest starts.
 * From the claim on server and mapping are there: whoever deletes the server asks this
 * nova-compute, and waits for the lock; if it is down, the build has ended with it.
 * Source: nova:nova/compute/manager.py@build_and_run_instance, @_do_build_and_run_instance,
 * @_prep_block_device, @_build_resources, @_shutdown_instance, @_cleanup_volumes;
 * nova:nova/virt/block_device.py@DriverVolumeBlockDevice.attach (docs/openstack.md 5.6, points 1
 * and 3).
 */
export const buildAndRunInstance = model.flow({
  name: 'n-cpu.build_and_run_instance',
  vars: (
    server: string,
    volume: string,
    host: string,
    alternates: readonly string[],
  ): Building => ({
    server,
    volume,
    host,
    alternates,
    bdm: bdmAtBoot(server, volume),
    connection: null,
    logout: false,
    servers: null,
    ...calling(),
  }),
  steps: {
    lock_instance: lockInstance(),
    // A user may have deleted the server in the meantime: no step looks for it on a host that it
    // does not name yet.
    instance_claim(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined || instance.task_state === 'deleting') return 'unlock_instance';
      instance.host = self.host;
      if (cloud.bdms[self.bdm]?.volume !== '') return 'guard_connection';
    },
    ...createVolume({ created: 'guard_connection', failed: 'build_aborted' }),
    guard_connection: guardConnection('attach'),
    ...compute.rest('attachment_update', {
      to: (cloud, self) =>
        attachmentUpdate.start(attachmentOf(cloud, self), self.host, 'controller'),
      ok: (_cloud, self, reply) => {
        self.connection = reply.connection_info ?? null;
      },
      otherwise: 'build_aborted',
      repeated: 'update_repeated',
    }),
    save_connection_info(cloud, self) {
      const bdm = cloud.bdms[self.bdm];
      // The row is gone: saving it raises.
      if (bdm === undefined) return 'build_aborted';
      bdm.connection_info = self.connection;
    },
    ...compute.rest('attachment_complete', {
      to: (cloud, self) => attachmentComplete.start(attachmentOf(cloud, self)),
      ok: () => 'leave_guard',
      otherwise: 'incomplete_attachment_delete',
    }),
    leave_guard(cloud, self) {
      release(cloud, guardLock(self.host), self.pid);
    },
    save_spawning(cloud, self) {
      const instance = cloud.instances[self.server];
      const isThere = instance !== undefined && instance.task_state !== 'deleting';
      if (!isThere) return 'overtaken_attachment_delete';
    },
    ...connectVolume({ connected: 'spawn', failed: 'attachment_delete' }),
    spawn(cloud, self) {
      const { host, target, lun } = known(self);
      const device = lunPath(host, target, lun);
      // Another request may have removed the device of a shared volume in the meantime.
      if (cloud.devices[device] === undefined) return 'should_disconnect_target';
      cloud.disks[diskOf(self.server, self.volume)] = device;
      const instance = cloud.instances[self.server];
      // nova-api has deleted the server by itself: the guest runs on.
      if (instance !== undefined) instance.vm_state = 'active';
      return 'unlock_instance';
    },
    // The guest could not start: the driver disconnects, _shutdown_instance does so once more and
    // deletes the attachment; the BDM stays.
    ...disconnectFromHost({ disconnected: 'attachment_delete', failed: 'attachment_delete' }),
    ...orByForce,
    ...compute.rest('attachment_delete', {
      to: (cloud, self) => attachmentDelete.start(attachmentOf(cloud, self), 'service'),
      ok: (_cloud, self) => afterCleanUp(self),
      otherwise: (_cloud, self) => afterCleanUp(self),
      repeated: 'delete_repeated',
    }),
    ...compute.rest('overtaken_attachment_delete', {
      to: (cloud, self) => attachmentDelete.start(attachmentOf(cloud, self), 'service'),
      ok: () => 'build_overtaken',
      otherwise: 'build_overtaken',
      repeated: 'delete_repeated',
    }),
    ...compute.rest('incomplete_attachment_delete', {
      to: (cloud, self) => attachmentDelete.start(attachmentOf(cloud, self), 'service'),
      ok: () => 'build_aborted',
      otherwise: 'build_aborted',
      repeated: 'delete_repeated',
    }),
    ...giveUpVolumes({ over: 'build_failed' }),
    build_failed(cloud, self) {
      putInError(cloud, self.server);
      return 'unlock_instance';
    },
    // nova-compute takes the claim back.
    build_overtaken(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance !== undefined) instance.host = null;
      return 'unlock_instance';
    },
    // It does so in any task state.
    reschedule(cloud, self, _pick, processes) {
      const instance = cloud.instances[self.server];
      if (instance === undefined) return;
      instance.host = null;
      instance.task_state = null;
      const { server, volume, alternates } = self;
      send(processes, self.pid, buildInstances.start(server, volume, alternates));
    },
    unlock_instance(cloud, self) {
      self.connection = null;
      release(cloud, guardLock(self.host), self.pid);
      release(cloud, instanceLock(self.host, self.server), self.pid);
      return 'done';
    },
  },
});

const attachmentOf = (cloud: Cloud, self: { readonly bdm: string }): string =>
  cloud.bdms[self.bdm]?.attachment_id ?? '';

/** The label at which a build goes on after the deletion of its attachment. */
const afterCleanUp = (self: Readonly<Building>) =>
  self.alternates.length === 0 ? 'build_failed' : 'reschedule';

/** The id of the BDM with which a server boots. */
export const bdmAtBoot = (server: string, volume: string): string => `bdm-${server}-${volume}`;

interface Rescheduling extends Caller {
  readonly server: string;
  readonly volume: string;
  readonly bdm: string;
  readonly hosts: readonly string[];
}

const conductor = calls<Rescheduling>();

/**
 * nova-conductor tries the next host for a server whose build failed. The failed build has deleted
 * the attachment; since nova 19 nova-conductor creates it again if Cinder does not know it. An
 * error of that leaves the server as it is, building for ever. Source:
 * nova:nova/conductor/manager.py@build_instances, @_validate_existing_attachment_ids; bug 1784353
 * (docs/openstack.md 5.6).
 */
export const buildInstances = model.flow({
  name: 'n-cond.build_instances',
  vars: (server: string, volume: string, hosts: readonly string[]): Rescheduling => ({
    server,
    volume,
    bdm: bdmAtBoot(server, volume),
    hosts,
    ...calling(),
  }),
  steps: {
    claim_resources(cloud, self) {
      // A user deleted the server during the build.
      if (cloud.instances[self.server] === undefined) return 'done';
      // An old-style mapping, or one that is being deleted, has no attachment to create again.
      const hasNone = attachmentOf(cloud, self) === '';
      if (cloud.switches.rescheduled_attachments === 'kept' || hasNone) return 'cast_build';
    },
    ...conductor.rest<'attachment_show', 'cast_build' | 'done'>('attachment_show', {
      to: (cloud, self) => attachmentGet.start(attachmentOf(cloud, self)),
      ok: () => 'cast_build',
      otherwise: (_cloud, _self, outcome) => (outcome === 'not_found' ? undefined : 'done'),
    }),
    ...conductor.rest<'attachment_create', 'done'>('attachment_create', {
      to: (_cloud, self) => attachmentCreate.start(self.volume, self.server, null),
      ok: (cloud, self, reply) => {
        const bdm = cloud.bdms[self.bdm];
        // A user deleted the server: the exception leaves the attachment.
        if (bdm === undefined) return 'done';
        bdm.attachment_id = reply.attachment ?? null;
      },
      otherwise: 'done',
    }),
    cast_build(_cloud, self, _pick, processes) {
      const [host = '', ...alternates] = self.hosts;
      const { server, volume } = self;
      send(processes, self.pid, buildAndRunInstance.start(server, volume, host, alternates));
      return 'done';
    },
  },
});
