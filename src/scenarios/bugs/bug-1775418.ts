import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { swapVolume } from '../../model/nova/swap-volume.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const bug1775418 = cloudScenario({
  name: 'bug-1775418',
  about:
    'R43: a volume that two servers write is replaced for one of them. What the other writes from then on is not in the copy. Nova 20 ' +
    'counts the servers and refuses.',
  release: '2026.1',
  parameters: {
    asks: choice(['user', 'cinder'], { about: 'who has the volume replaced' }),
  },
  entities: ({ asks }) => ({
    servers: { s1: 'h1', s2: 'h2' },
    volumes: {
      v1: { multiattach: true, migrating: asks === 'cinder' },
      v2: { multiattach: true, migrating: asks === 'cinder' },
    },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v1'],
    ],
  }),
  operations: () => ({ swap: swapVolume.start('s1', 'v1', 'v2') }),
  reachable: [
    cloud.never(
      'a server gets a copy of a volume that another one goes on writing',
      ({ disks }) => {
        return disks['s1/v2'] !== undefined && disks['s2/v1'] !== undefined;
      },
    ),
    cloud.reachable(
      'the request has come to an end with the volume in use',
      ({ volumes }, processes) =>
        volumes['v1']?.status === 'in-use' && processes['swap']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { release: 'stein', asks: 'user' },
      violates: { ['a server gets a copy of a volume that another one goes on writing']: 33 },
      reason: 'bug 1775418: no step counts',
    },
    { given: { release: 'train', asks: 'user' }, reason: 'nova 20: two attachments are refused' },
    {
      given: { release: 'train', asks: 'user', swap_counts: 'no' },
      violates: { ['a server gets a copy of a volume that another one goes on writing']: 33 },
      reason: 'it is this count that mends it',
    },
    {
      given: { release: '2026.1', asks: 'cinder' },
      reason: 'Cinder is refused as well: the count comes before anything is done',
    },
  ],
});
