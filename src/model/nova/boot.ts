import { lunPath } from '../backend.ts';
import { connectVolume, known } from '../brick/connect-volume.ts';
import { type Caller, calling, calls, type Me, send } from '../calls.ts';
import { attachmentComplete } from '../cinder/attachment-complete.ts';
import { attachmentCreate } from '../cinder/attachment-create.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { attachmentUpdate } from '../cinder/attachment-update.ts';
import { reserve } from '../cinder/volume-actions.ts';
import { type Cloud, cloud as model } from '../cloud.ts';
import { free, guardApplies, guardLock, instanceLock, release, take } from '../locks.ts';
import { isUp } from '../services.ts';
import { createVolume } from './boot-volume.ts';
import { type DisconnectingServer, disconnectFromHost } from './disconnect.ts';
import { orByForce } from './force.ts';
import { legacyBuildAndRunInstance } from './legacy-boot.ts';
import { diskOf } from './lookup.ts';
import { putInError } from './put-in-error.ts';

interface Building extends DisconnectingServer {
  readonly bdm: string;
}

const compute = calls<Building>();

/**
 * nova-compute builds a server that boots from a volume. The attachment is completed before the host has connected: the
 * guest's disk is connected by the driver when it spawns the guest, outside L3.
 * Simplified: the server is not scheduled again when the build fails.
 * Source: nova:nova/compute/manager.py@build_and_run_instance, @_prep_block_device, @_build_resources;
 * nova:nova/virt/block_device.py@DriverVolumeBlockDevice.attach (DOMAIN.md 5.6, first and third point).
 */
export const buildAndRunInstance = model.flow({
  name: 'n-cpu.build_and_run_instance',
  vars: (server: string, volume: string, host: string): Building => ({
    server,
    volume,
    host,
    bdm: bdmAtBoot(server, volume),
    connection: null,
    logout: false,
    servers: null,
    ...calling(),
  }),
  steps: {
    lock_instance: {
      when: (cloud, self) =>
        isUp(cloud, self.host) && free(cloud, instanceLock(self.host, self.server)),
      do: (cloud, self) => {
        take(cloud, instanceLock(self.host, self.server), self.pid);
      },
    },
    // The server may have been deleted in the meantime: nobody looks for it on a host that it does not name yet.
    instance_claim(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined || instance.task_state === 'deleting') return 'unlock_instance';
      instance.host = self.host;
      if (cloud.bdms[self.bdm]?.volume !== '') return 'guard_connection';
    },
    ...createVolume({ created: 'guard_connection', failed: 'build_aborted' }),
    guard_connection: {
      when: (cloud, self) =>
        !guardApplies(cloud.switches, 'attach') || free(cloud, guardLock(self.host)),
      do: (cloud, self) => {
        if (guardApplies(cloud.switches, 'attach')) take(cloud, guardLock(self.host), self.pid);
      },
    },
    ...compute.rest('attachment_update', {
      to: (cloud, self) =>
        attachmentUpdate.start(attachmentOf(cloud, self), self.host, 'controller'),
      ok: (_cloud, self, reply) => {
        self.connection = reply.connection_info ?? null;
      },
      // Nothing is undone: the attachment stays reserved until the server is deleted (bug 1899649).
      otherwise: 'build_aborted',
      repeated: true,
    }),
    save_connection_info(cloud, self) {
      const bdm = cloud.bdms[self.bdm];
      if (bdm === undefined) return 'build_aborted';
      bdm.connection_info = self.connection;
    },
    ...compute.rest('attachment_complete', {
      to: (cloud, self) => attachmentComplete.start(attachmentOf(cloud, self)),
      ok: () => 'leave_guard',
      otherwise: 'attachment_delete',
    }),
    leave_guard(cloud, self) {
      release(cloud, guardLock(self.host), self.pid);
    },
    ...connectVolume({ connected: 'spawn', failed: 'attachment_delete' }),
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
    // The guest could not be started: _shutdown_instance disconnects and deletes the attachment; the BDM stays.
    ...disconnectFromHost({ disconnected: 'attachment_delete', failed: 'attachment_delete' }),
    ...orByForce,
    ...compute.rest('attachment_delete', {
      to: (cloud, self) => attachmentDelete.start(attachmentOf(cloud, self), 'service'),
      otherwise: 'build_aborted',
      repeated: true,
    }),
    build_aborted(cloud, self) {
      putInError(cloud, self.server);
    },
    unlock_instance(cloud, self) {
      self.connection = null;
      release(cloud, guardLock(self.host), self.pid);
      release(cloud, instanceLock(self.host, self.server), self.pid);
      return 'done';
    },
  },
});

