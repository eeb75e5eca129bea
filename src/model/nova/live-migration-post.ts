import { calls, type Me } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { attachmentGet } from '../cinder/attachment-get.ts';
import { initializeConnection, terminateConnectionRequest } from '../cinder/connection.ts';
import { activateBinding, deleteBinding, isBound, portOf } from '../neutron/port-binding.ts';
import type { Cloud } from '../world/cloud.ts';
import { disconnectFromHost } from './disconnect.ts';
import { postLiveMigrationAtDestination } from './live-migration-destination.ts';
import { forget, type Migrating } from './migrating.ts';
import { setStatus } from './moving.ts';

const { rest, rpc } = calls<Migrating>();

/** Where an error of the clean-up leads: it is logged, or ends all that was to follow. */
const unlessRaised =
  <L extends string>(of: 'migrated_attachment_errors' | 'migrated_disconnect_errors', next: L) =>
  ({ switches }: Cloud): L | 'post_live_migration_failed' =>
    switches[of] === 'raised' ? 'post_live_migration_failed' : next;

/**
 * The guest runs on the destination: the source disconnects its volumes, and only then ends the
 * connection of each, by attachment_delete or, for an old-style BDM, os-terminate_connection. How a
 * volume is reached from here it knows from the BDM as it was before the move; before nova 19 it
 * asked Cinder again, and Cinder's answer has no mark of Nova's for multiattach.
 * Source: nova:nova/compute/manager.py@_post_live_migration;
 * nova:nova/virt/libvirt/driver.py@post_live_migration
 * (docs/openstack.md 7, M12 and M13; 3.3; bugs 1754716, 1814245).
 */
export const postLiveMigration = {
  // The exception ends everything that was to be done after the move.
  ...rest('activate_port_binding', {
    to: (cloud, self) => activateBinding.start(portOf(cloud, self.server) ?? '', self.dest),
    otherwise: 'post_live_migration_failed',
  }),
  ...stepFragment<
    Migrating,
    'next_attachment' | 'initialize_connection' | 'attachment_get' | 'should_disconnect_target'
  >()({
    next_disconnect(cloud, self) {
      const entry = self.source[self.next];
      self.next = entry === undefined ? 0 : self.next + 1;
      self.connection = entry?.info ?? null;
      self.volume = entry?.volume ?? '';
      if (entry === undefined) return 'next_attachment';
      if (self.connection === null) return 'next_disconnect';
      if (cloud.switches.source_connection_info === 'snapshot') return 'should_disconnect_target';
      return entry.attachment === null ? 'initialize_connection' : 'attachment_get';
    },
  }),
  ...rest('initialize_connection', {
    to: (_cloud, self) => initializeConnection.start(self.volume, self.host),
    ok: (_cloud, self, reply) => {
      self.connection = reply.connection_info ?? null;
      return 'should_disconnect_target';
    },
    otherwise: unlessRaised('migrated_disconnect_errors', 'next_disconnect'),
  }),
  ...rest<'attachment_get', 'not_disconnected' | 'next_disconnect' | 'post_live_migration_failed'>(
    'attachment_get',
    {
      to: (_cloud, self) => attachmentGet.start(self.source[self.next - 1]?.attachment ?? ''),
      ok: (cloud, self, { connection_info: info }) => {
        if (info === undefined) return 'not_disconnected';
        const isMultiattach = cloud.volumes[self.volume]?.multiattach === true;
        self.connection = isMultiattach ? { ...info, lacks: 'multiattach' } : info;
      },
      otherwise: unlessRaised('migrated_disconnect_errors', 'next_disconnect'),
    },
  ),
  ...disconnectFromHost({ disconnected: 'next_disconnect', failed: 'not_disconnected' }),
  ...stepFragment<Migrating, 'next_disconnect' | 'post_live_migration_failed'>()({
    not_disconnected: unlessRaised('migrated_disconnect_errors', 'next_disconnect'),
  }),
  ...stepFragment<Migrating, 'post_live_migration_at_destination' | 'terminate_connection'>()({
    next_attachment(_cloud, self) {
      const entry = self.source[self.next];
      self.next = entry === undefined ? 0 : self.next + 1;
      if (entry === undefined) return 'post_live_migration_at_destination';
      if (entry.attachment === null) {
        self.volume = entry.volume;
        return 'terminate_connection';
      }
      self.attachment = entry.attachment;
    },
  }),
  ...rest('attachment_delete', {
    to: (_cloud, self) => attachmentDelete.start(self.attachment, 'service'),
    ok: () => 'next_attachment',
    otherwise: unlessRaised('migrated_attachment_errors', 'next_attachment'),
    repeated: 'delete_repeated',
  }),
  // The volume stays in use throughout, and Cinder cannot tell the two connections apart.
  ...rest('terminate_connection', {
    to: (_cloud, self) => terminateConnectionRequest.start(self.volume, self.host),
    ok: () => 'next_attachment',
    otherwise: unlessRaised('migrated_attachment_errors', 'next_attachment'),
  }),
  ...rpc('post_live_migration_at_destination', {
    to: (_cloud, self) => postLiveMigrationAtDestination.start(self.server, self.dest),
    ok: () => 'migration_completed',
    otherwise: 'force_host',
  }),
  ...stepFragment<Migrating, 'delete_source_binding'>()({
    // The guest is there, whatever the destination says.
    force_host(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance !== undefined) instance.host = self.dest;
    },
    migration_completed(cloud, self) {
      setStatus(cloud, self.migration, 'completed');
      if (!isBound(cloud, self.server, self.host)) return forget(self);
    },
  }),
  ...rest('delete_source_binding', {
    to: (cloud, self) => deleteBinding.start(portOf(cloud, self.server) ?? '', self.host),
    ok: (_cloud, self: Me<Migrating>) => forget(self),
    otherwise: (_cloud, self: Me<Migrating>) => forget(self),
  }),
  ...stepFragment<Migrating>()({
    // The exception ended all that was to follow: the source keeps what is not yet cleaned up.
    post_live_migration_failed(cloud, self) {
      const instance = cloud.instances[self.server];
      if (instance === undefined) return forget(self);
      instance.host = self.dest;
      return forget(self);
    },
  }),
};
