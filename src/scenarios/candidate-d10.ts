import { cloud } from '../model/cloud.ts';
import { cloudScenario } from '../model/cloud-scenario.ts';
import { liveMigrate } from '../model/nova/live-migration.ts';
import { S2, S4, S4b } from '../model/properties/always.ts';
import { Q1, Q2b, Q3, Q5, Q9 } from '../model/properties/at-rest.ts';

export const candidateD10 = cloudScenario({
  name: 'candidate-d10',
  about:
    'D10: the source of a live migration gives up waiting while the destination prepares. It takes for granted that the ' +
    'destination has cleaned up, and deletes the new attachment; the destination goes on.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: () => ({ migrate: liveMigrate.start('s1', 'h2') }),
  faults: () => ({ 'rpc-timeout': 1 }),
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
      given: { release: '2025.1' },
      violates: {
        [S2.name]: 60,
        [S4.name]: 32,
        [S4b.name]: 37,
        [Q1.name]: 47,
        [Q2b.name]: 47,
        [Q3.name]: 69,
        [Q5.name]: 78,
        [Q9.name]: 69,
      },
      because:
        'before nova 32 as well: the call that disconnects the destination comes before it has connected',
    },
    {
      given: { release: '2026.1' },
      violates: {
        [S2.name]: 49,
        [S4.name]: 21,
        [S4b.name]: 26,
        [Q1.name]: 36,
        [Q2b.name]: 36,
        [Q3.name]: 58,
        [Q5.name]: 67,
        [Q9.name]: 58,
      },
      because: 'the model shows D10 on today’s master',
    },
  ],
});
