import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import {
  connectedAttachmentIsMapped,
  guestReachesItsDisks,
  noUnmapUnderDevice,
} from '../../model/properties/always.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1786327 = cloudScenario({
  name: 'bug-1786327',
  about:
    'R18: two servers of one host share a multiattach volume of LVM, and a user detaches it ' +
    'from one of them. The driver removed the mapping of the host although the other server ' +
    'used it. Since cinder 14 it counts the attachments of the host.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: { multiattach: true, target: 'own' } },
    attached: [
      ['s1', 'v1'],
      ['s2', 'v1'],
    ],
  }),
  operations: () => ({ detach: detachVolume.start('s1', 'v1') }),
  reachable: [
    cloud.reachable(
      'the volume is detached from one server and in use by the other',
      ({ bdms, disks, volumes }) =>
        bdms['bdm-s1-v1'] === undefined &&
        disks['s2/v1'] !== undefined &&
        volumes['v1']?.status === 'in-use',
    ),
  ],
  expect: [
    {
      given: { release: 'rocky' },
      violates: {
        [noUnmapUnderDevice.name]: 24,
        [guestReachesItsDisks.name]: 24,
        [connectedAttachmentIsMapped.name]: 24,
      },
      reason: 'bug 1786327: the mapping of the host serves two attachments and ends with the first',
    },
    {
      given: { release: 'stein' },
      reason: 'cinder 14: LVM keeps the mapping for the other attachment',
    },
    { given: { release: '2026.1' }, reason: 'LVM keeps the mapping, as in cinder 14' },
    {
      given: { release: '2026.1', lvm_counts: 'no' },
      violates: {
        [noUnmapUnderDevice.name]: 24,
        [guestReachesItsDisks.name]: 24,
        [connectedAttachmentIsMapped.name]: 24,
      },
      reason: 'without this count the bug is back',
    },
  ],
});
