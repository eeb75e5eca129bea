import { calling, calls, type Me } from '../calls.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { type Cloud, type ConnectionInfo, type Migration, cloud as model } from '../cloud.ts';
import {
  activateBinding,
  createBinding,
  deleteBinding,
  isBound,
  portOf,
} from '../neutron/port-binding.ts';
import { isUp } from '../services.ts';
import { type DisconnectingServer, disconnectFromHost } from './disconnect.ts';
import {
  postLiveMigrationAtDestination,
  preLiveMigration,
  preparedDevice,
  removeVolumeConnection,
} from './live-migration-destination.ts';
import { bdmsOf, diskOf } from './lookup.ts';

/** What the source knew of a volume before the destination wrote to the BDM. */
interface SourceBdm {
  readonly volume: string;
  readonly attachment: string | null;
  readonly info: ConnectionInfo | null;
}

interface Migrating extends DisconnectingServer {
  volume: string;
  attachment: string;
  readonly dest: string;
  readonly migration: string;
  source: readonly SourceBdm[];
  /** How the destination reaches each volume; null before it has answered. */
  connections: { readonly [volume: string]: ConnectionInfo } | null;
  /** The BDMs that a rollback goes through. */
  bdms: readonly string[];
  next: number;
  /** The rollback leaves the destination alone, which is thought to have cleaned up. */
  pre: boolean;
}

const { rest, rpc } = calls<Migrating>();

/**
 * The source of a live migration: has the destination prepare, lets the hypervisor move the guest, then disconnects and
 * deletes its own attachments, errors being logged only; or rolls back. No lock of any kind but L4.
 * Simplified: nova-conductor only schedules, so nova-api casts to the source; the memory copy is one step before the cut-over.
 * Source: nova:nova/compute/manager.py@live_migration, @_do_live_migration, @_post_live_migration,
 * @_rollback_live_migration, @_rollback_volume_bdms (DOMAIN.md 7, M2 to M14).
 */
