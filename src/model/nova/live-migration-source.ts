import { calling, calls, type Me } from '../calls/calls.ts';
import { createBinding, portOf } from '../neutron/port-binding.ts';
import { type Cloud, cloud as model } from '../world/cloud.ts';
import { isUp } from '../world/services.ts';
import { preLiveMigration, preparedDevice } from './live-migration-destination.ts';
import { postLiveMigration } from './live-migration-post.ts';
import { rollbackLiveMigration } from './live-migration-rollback.ts';
import { bdmsOf, diskOf } from './lookup.ts';
import { isAborted, type Migrating } from './migrating.ts';
import { setStatus } from './moving.ts';

const { rest, rpc } = calls<Migrating>();

/**
 * The source of a live migration: has the destination prepare, lets the hypervisor move the guest,
 * then disconnects and deletes its own attachments; or rolls back. No lock of any kind but L4.
 * Simplified: nova-conductor only schedules, so nova-api casts to the source; the memory copy is
 * one step before the cut-over.
 * Source: nova:nova/compute/manager.py@live_migration, @_do_live_migration, @_post_live_migration,
 * @_rollback_live_migration, @_rollback_volume_bdms (docs/openstack.md 7, M2 to M14).
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
    running: false,
    failing: false,
    connection: null,
    logout: false,
    servers: null,
    ...calling(),
  }),
  steps: {
    // A migration waits for one of a few slots; one that is aborted before that has touched
    // nothing.
    take_a_slot: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, self) => {
        if (isAborted(cloud, self)) return 'aborted_in_queue';
        setStatus(cloud, self.migration, 'preparing');
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
      otherwise: 'not_begun',
    }),
    ...rpc('pre_live_migration', {
      to: (_cloud, self) => preLiveMigration.start(self.server, self.dest),
      ok: (_cloud, self, reply) => {
        self.connections = reply.connections ?? {};
      },
      otherwise: 'pre_live_migration_failed',
    }),
    // The source looks here for an abort that came while the destination prepared. Then the
    // hypervisor copies the memory.
    migrate_to_uri(cloud, self) {
      if (isAborted(cloud, self)) return 'rollback_live_migration';
      setStatus(cloud, self.migration, 'running');
      self.running = true;
    },
    // The guest runs on the destination from here on, on the devices of that host: with the disks
    // that it has by then.
    cut_over(cloud, self) {
      const moved = disksOf(cloud, self.server).map(
        ([disk, path]) => [disk, deviceThere(cloud, self, disk, path)] as const,
      );
      if (isAborted(cloud, self)) return 'rollback_live_migration';
      // A guest does not start without one of its disks.
      if (moved.some(([, device]) => device === undefined)) return 'rollback_live_migration';
      for (const [disk, device] of moved) cloud.disks[disk] = device ?? '';
      self.connections = null;
      return cloud.switches.migration_order === 'ports_first'
        ? 'migrate_instance_start'
        : 'next_disconnect';
    },
    ...postLiveMigration,
    ...rollbackLiveMigration,
  },
});

/** The disks of a guest, with their paths. */
const disksOf = (cloud: Cloud, server: string) =>
  Object.entries(cloud.disks).filter(([disk]) => disk.startsWith(diskOf(server, '')));

/**
 * The device on the destination to which the XML of the guest that moves leads. Nova finds a disk
 * in it by its serial, and writes the path on the destination to it. Where the serial is that of no
 * volume which the destination prepared, because the volume was replaced (bug 2112187) or attached
 * too late, the path of the source stays, whatever that is on the destination.
 * Source: nova:nova/virt/libvirt/migration.py@_update_volume_xml.
 */
function deviceThere(
  cloud: Cloud,
  self: Me<Migrating>,
  disk: string,
  path: string,
): string | undefined {
  const serial = cloud.serials[disk] ?? disk.slice(diskOf(self.server, '').length);
  const info = self.connections?.[serial];
  if (info !== undefined) return preparedDevice(cloud, info);
  const kept = `${self.dest}/${path.slice(self.host.length + 1)}`;
  return cloud.devices[kept] === undefined ? undefined : kept;
}
