import { attachmentDelete } from '../model/cinder/attachment-delete.ts';
import { cloud } from '../model/cloud.ts';
import { cloudScenario } from '../model/cloud-scenario.ts';
import { detachOf } from '../model/nova/requests.ts';
import { S2, S7, S11, S13 } from '../model/properties/always.ts';
import { Q1, Q2, Q2b, Q4, Q5, Q8, Q9 } from '../model/properties/at-rest.ts';
import { choice } from '../spec/parameters.ts';

export const bug1935057 = cloudScenario({
  name: 'bug-1935057',
  about:
    'R16: a volume is detached, and its export cannot be removed. cinder-volume marked the row error_detaching and left it, ' +
    'cinder-api made the volume available over it. Since cinder 20 the error is logged and the row is deleted.',
  release: '2026.1',
  parameters: {
    also: choice(['nobody', 'user'], { about: 'whether a user deletes the attachment himself' }),
  },
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: ({ also }, release) => ({
    detach: detachOf(release, 's1', 'v1'),
    ...(also === 'user' ? { remove: attachmentDelete.start('attachment-s1-v1', 'user') } : {}),
  }),
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
        'os-detach raised: row and status stay, and Nova has destroyed the BDM before (docs/openstack.md 3.2, LD7)',
    },
    { given: { release: '2026.1' }, because: 'as in yoga' },
    {
      given: { also: 'user', release: 'xena' },
      violates: {
        [S2.name]: 6,
        [S7.name]: 6,
        [S11.name]: 11,
        [S13.name]: 2,
        [Q2.name]: 15,
        [Q5.name]: 15,
        [Q8.name]: 15,
        [Q9.name]: 15,
      },
      because:
        'a user deletes what Nova uses (bug 2004555), before, after or during the detach; a row that is gone is not marked',
    },
    { given: { also: 'user' }, because: 'the user is refused' },
  ],
});