export const liveMigrationOnSource = model.flow({
  name: 'n-cpu.live_migration',
  vars: (server: string, host: string, dest: string, migration: string): Migrating => ({
    server,
    host,
    dest,
    migration,
    volume: '',
    attachment: '',
    source: [],
    connections: null,
    bdms: [],
    next: 0,
    pre: false,
    connection: null,
    logout: false,
    servers: null,
    ...calling(),
  }),
  steps: {
    // One of a few slots; who is aborted before he has one has touched nothing.
    take_a_slot: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, self) => {
        if (isAborted(cloud, self)) return 'rolled_back';
        setStatus(cloud, self, 'preparing');
      },
    },
    get_source_bdms(cloud, self) {
      self.source = bdmsOf(cloud.bdms, self.server).map(([, bdm]) => ({
        volume: bdm.volume,
        attachment: bdm.attachment_id,
        info: bdm.connection_info,
      }));
      return portOf(cloud, self.server) === undefined ? 'pre_live_migration' : 'bind_port_to_host';
    },
    // nova-conductor asks for it before the source knows of the migration.
    ...rest('bind_port_to_host', {
      to: (cloud, self) => createBinding.start(portOf(cloud, self.server) ?? '', self.dest),
      otherwise: 'rolled_back',
    }),
    ...rpc('pre_live_migration', {
      to: (_cloud, self) => preLiveMigration.start(self.server, self.dest),
      ok: (_cloud, self, reply) => {
        self.connections = reply.connections ?? {};
      },
      otherwise: 'pre_live_migration_failed',
    }),
    // An abort that came while the destination prepared is looked at here. Then the memory is copied.
    migrate_to_uri(cloud, self) {
      if (isAborted(cloud, self)) return 'rollback_live_migration';
      setStatus(cloud, self, 'running');
    },
    // The guest runs on the destination from here on, on the devices of that host.
    cut_over(cloud, self) {
      const devices = self.source.map(({ volume }) =>
        preparedDevice(cloud, self.connections?.[volume]),
      );
      if (isAborted(cloud, self) || devices.includes(undefined)) return 'rollback_live_migration';
      self.source.forEach(({ volume }, n) => {
        cloud.disks[diskOf(self.server, volume)] = devices[n] ?? '';
      });
      self.connections = null;
      return isBound(cloud, self.server, self.dest) ? 'activate_port_binding' : 'next_disconnect';
    },
    // The exception ends everything that was to be done after the move.
    ...rest('activate_port_binding', {
      to: (cloud, self) => activateBinding.start(portOf(cloud, self.server) ?? '', self.dest),
      otherwise: 'post_live_migration_failed',
    }),
    next_disconnect(_cloud, self) {
      const entry = self.source[self.next];
      self.next = entry === undefined ? 0 : self.next + 1;
      self.connection = entry?.info ?? null;
      self.volume = entry?.volume ?? '';
      if (entry === undefined) return 'next_attachment';
      if (self.connection === null) return 'next_disconnect';
    },
    ...disconnectFromHost({ disconnected: 'next_disconnect', failed: 'next_disconnect' }),
    next_attachment(_cloud, self) {
      const entry = self.source[self.next];
      self.next = entry === undefined ? 0 : self.next + 1;
      if (entry === undefined) return 'post_live_migration_at_destination';
      if (entry.attachment === null) return 'next_attachment';
      self.attachment = entry.attachment;
    },
    ...rest('attachment_delete', {
      to: (_cloud, self) => attachmentDelete.start(self.attachment, 'service'),
      ok: () => 'next_attachment',
      otherwise: 'next_attachment',
      repeated: true,
    }),
    ...rpc('post_live_migration_at_destination', {
      to: (_cloud, self) => postLiveMigrationAtDestination.start(self.server, self.dest),
      ok: () => 'migration_completed',
      otherwise: 'force_host',
    }),
    // The guest is there, whatever the destination says.
    force_host(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance !== undefined) instance.host = self.dest;
    },
    migration_completed(cloud, self) {
      setStatus(cloud, self, 'completed');
      if (!isBound(cloud, self.server, self.host)) return forget(self);
    },
    ...rest('delete_source_binding', {
      to: (cloud, self) => deleteBinding.start(portOf(cloud, self.server) ?? '', self.host),
      ok: (_cloud, self) => forget(self),
      otherwise: (_cloud, self) => forget(self),
    }),
    // The exception ended all that was to follow: the source keeps its attachments.
    post_live_migration_failed(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance !== undefined) instance.host = self.dest;
      return forget(self);
    },
    pre_live_migration_failed(cloud, self) {
      self.pre = cloud.switches.failed_pre_disconnect === 'by_destination';
    },
    rollback_live_migration(cloud, self) {
      self.bdms = bdmsOf(cloud.bdms, self.server).map(([id]) => id);
      self.next = 0;
      if (self.pre) return 'rollback_volume_bdms';
    },
    next_remote_volume(cloud, self) {
      const bdm = cloud.bdms[self.bdms[self.next] ?? ''];
      if (self.next >= self.bdms.length) return 'rollback_volume_bdms';
      self.next += 1;
      self.volume = bdm?.volume ?? '';
    },
    // Every exception is ignored, a time-out included.
    ...rpc('remove_volume_connection', {
      to: (_cloud, self) => removeVolumeConnection.start(self.server, self.volume, self.dest),
      ok: () => 'next_remote_volume',
      otherwise: 'next_remote_volume',
    }),
    rollback_volume_bdms(_cloud, self) {
      self.next = 0;
    },
    next_rollback(cloud, self) {
      const id = self.bdms[self.next];
      if (id === undefined) return 'rolled_back';
      const bdm = cloud.bdms[id];
      if (bdm === undefined) return 'skip_rollback';
      self.volume = bdm.volume;
      self.attachment = bdm.attachment_id ?? '';
      return rollbackOf(cloud, self, bdm);
    },
    ...rest('rollback_attachment_delete', {
      to: (_cloud, self) => attachmentDelete.start(self.attachment, 'service'),
      accepts: (_cloud, outcome) => outcome === 'not_found',
      // What Cinder answers is logged, and this BDM is not restored; what Nova makes of it ends the whole rollback.
      otherwise: (_cloud, _self, outcome) =>
        outcome === 'server_error' || outcome === 'gateway_timeout'
          ? 'skip_rollback'
          : 'rollback_aborted',
      repeated: true,
    }),
    restore_bdm(cloud, self) {
      const bdm = cloud.bdms[self.bdms[self.next] ?? ''];
      const before = self.source.find(({ volume }) => volume === self.volume);
      if (bdm === undefined || before === undefined) return 'skip_rollback';
      bdm.attachment_id = before.attachment;
      const restores = cloud.switches.rollback_connection_info === 'restored';
      if (restores) bdm.connection_info = before.info;
    },
    skip_rollback(_cloud, self) {
      self.next += 1;
      return 'next_rollback';
    },
    rolled_back(cloud, self) {
      if (!isBound(cloud, self.server, self.dest)) return endRollback(cloud, self);
    },
    ...rest('delete_destination_binding', {
      to: (cloud, self) => deleteBinding.start(portOf(cloud, self.server) ?? '', self.dest),
      ok: endRollback,
      otherwise: endRollback,
    }),
    // Nothing else is done: the server stays `migrating`.
    rollback_aborted(_cloud, self) {
      return forget(self);
    },
  },
});

/** What a rollback does first with a BDM. */
function rollbackOf(
  cloud: Cloud,
  self: Me<Migrating>,
  bdm: { readonly attachment_id: string | null },
) {
  const rule = cloud.switches.rollback_attachments;
  // Before nova 20 the ids of the source came with the reply of the destination, if there was one.
  const isTold = self.connections?.[self.volume] !== undefined;
  if (rule === 'told_by_destination' && !isTold) return 'skip_rollback';
  const before = self.source.find(({ volume }) => volume === self.volume);
  // A KeyError: the BDM came after the list of the source was made.
  if (before === undefined) return 'rollback_aborted';
  const isNew = rule !== 'changed' || bdm.attachment_id !== before.attachment;
  return bdm.attachment_id !== null && isNew ? 'rollback_attachment_delete' : 'restore_bdm';
}

function endRollback(cloud: Cloud, self: Me<Migrating>): 'done' {
  const instance = cloud.instances[self.server];
  if (instance?.task_state === 'migrating') instance.task_state = null;
  setStatus(cloud, self, isAborted(cloud, self) ? 'cancelled' : 'failed');
  return forget(self);
}

const isAborted = (cloud: Cloud, self: Me<Migrating>): boolean =>
  cloud.migrations[self.migration]?.abort === true;

function setStatus(cloud: Cloud, self: Me<Migrating>, status: Migration['status']): void {
  const migration = cloud.migrations[self.migration];
  if (migration !== undefined) migration.status = status;
}

function forget(self: Me<Migrating>): 'done' {
  self.volume = '';
  self.attachment = '';
  self.source = [];
  self.connections = null;
  self.bdms = [];
  self.next = 0;
  self.pre = false;
  self.connection = null;
  return 'done';
}
