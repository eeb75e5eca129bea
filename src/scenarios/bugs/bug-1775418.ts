import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { swapVolume } from '../../model/nova/swap-volume.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const bug1775418 = cloudScenario({
  name: 'bug-1775418',
  about:
    'R43: a user has a volume replaced for one of the two servers that write it. From then ' +
    'on the writes of the other server are missing in the copy. Nova 20 counts the servers ' +
    'and refuses.',
  release: '2026.1',
  parameters: {
    asks: choice(['user', 'cinder'], { about: 'who asks to replace the volume' }),
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
    cloud.never('a server gets a copy of a volume that another one still writes', ({ disks }) => {
      return disks['s1/v2'] !== undefined && disks['s2/v1'] !== undefined;
    }),
    cloud.reachable(
      'the request has ended and the volume is in use',
      ({ volumes }, processes) =>
        volumes['v1']?.status === 'in-use' && processes['swap']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { release: 'stein', asks: 'user' },
      violates: { ['a server gets a copy of a volume that another one still writes']: 33 },
      reason: 'bug 1775418: no step counts the servers',
    },
    { given: { release: 'train', asks: 'user' }, reason: 'nova 20 refuses two attachments' },
    {
      given: { release: 'train', asks: 'user', swap_counts: 'no' },
      violates: { ['a server gets a copy of a volume that another one still writes']: 33 },
      reason: 'without this count the bug is back',
    },
    {
      given: { release: '2026.1', asks: 'cinder' },
      reason: 'Nova also refuses Cinder: it counts before it does anything',
    },
  ],
});
