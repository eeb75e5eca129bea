import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { guestReachesItsDisks } from '../../model/properties/always.ts';
import { attachedVolumeIsWorkingDisk } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

const hasMap = cloud.never(
  'a guest uses a single path though its host has multipath',
  ({ disks, maps }) => Object.values(disks).some((device) => maps[device] === undefined),
);

export const bug1924652 = cloudScenario({
  name: 'bug-1924652',
  about:
    'R46: a user detaches a volume and soon attaches it to another server of the host. ' +
    'multipathd has not forgotten the old path yet, so it makes no map of the new one, ' +
    'which has the same name. os-brick of Xena tells multipathd to forget the path before ' +
    'it removes the device.',
  release: '2026.1',
  site: { multipath: 'yes' },
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({
    detach: detachVolume.start('s1', 'v1'),
    attach: attachVolume.start('s2', 'v1'),
  }),
  reachable: [
    cloud.reachable(
      'the volume is a disk of the other guest, by a map',
      ({ disks, maps }) => disks['s2/v1'] !== undefined && maps['h1/array/0'] === 'usable',
    ),
    hasMap,
  ],
  expect: [
    {
      given: { release: 'wallaby' },
      violates: { [hasMap.name]: 67 },
      reason: 'bug 1924652: multipathd still has the path of before',
    },
    {
      given: { release: 'xena' },
      violates: { [guestReachesItsDisks.name]: 68, [attachedVolumeIsWorkingDisk.name]: 76 },
      reason: 'multipathd makes the map now; the late event that takes its path is bug 2136842',
    },
    {
      given: { release: '2026.1' },
      reason: 'multipathd has forgotten the path before the detach goes on',
    },
    {
      given: { release: '2026.1', path_removal: 'uevent' },
      violates: { [hasMap.name]: 65 },
      reason: 'if os-brick does not tell multipathd, the bug is back',
    },
  ],
});
