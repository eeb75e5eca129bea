import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { liveMigrate, liveMigrateAbort } from '../../model/nova/live-migration.ts';
import { cloud } from '../../model/world/cloud.ts';
import { isAtRest } from '../../model/world/services.ts';

const isFreed = cloud.always(
  'at rest, a server whose migration was cancelled is free for its user',
  cloud.every('migrations', ({ status, instance }, _migration, state, processes) => {
    const isBusy = state.instances[instance]?.task_state === 'migrating';
    return status !== 'cancelled' || !isBusy || !isAtRest(processes, state);
  }),
);

export const bug1949808 = cloudScenario({
  name: 'bug-1949808',
  about:
    'An operator aborts a live migration that has not begun. Before nova 25 nova-compute ' +
    'only set its status, and the server stays migrating for ever. Since nova 25 it also ' +
    'undoes the preparations.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: () => ({
    migrate: liveMigrate.start('s1', 'h2'),
    abort: liveMigrateAbort.start('s1'),
  }),
  reachable: [
    cloud.reachable('the migration is cancelled', ({ migrations }) =>
      Object.values(migrations).some(({ status }) => status === 'cancelled'),
    ),
    isFreed,
  ],
  expect: [
    {
      given: { release: 'xena' },
      violates: { [isFreed.name]: 7 },
      reason: 'bug 1949808: the server stays migrating',
    },
    { given: { release: 'yoga' }, reason: 'nova 25 frees the server' },
    { given: { release: '2026.1' }, reason: 'the server is free, as in yoga' },
    {
      given: { release: '2026.1', queued_abort: 'left' },
      violates: { [isFreed.name]: 7 },
      reason: 'if nova-compute only sets the status, the bug is back',
    },
  ],
});
