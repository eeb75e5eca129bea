import { answering, type Caller, calling, calls, operationOf, send } from '../calls.ts';
import { freeId } from '../cinder/attachment-create.ts';
import { cloud as model } from '../cloud.ts';
import { isUp } from '../services.ts';
import { liveMigrationOnSource } from './live-migration-source.ts';

/**
 * An operator moves a running server to another host. A server that is already there is left alone.
 * Source: nova:nova/compute/api.py@live_migrate (DOMAIN.md 7, M1).
 */
export const liveMigrate = model.flow({
  name: 'n-api.live_migrate',
  vars: (server: string, dest: string) => ({ server, dest }),
  steps: {
    live_migrate(cloud, self, _pick, processes) {
      const instance = cloud.instances[self.server];
      if (instance === undefined || instance.host === null) return 'done';
      if (instance.vm_state !== 'active' || instance.task_state !== null) return 'done';
      // nova-conductor refuses the host on which it is: UnableToMigrateToSelf.
      if (instance.host === self.dest) return 'done';
      instance.task_state = 'migrating';
      const { server, dest } = self;
      const id = freeId(cloud.migrations, `migration-${operationOf(self.pid)}`);
      cloud.migrations[id] = {
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
 * nova-compute of the source takes the wish to abort: a job that waits is cancelled, one that prepares is ended when the
 * destination has answered, one that runs is stopped by the hypervisor unless the guest has moved already.
 * Source: nova:nova/compute/manager.py@live_migration_abort (DOMAIN.md 0.5, M10).
 */
export const abortOnSource = model.flow({
  name: 'n-cpu.live_migration_abort',
  vars: (migration: string, host: string) => ({ migration, host, ...answering() }),
  steps: {
    live_migration_abort: {
      when: (cloud, self) => isUp(cloud, self.host),
      do: (cloud, self) => {
        const migration = cloud.migrations[self.migration];
        self.reply = { outcome: 'ok' };
        if (migration !== undefined) migration.abort = true;
        return 'done';
      },
    },
  },
});

interface Aborting extends Caller {
  readonly server: string;
}

/**
 * An operator aborts a live migration that has not ended.
 * Source: nova:nova/compute/api.py@live_migrate_abort.
 */
export const liveMigrateAbort = model.flow({
  name: 'n-api.live_migrate_abort',
  vars: (server: string): Aborting => ({ server, ...calling() }),
  steps: {
    get_migration(cloud, self) {
      if (runningMigration(cloud.migrations, self.server) === undefined) return 'done';
    },
    ...calls<Aborting>().rpc('live_migration_abort', {
      to: (cloud, self) => {
        const [id, migration] = runningMigration(cloud.migrations, self.server) ?? ['', undefined];
        return abortOnSource.start(id, migration?.source ?? '');
      },
      ok: () => 'done',
      otherwise: 'done',
    }),
  },
});

/** The live migration of a server that waits, prepares or runs, with its id. */
function runningMigration(
  migrations: {
    readonly [id: string]:
      | { readonly instance: string; readonly source: string; readonly status: string }
      | undefined;
  },
  server: string,
) {
  for (const [id, migration] of Object.entries(migrations)) {
    const isOpen = ['accepted', 'preparing', 'running'].includes(migration?.status ?? '');
    if (migration?.instance === server && isOpen) return [id, migration] as const;
  }
  return undefined;
}
