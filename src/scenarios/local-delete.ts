import { cloud } from '../model/cloud.ts';
import { deleteServer } from '../model/nova/delete.ts';
import { attachOf } from '../model/nova/requests.ts';
import { startCompute } from '../model/operator.ts';
import { S1, S2, S5, S6, S7 } from '../model/properties/always.ts';
import { Q4, Q5 } from '../model/properties/at-rest.ts';
import { situation } from '../model/situation.ts';

export const localDelete = situation({
  name: 'local-delete',
  about:
    'A server is deleted while its nova-compute is down. nova-api unmaps the volume under the guest that still runs; when ' +
    'nova-compute is back, another server attaches a volume, and the periodic clean-up finds the guest (DOMAIN.md 8.9).',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: {}, v2: {} },
    attached: [['s1', 'v1']],
    down: ['h1'],
  }),
  operations: (_point, release) => ({
    delete: deleteServer.start('s1'),
    operator: startCompute.start('h1'),
    attach: attachOf(release, 's2', 'v2'),
  }),
  reachable: [
    cloud.reachable(
      'the server and its guest are gone, and the other server has its volume',
      ({ instances, disks, volumes }) =>
        instances['s1'] === undefined &&
        disks['s1/v1'] === undefined &&
        volumes['v2']?.status === 'in-use',
    ),
  ],
  expect: [
    {
      given: { release: 'pike' },
      violates: {
        [S1.name]: 28,
        [S2.name]: 8,
        [S5.name]: 35,
        [S6.name]: 58,
        [S7.name]: 8,
        [Q4.name]: 75,
        [Q5.name]: 72,
      },
      because:
        'the same the old way; and a login finds the LUN again that is about to be unmapped (R2)',
    },
    {
      given: { release: '2026.1' },
      violates: {
        [S1.name]: 36,
        [S2.name]: 10,
        [S5.name]: 47,
        [S6.name]: 62,
        [S7.name]: 10,
        [Q4.name]: 77,
      },
      because:
        'inherent to the design: the guest’s disk turns into the other server’s volume, and the clean-up takes the device of ' +
        'that volume away because it has the same LUN number',
    },
  ],
});
