import { cloud } from '../model/cloud.ts';
import { deleteServer } from '../model/nova/delete.ts';
import { swapVolume } from '../model/nova/swap-volume.ts';
import { Q2b } from '../model/properties/at-rest.ts';
import { situation } from '../model/situation.ts';

export const swapAndDelete = situation({
  name: 'swap-and-delete',
  about:
    'A server is deleted while nova-compute replaces its volume by another. Since nova 23 the two wait for each other, but a deletion ' +
    'goes by the BDMs that nova-api read before it waited.',
  release: '2026.1',
  // Since nova 32 only Cinder may ask, and what goes wrong at the end of its migrations is candidate D31.
  site: { swap_for: 'anybody' },
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {}, v2: {} },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({
    swap: swapVolume.start('s1', 'v1', 'v2'),
    delete1: deleteServer.start('s1'),
  }),
  reachable: [
    cloud.reachable(
      'the server is gone and both volumes are free',
      ({ instances, volumes }) =>
        instances['s1'] === undefined &&
        volumes['v1']?.status === 'available' &&
        volumes['v2']?.status === 'available',
    ),
  ],
  expect: [
    {
      given: { release: 'victoria' },
      violates: { [Q2b.name]: 76 },
      because: 'the deletion does not wait, and knows of the first volume only',
    },
    {
      given: { release: 'wallaby' },
      violates: { [Q2b.name]: 78 },
      because:
        'it waits, but knows no more: the attachment of the second volume outlives the server',
    },
    {
      given: { release: '2026.1' },
      violates: { [Q2b.name]: 76 },
      because: 'as in nova 23; no bug report is known',
    },
    {
      given: { release: '2026.1', delete_bdms: 'under_lock' },
      because: 'reading the BDMs under the lock would mend it; no release does that',
    },
    {
      given: { release: '2026.1', delete_bdms: 'under_lock', L1_swap: 'none' },
      violates: { [Q2b.name]: 76 },
      because: 'and it takes both to hold the lock',
    },
  ],
});