const attachmentOf = (cloud: Cloud, self: Me<Building>): string =>
  cloud.bdms[self.bdm]?.attachment_id ?? '';

/** The id of the BDM with which a server boots. */
const bdmAtBoot = (server: string, volume: string): string => `bdm-${server}-${volume}`;

/**
 * nova-conductor finds a host for a new server and hands it over. A server that fits nowhere is written to cell0,
 * in error.
 * Source: nova:nova/conductor/manager.py@schedule_and_build_instances, @_bury_in_cell0; bug 1404867.
 */
export const scheduleAndBuildInstances = model.flow({
  name: 'n-cond.schedule_and_build_instances',
  vars: (server: string, volume: string, host: string | null) => ({ server, volume, host }),
  steps: {
    select_destinations(cloud, self, _pick, processes) {
      const { server, volume, host } = self;
      // The request was deleted before anybody looked at it.
      if (cloud.instances[server] === undefined) return 'done';
      if (host === null) return 'bury_in_cell0';
      const build =
        cloud.switches.attach_api === 'legacy'
          ? legacyBuildAndRunInstance.start(server, volume, host, bdmAtBoot(server, volume))
          : buildAndRunInstance.start(server, volume, host);
      send(processes, self.pid, build);
      return 'done';
    },
    bury_in_cell0(cloud, self) {
      if (cloud.instances[self.server] === undefined) return 'done';
      putInError(cloud, self.server);
      if (cloud.switches.buried_bdms === 'none') {
        delete cloud.bdms[bdmAtBoot(self.server, self.volume)];
      }
      return 'done';
    },
  },
});

interface Creating extends Caller {
  readonly server: string;
  readonly volume: string;
  /** The host that the scheduler will choose; null when the server fits nowhere. */
  readonly host: string | null;
  /** From an existing volume, or from a volume that nova-compute makes of an image. */
  readonly source: 'volume' | 'image';
  attachment: string | null;
}

const { rest } = calls<Creating>();

/**
 * A user creates a server that boots from a volume. An existing one is reserved while the request is validated, before
 * there is a server to which a BDM could belong. A new one is made of an image, and goes with the server.
 * Simplified: the build request with its BDMs and the rows in the cell are one, as nobody reads both; and the BDM
 * of an existing volume has the delete_on_termination that it gets by default, false.
 * Source: nova:nova/compute/api.py@create, @_validate_bdm, @_check_attach_and_reserve_volume (DOMAIN.md 3.1, 5.6).
 */
export const createServer = model.flow({
  name: 'n-api.create_server',
  vars: (
    server: string,
    volume: string,
    host: string | null,
    source: 'volume' | 'image' = 'volume',
  ): Creating => ({
    server,
    volume,
    host,
    source,
    attachment: null,
    ...calling(),
  }),
  steps: {
    validate_bdm(cloud, self) {
      if (self.source === 'image') return 'create_build_request';
      // check_attach: what was read may be different by the time it is used.
      const isFree = cloud.volumes[self.volume]?.status === 'available';
      const isShared = cloud.volumes[self.volume]?.multiattach === true;
      if (cloud.switches.attach_api !== 'legacy') return 'attachment_create';
      if (!isFree && !isShared) return 'done';
      if (cloud.switches.boot_reserves === 'no') return 'create_build_request';
    },
    ...rest('reserve_volume', {
      to: (_cloud, self) => reserve.start(self.volume),
      ok: () => 'create_build_request',
      otherwise: 'done',
    }),
    ...rest('attachment_create', {
      to: (_cloud, self) => attachmentCreate.start(self.volume, self.server, null),
      ok: (_cloud, self, reply) => {
        self.attachment = reply.attachment ?? null;
      },
      otherwise: 'done',
    }),
    create_build_request(cloud, self) {
      const { server, volume, attachment, source } = self;
      cloud.instances[server] = { host: null, vm_state: 'building', task_state: null };
      cloud.bdms[bdmAtBoot(server, volume)] = {
        instance: server,
        volume: source === 'image' ? '' : volume,
        attachment_id: attachment,
        connection_info: null,
        delete_on_termination: source === 'image',
      };
      self.attachment = null;
    },
    cast_schedule_and_build(_cloud, self, _pick, processes) {
      const { server, volume, host } = self;
      send(processes, self.pid, scheduleAndBuildInstances.start(server, volume, host));
      return 'done';
    },
  },
});
