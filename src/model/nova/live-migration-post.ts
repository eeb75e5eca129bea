import { calls, type Me } from '../calls/calls.ts';
import { stepFragment } from '../calls/step-fragment.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { attachmentGet } from '../cinder/attachment-get.ts';
import { initializeConnection, terminateConnectionRequest } from '../cinder/connection.ts';
import { activateBinding, isBound, portOf } from '../neutron/port-binding.ts';
import type { Cloud } from '../world/cloud.ts';
import { disconnectFromHost } from './disconnect.ts';
import { postLiveMigrationAtDestination } from './live-migration-arrival.ts';
import { forget, type Migrating, putMigrationInError } from './migrating.ts';
import { setStatus } from './moving.ts';
import { notFoundIsIgnored } from './not-found.ts';

const { rest, rpc } = calls<Migrating>();

/**
 * The handler of an error of the clean-up: it logs the error, or ends all steps that were to
 * follow.
 */
const unlessRaised =
  <L extends string>(of: 'migrated_disconnect_errors' | 'migrated_attachment_errors', next: L) =>
  ({ switches }: Cloud): L | 'post_live_migration_failed' =>
    switches[of] === 'raised' ? 'post_live_migration_failed' : next;

const afterDisconnect = unlessRaised('migrated_disconnect_errors', 'next_disconnect' as const);
const afterDelete = unlessRaised('migrated_attachment_errors', 'next_attachment' as const);

/** Disconnects every volume from the source. */
const disconnecting = {
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
    otherwise: afterDisconnect,
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
      otherwise: afterDisconnect,
    },
  ),
  ...disconnectFromHost({ disconnected: 'next_disconnect', failed: 'not_disconnected' }),
  ...stepFragment<Migrating, 'next_disconnect' | 'post_live_migration_failed'>()({
    not_disconnected: (cloud) => afterDisconnect(cloud),
  }),
};

/** Ends every connection of the source in Cinder. */
const leaving = {
  ...stepFragment<
    Migrating,
    | 'post_live_migration_at_destination'
    | 'migrate_instance_start'
    | 'post_live_migration_failed'
    | 'terminate_connection'
  >()({
    next_attachment(cloud, self) {
      const entry = self.source[self.next];
      self.next = entry === undefined ? 0 : self.next + 1;
      if (entry === undefined) {
        if (cloud.switches.migration_order === 'volumes_first') return 'migrate_instance_start';
        return self.failing ? 'post_live_migration_failed' : 'post_live_migration_at_destination';
      }
      if (entry.attachment === null) {
        self.volume = entry.volume;
        return 'terminate_connection';
      }
      self.attachment = entry.attachment;
    },
  }),
  ...rest('attachment_delete', {
    to: (_cloud, self) => attachmentDelete.start(self.attachment, 'service'),
    accepts: notFoundIsIgnored,
    ok: () => 'next_attachment',
    otherwise: afterDelete,
    repeated: 'delete_repeated',
  }),
  // The volume stays in use throughout, and Cinder cannot tell the two connections apart.
  ...rest('terminate_connection', {
    to: (_cloud, self) => terminateConnectionRequest.start(self.volume, self.host),
    ok: () => 'next_attachment',
    otherwise: afterDelete,
  }),
};

/**
 * The guest runs on the destination: the source disconnects its volumes, and only then ends the
 * connection of each, by attachment_delete or, for an old-style BDM, os-terminate_connection. How a
 * volume is reached from here it knows from the BDM as it was before the move; before nova 19 it
 * asked Cinder again, and Cinder's answer has no mark of Nova's for multiattach. The ports change
 * over behind that; since nova 29 before, and the volumes are left whatever comes of it. Since nova
 * 27 the row names the destination when something of this fails.
 * Source: nova:nova/compute/manager.py@_post_live_migration, @_post_live_migration_update_host,
 * @_post_live_migration_remove_source_vol_connections;
 * nova:nova/virt/libvirt/driver.py@post_live_migration
 * (docs/openstack.md 7, M12 and M13; 3.3; bugs 1754716, 1814245, 1628606, 1843639).
 */
export const postLiveMigration = {
  ...disconnecting,
  ...leaving,
  ...stepFragment<Migrating, 'activate_port_binding' | 'next_disconnect' | AfterPorts>()({
    migrate_instance_start(cloud, self) {
      return isBound(cloud, self.server, self.dest) ? 'activate_port_binding' : afterPorts(cloud);
    },
  }),
  ...rest('activate_port_binding', {
    to: (cloud, self) => activateBinding.start(portOf(cloud, self.server) ?? '', self.dest),
    ok: afterPorts,
    otherwise: (cloud, self: Me<Migrating>) => {
      if (cloud.switches.migration_order === 'volumes_first') return 'post_live_migration_failed';
      self.failing = true;
      return 'next_disconnect';
    },
  }),
  ...rpc<'post_live_migration_at_destination', 'post_live_migration_failed'>(
    'post_live_migration_at_destination',
    {
      to: (_cloud, self) => postLiveMigrationAtDestination.start(self.server, self.dest),
      otherwise: ({ switches }) =>
        switches.failed_destination === 'raised' ? 'post_live_migration_failed' : undefined,
    },
  ),
  ...stepFragment<Migrating>()({
    migration_completed(cloud, self) {
      setStatus(cloud, self.migration, 'completed');
      return forget(self);
    },
    // The exception ended all steps that were to follow: the source keeps the rest.
    post_live_migration_failed(cloud, self) {
      const instance = cloud.instances[self.server];
      const isSaved = cloud.switches.failed_migration_host === 'destination';
      if (!isSaved || instance === undefined || instance.host === self.dest) return;
      instance.host = self.dest;
      instance.task_state = null;
    },
    live_migration_failed: putMigrationInError,
  }),
};

type AfterPorts = 'next_disconnect' | 'post_live_migration_at_destination';

/** The label at which it goes on after the ports have changed over. */
function afterPorts({ switches }: Cloud): AfterPorts {
  return switches.migration_order === 'ports_first'
    ? 'next_disconnect'
    : 'post_live_migration_at_destination';
}
