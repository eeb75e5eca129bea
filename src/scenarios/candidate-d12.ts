import { cloud } from '../model/cloud.ts';
import { liveMigrate } from '../model/nova/live-migration.ts';
import { S2, S6 } from '../model/properties/always.ts';
import { Q4, Q5 } from '../model/properties/at-rest.ts';
import { situation } from '../model/situation.ts';
import { choice } from '../spec/parameters.ts';

export const candidateD12 = situation({
  name: 'candidate-d12',
  about:
    'D12: a live migration of a server with a multiattach volume is rolled back. The destination counts the servers of ' +
    'instance.host, which is the source, before it disconnects: the wrong ones, whichever host the other server is on.',
  release: '2026.1',
  parameters: {
    other: choice(['destination', 'source'], {
      about: 'the host of another server that has the volume',
    }),
  },
  entities: ({ other }) => ({
    servers: { s1: 'h1', s2: other === 'destination' ? 'h2' : 'h1' },
    volumes: { v1: { multiattach: true } },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v1'],
    ],
  }),
  operations: () => ({ migrate: liveMigrate.start('s1', 'h2') }),
  faults: () => ({ 'migration-error': 1 }),
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
      given: { other: 'destination' },
      violates: { [S6.name]: 62, [Q4.name]: 83 },
      because:
        'one server of the source is counted, so that the device goes that the other server of the destination uses',
    },
    {
      given: { other: 'source' },
      violates: { [S2.name]: 71, [Q5.name]: 79 },
      because:
        'two servers of the source are counted, so that the destination keeps its device, which is then unmapped',
    },
  ],
});
