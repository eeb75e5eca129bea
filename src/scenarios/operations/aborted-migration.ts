import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { liveMigrate, liveMigrateAbort } from '../../model/nova/live-migration.ts';
import { type Cloud, cloud, type Migration } from '../../model/world/cloud.ts';
import type { Immutable } from '../../spec/draft.ts';

/**
 * How far a migration of `s1` from h1 has come: it waits, prepares, runs, or the guest is on the
 * other host.
 */
function stageOf({ disks }: Immutable<Cloud>, { status }: Immutable<Migration>): number {
  if (disks['s1/v1']?.startsWith('h2/')) return 3;
  return ['accepted', 'preparing', 'running'].indexOf(status);
}

export const abortedMigration = cloudScenario({
  name: 'aborted-migration',
  about:
    'An operator aborts a live migration while it waits for a slot, while the destination ' +
    'prepares, or while the memory is copied. The migration stops, and Nova undoes its work ' +
    '(docs/openstack.md 7, M10).',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1', s2: 'h2' },
    volumes: { v1: {}, v2: {} },
    // On the other host the volume has another number.
    attached: [
      ['s1', 'v1'],
      ['s2', 'v2'],
    ],
  }),
  operations: () => ({
    migrate: liveMigrate.start('s1', 'h2'),
    abort: liveMigrateAbort.start('s1'),
  }),
  reachable: [
    cloud.step('a migration that is aborted goes no further', (before, _action, after) =>
      Object.entries(before.migrations).every(([id, migration]) => {
        const now = after.migrations[id];
        if (!migration.abort || now === undefined || migration.instance !== 's1') return true;
        return stageOf(after, now) <= stageOf(before, migration);
      }),
    ),
    cloud.reachable(
      'the migration is cancelled, and the server is free and where it was',
      ({ migrations, instances, disks }) =>
        migrations['migration-migrate']?.status === 'cancelled' &&
        instances['s1']?.host === 'h1' &&
        instances['s1'].task_state === null &&
        disks['s1/v1']?.startsWith('h1/') === true,
    ),
  ],
  expect: [
    {
      given: {},
      reason:
        'an abort can come at each of the three moments, and the server ends on one host with ' +
        'one attachment',
    },
  ],
});
