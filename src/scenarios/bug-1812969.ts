import { cloud } from '../model/cloud.ts';
import { attachVolume } from '../model/nova/attach.ts';
import { Q2, Q9 } from '../model/properties/at-rest.ts';
import { situation } from '../model/situation.ts';

export const bug1812969 = situation({
  name: 'bug-1812969',
  about:
    'R23: an attach fails on the host. The block device layer deletes the attachment, and the manager deletes it again; the 404 ' +
    'ended the clean-up before the BDM was destroyed. Since nova 19 it is ignored.',
  release: '2026.1',
  faults: () => ({ 'brick-error': 1 }),
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
  operations: () => ({ attach: attachVolume.start('s1', 'v1') }),
  reachable: [
    cloud.reachable(
      'the volume is in use by the server',
      ({ disks, volumes }) => disks['s1/v1'] !== undefined && volumes['v1']?.status === 'in-use',
    ),
  ],
  expect: [
    {
      given: { release: 'rocky' },
      violates: { [Q2.name]: 53, [Q9.name]: 53 },
      because: 'bug 1812969: the BDM stays, of an attachment that is gone',
    },
    { given: { release: 'stein' }, because: 'nova 19: the 404 of the second deletion is ignored' },
    {
      given: { release: 'stein', rollback_ignores_not_found: 'no' },
      violates: { [Q2.name]: 53, [Q9.name]: 53 },
      because: 'it is this that mends it',
    },
    { given: { release: '2026.1' }, because: 'as in stein' },
  ],
});
