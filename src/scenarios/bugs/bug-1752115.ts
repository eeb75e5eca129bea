import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { noDeviceRemovedUnderGuest } from '../../model/properties/always.ts';
import { attachedVolumeIsWorkingDisk } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1752115 = cloudScenario({
  name: 'bug-1752115',
  about:
    'R5: two servers of one host share a multiattach volume, and a user detaches it from ' +
    'one of them: the other loses its device. Nova 18 asks Cinder which servers have the ' +
    'volume, and keeps the device for those of its host.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: { multiattach: true } },
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
      given: { release: 'queens' },
      violates: { [noDeviceRemovedUnderGuest.name]: 16, [attachedVolumeIsWorkingDisk.name]: 32 },
      reason: 'bug 1752115: no step counts the servers, and the two share one device',
    },
    { given: { release: 'rocky' }, reason: 'nova 18 counts the other server' },
    {
      given: { release: '2026.1', counting: 'none' },
      violates: { [noDeviceRemovedUnderGuest.name]: 16, [attachedVolumeIsWorkingDisk.name]: 30 },
      reason: 'without the count the bug is back',
    },
    { given: { release: '2026.1' }, reason: 'Nova counts the other server' },
  ],
});
