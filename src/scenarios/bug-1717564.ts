import { cloud } from '../model/cloud.ts';
import { attachVolume } from '../model/nova/attach.ts';
import { resizeServer } from '../model/nova/cold-migrate.ts';
import { S3, S4, S4b, S5 } from '../model/properties/always.ts';
import { Q1, Q2 } from '../model/properties/at-rest.ts';
import { situation } from '../model/situation.ts';

export const bug1717564 = situation({
  name: 'bug-1717564',
  about:
    'R13: a server is moved while it is off, and its volume is attached to another server. If the move deletes the attachment ' +
    'before it makes the next one, the volume is free in between and the server loses it. Queens makes the next one first.',
  release: 'queens',
  entities: () => ({
    servers: { s1: 'h1', s2: 'h3' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({
    resize: resizeServer.start('s1', 'h2'),
    attach: attachVolume.start('s2', 'v1'),
  }),
  reachable: [
    cloud.reachable(
      'the server has moved with its volume',
      ({ instances, disks }) =>
        instances['s1']?.vm_state === 'resized' && disks['s1/v1']?.startsWith('h2/') === true,
    ),
  ],
  expect: [
    { given: { release: 'queens' }, because: 'Queens: the volume is never free while it is moved' },
    { given: { release: '2026.1' }, because: 'as in Queens' },
    {
      given: { release: 'queens', move_attachments: 'delete_first' },
      violates: {
        [S3.name]: 39,
        [S4.name]: 39,
        [S4b.name]: 68,
        [S5.name]: 96,
        [Q1.name]: 73,
        [Q2.name]: 73,
      },
      because:
        'bug 1717564: the other server gets the volume in between. The order was mended before the flow first shipped',
    },
    {
      given: { release: '2026.1', move_attachments: 'delete_first', bdm_check: 'instance' },
      violates: { [Q2.name]: 71 },
      because:
        'the same with the atomic status of cinder 20: the server loses the volume. Servers of two cells, since nova 23 looks for a BDM in the cell',
    },
  ],
});
