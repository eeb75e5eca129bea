import { cloud } from '../model/cloud.ts';
import { detachOf } from '../model/nova/requests.ts';
import { S11 } from '../model/properties/always.ts';
import { Q1, Q2b, Q4, Q8, Q9 } from '../model/properties/at-rest.ts';
import { situation } from '../model/situation.ts';

export const bug1935057 = situation({
  name: 'bug-1935057',
  about:
    'R16: a volume is detached, and its export cannot be removed. cinder-volume marked the row error_detaching and left it, ' +
    'cinder-api made the volume available over it. Since cinder 20 the error is logged and the row is deleted.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: (_point, release) => ({ detach: detachOf(release, 's1', 'v1') }),
  faults: () => ({ 'export-error': 1 }),
  reachable: [
    cloud.reachable(
      'the volume is detached and available',
      ({ bdms, volumes }) =>
        bdms['bdm-s1-v1'] === undefined && volumes['v1']?.status === 'available',
    ),
  ],
  expect: [
    {
      given: { release: 'xena' },
      violates: { [S11.name]: 26, [Q2b.name]: 29, [Q8.name]: 29 },
      because: 'bug 1935057: the row stays in error_detaching while the volume is available',
    },
    { given: { release: 'yoga' }, because: 'cinder 20: errors of remove_export are logged' },
    {
      given: { release: 'yoga', status_writers: 'both' },
      violates: { [S11.name]: 26, [Q2b.name]: 29, [Q8.name]: 29 },
      because: 'it is the one transaction of cinder-api that mends it',
    },
    {
      given: { release: 'newton' },
      violates: { [Q1.name]: 34, [Q2b.name]: 34, [Q4.name]: 34, [Q9.name]: 34 },
      because:
        'os-detach raised: row and status stay, and Nova has destroyed the BDM before (DOMAIN.md 3.2, LD7)',
    },
    { given: { release: '2026.1' }, because: 'as in yoga' },
  ],
});
