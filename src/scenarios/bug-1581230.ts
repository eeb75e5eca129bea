import { cloud } from '../model/cloud.ts';
import { attachOf } from '../model/nova/requests.ts';
import { S5 } from '../model/properties/always.ts';
import { Q1, Q5, Q7, Q9 } from '../model/properties/at-rest.ts';
import { situation } from '../model/situation.ts';

export const bug1581230 = situation({
  name: 'bug-1581230',
  about:
    'R7: two servers ask for the same free volume. Each request read the status and then wrote it, so that both went on. ' +
    'Cinder 8 compares and swaps; that is older than any preset, so the switch reserve stands for it.',
  release: 'newton',
  entities: () => ({
    servers: { s1: 'h1', s2: 'h2' },
    volumes: { v1: {} },
  }),
  operations: (_point, release) => ({
    attach1: attachOf(release, 's1', 'v1'),
    attach2: attachOf(release, 's2', 'v1'),
  }),
  reachable: [
    cloud.reachable(
      'the volume is a disk of one guest',
      ({ volumes, disks }) => volumes['v1']?.status === 'in-use' && Object.keys(disks).length === 1,
    ),
  ],
  expect: [
    {
      given: { reserve: 'check_then_act' },
      violates: {
        [S5.name]: 54,
        [Q1.name]: 68,
        [Q5.name]: 68,
        [Q7.name]: 68,
        [Q9.name]: 68,
      },
      because: 'bugs 1581230 and 1238093: both requests find the volume available',
    },
    { given: { release: 'newton' }, because: 'cinder 8: the second reserve is refused' },
    { given: { release: '2026.1' }, because: 'attachment_create reserves by compare-and-swap' },
  ],
});
