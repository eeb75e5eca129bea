import { attachmentDelete } from '../model/cinder/attachment-delete.ts';
import { cloud } from '../model/cloud.ts';
import { attachVolume } from '../model/nova/attach.ts';
import { S2, S7, S13 } from '../model/properties/always.ts';
import { Q1, Q2, Q5, Q7, Q9 } from '../model/properties/at-rest.ts';
import { situation } from '../model/situation.ts';

export const candidateD6 = situation({
  name: 'candidate-d6',
  about:
    'D6: an attachment is deleted while it is being connected. The row was still reserved when it was read, so cinder-volume is not ' +
    'asked to take back what it has just mapped.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
  operations: () => ({
    attach: attachVolume.start('s1', 'v1'),
    remove: attachmentDelete.start('attachment-attach', 'user'),
  }),
  reachable: [
    cloud.reachable(
      'the volume is in use by the server',
      ({ disks, volumes }) => disks['s1/v1'] !== undefined && volumes['v1']?.status === 'in-use',
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: {
        [S2.name]: 40,
        [S7.name]: 42,
        [S13.name]: 31,
        [Q1.name]: 46,
        [Q2.name]: 46,
        [Q5.name]: 46,
        [Q7.name]: 43,
        [Q9.name]: 46,
      },
      because:
        'the model shows D6 on today’s master (Q7): the mapping stays without an attachment. The others come from the gate of ' +
        'CVE-2023-2088, which lets a user delete an attachment that has no connection_info yet: what it then does may come ' +
        'after Nova has connected the volume',
    },
  ],
});
