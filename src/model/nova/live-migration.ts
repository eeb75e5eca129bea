import { answering, type Caller, calling, calls, operationOf, send } from '../calls/calls.ts';
import { freeId } from '../cinder/attachment-create.ts';
import { assertPresent } from '../world/assert-present.ts';
import { type Cloud, type Migration, cloud as model } from '../world/cloud.ts';
import { isUp } from '../world/services.ts';
import { admits } from './admission.ts';
import { liveMigrationOnSource } from './live-migration-source.ts';

/**
 * An operator moves a running server to another host. A server that is already there is left alone,
 * and both hosts must be up.
 * Source: nova:nova/compute/api.py@live_migrate;
 * nova:nova/conductor/tasks/live_migrate.py@_check_host_is_up (docs/openstack.md 7, M1).
 */
export const liveMigrate = model.flow({
  name: 'n-api.live_migrate',
  vars: (server: string, dest: string) => ({ server, dest }),
  steps: {
    live_migrate(cloud, self, _pick, processes) {
      const instance = cloud.instances[self.server];
      if (instance === undefined || instance.host === null) return 'done';
      if (!admits(cloud, 'live_migrate', instance)) return 'done';
      // nova-conductor refuses the present host of the server (UnableToMigrateToSelf) and hosts
      // that are down, and takes the task state back.
      if (instance.host === self.dest) return 'done';
      if (!isUp(cloud, instance.host) || !isUp(cloud, self.dest)) return 'done';
      instance.task_state = 'migrating';
      const { server, dest } = self;
      const id = freeId(cloud.migrations, `migration-${operationOf(self.pid)}`);
      cloud.migrations[id] = {
        type: 'live-migration',
        instance: server,
        source: instance.host,
        dest,
        status: 'accepted',
        abort: false,
      };
      send(processes, self.pid, liveMigrationOnSource.start(server, instance.host, dest, id));
      return 'done';
    },
  },
});

/**
 * nova-compute of the source handles the abort: it cancels a job that waits, ends one that prepares
 * when the destination has answered, and has the hypervisor stop one that runs unless the guest has
 * moved already. It leaves a migration that has ended meanwhile alone. Source:
 * nova:nova/compute/manager.py@live_migration_abort (docs/openstack.md 7, M10).
 */
export const abortOnSource = model.flow({
  name: 'n-cpu.live_migration_abort',
  vars: (migration: string, host: string) => ({ migration, host, ...answering() }),
  steps: {
    live_migration_abort: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, self) => {
        const migration = assertPresent(cloud.migrations[self.migration], 'the migration to abort');
        const isStillOpen = isOpen(migration);
        migration.abort ||= isStillOpen;
        self.reply = { outcome: isStillOpen ? 'ok' : 'conflict' };
        return 'done';
      },
    },
  },
});

interface Aborting extends Caller {
  readonly server: string;
  /** The migration to abort, and the host that does it. */
  migration: string;
  source: string;
}

/**
 * An operator aborts a live migration that has not ended.
 * Source: nova:nova/compute/api.py@live_migrate_abort.
 */
export const liveMigrateAbort = model.flow({
  name: 'n-api.live_migrate_abort',
  vars: (server: string): Aborting => ({ server, migration: '', source: '', ...calling() }),
  steps: {
    get_migration(cloud, self) {
      const found = runningMigration(cloud, self.server);
      if (found === undefined) return 'done';
      [self.migration, { source: self.source }] = found;
    },
    ...calls<Aborting>().rpc('live_migration_abort', {
      to: (_cloud, self) => abortOnSource.start(self.migration, self.source),
      ok: forgetMigration,
      otherwise: forgetMigration,
    }),
  },
});

function forgetMigration(_cloud: Cloud, self: Aborting): 'done' {
  self.migration = '';
  self.source = '';
  return 'done';
}

/** A migration waits, prepares or runs. */
const isOpen = ({ status }: Pick<Migration, 'status'>): boolean =>
  ['accepted', 'preparing', 'running'].includes(status);

/** The open live migration of a server, with its id. */
const runningMigration = ({ migrations }: Cloud, server: string) =>
  Object.entries(migrations).find(
    ([, migration]) =>
      migration.type === 'live-migration' && migration.instance === server && isOpen(migration),
  );
