import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import {
  guestReachesItsDisks,
  noDeviceRemovedUnderGuest,
  noUnmapUnderDevice,
  writtenByOneGuest,
} from '../../model/properties/always.ts';
import {
  attachedVolumeIsWorkingDisk,
  noDeviceWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const bug1524989 = cloudScenario({
  name: 'bug-1524989',
  about:
    'R47: two volumes of a ScaleIO pool are attached to two servers of one host at the same ' +
    'time. The connector of os-brick is one object and keeps the volume that it works on in ' +
    'itself, so one request finds the device of the other. A fix before Newton puts a lock ' +
    'around connect and disconnect.',
  release: '2026.1',
  // Cinder says false of every protocol but iSCSI and NVMe-oF, so Nova does not take L3.
  site: { shared_targets: 'false' },
  parameters: {
    guests: choice(['take', 'refuse'], { about: 'whether one guest refuses its disk' }),
  },
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: { target: 'pool' }, v2: { target: 'pool' } },
  }),
  operations: () => ({
    attach1: attachVolume.start('s1', 'v1'),
    attach2: attachVolume.start('s2', 'v2'),
  }),
  faults: ({ guests }) => ({ 'guest-refuses': guests === 'refuse' ? 1 : 0 }),
  reachable: [
    cloud.reachable(
      'both guests have a disk over a device of its own',
      ({ disks }) =>
        disks['s1/v1'] !== undefined &&
        disks['s2/v2'] !== undefined &&
        disks['s1/v1'] !== disks['s2/v2'],
    ),
  ],
  expect: [
    {
      given: { release: 'queens', sdc_lock: 'none' },
      violates: {
        [writtenByOneGuest.name]: 70,
        [guestReachesItsDisks.name]: 67,
        [attachedVolumeIsWorkingDisk.name]: 84,
      },
      reason: 'bug 1524989: one request maps and finds the volume that the other has just named',
    },
    { given: { release: 'queens' }, reason: 'os-brick has the lock since before Newton' },
    { given: { release: '2026.1' }, reason: 'one request connects after the other' },
    {
      given: { release: '2026.1', sdc_lock: 'none' },
      violates: {
        [writtenByOneGuest.name]: 70,
        [guestReachesItsDisks.name]: 67,
        [attachedVolumeIsWorkingDisk.name]: 84,
      },
      reason: 'without this lock the bug is back; L1 differs for each server and does not help',
    },
    {
      given: { guests: 'refuse', release: '2026.1' },
      reason: 'a disconnect takes the same lock',
    },
    {
      given: { guests: 'refuse', release: '2026.1', sdc_lock: 'none' },
      violates: {
        [noUnmapUnderDevice.name]: 78,
        [writtenByOneGuest.name]: 70,
        [noDeviceRemovedUnderGuest.name]: 74,
        [guestReachesItsDisks.name]: 67,
        [attachedVolumeIsWorkingDisk.name]: 84,
        [noDeviceWithoutAttachment.name]: 98,
      },
      reason:
        'a disconnect removes the volume of the other request from the host, and leaves its own',
    },
  ],
});
