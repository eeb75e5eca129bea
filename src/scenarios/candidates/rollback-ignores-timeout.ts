import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import { allAgreeOnAttachments } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const rollbackIgnoresTimeout = cloudScenario({
  name: 'rollback-ignores-timeout',
  about:
    'D11: a live migration is rolled back, and the call that disconnects the destination ' +
    'times out. Nova ignores the time-out and deletes the attachment while the destination ' +
    'still disconnects.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: () => ({ migrate: liveMigrate.start('s1', 'h2') }),
  faults: () => ({ 'migration-error': 1, 'compute-timeout': 1 }),
  reachable: [
    cloud.reachable(
      'the migration fails and the server goes on where it is',
      ({ migrations, instances }) =>
        migrations['migration-migrate']?.status === 'failed' &&
        instances['s1']?.host === 'h1' &&
        instances['s1'].task_state === null,
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: { [noUnmapUnderDevice.name]: 66, [allAgreeOnAttachments.name]: 78 },
      reason:
        'the model shows D11 on today’s master: the device lies over an unmapped LUN until the ' +
        'destination has disconnected it. Since nova 31 the time-out of the last call of a ' +
        'migration sets its server to error while the guest runs (allAgreeOnAttachments)',
    },
  ],
});
