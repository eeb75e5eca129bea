import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { askLater } from '../../model/operator/later.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1939545 = cloudScenario({
  name: 'bug-1939545',
  about:
    'R30: a server has moved, and then its volume grows. The destination kept the answer of ' +
    'Cinder, without the path that os-brick had found, so nova-compute does not know which ' +
    'device has grown. Nova 24 keeps the path.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: () => ({
    migrate: liveMigrate.start('s1', 'h2'),
    later: askLater.start('extend', 's1', 'v1', ''),
  }),
  reachable: [
    cloud.never('a guest is not told that its volume has grown', (_state, processes) =>
      Object.values(processes).some((process) => process?.at === 'extend_failed'),
    ),
    cloud.reachable(
      'the volume is extended when the server has moved',
      ({ instances, volumes }, processes) =>
        instances['s1']?.host === 'h2' &&
        volumes['v1']?.status === 'in-use' &&
        processes['later/n-cpu']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { release: 'wallaby' },
      violates: { ['a guest is not told that its volume has grown']: 85 },
      reason: 'bug 1939545: no step saved the path',
    },
    { given: { release: 'xena' }, reason: 'nova 24: pre_live_migration saves the path' },
    { given: { release: '2026.1' }, reason: 'pre_live_migration saves the path, as in nova 24' },
    {
      given: { release: '2026.1', pre_migration_saves: 'from_cinder' },
      violates: { ['a guest is not told that its volume has grown']: 83 },
      reason: 'if pre_live_migration saves the answer of Cinder, the bug is back',
    },
  ],
});
