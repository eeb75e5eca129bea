import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1825882 = cloudScenario({
  name: 'bug-1825882',
  about:
    'A guest does not take the disk of a volume that is attached to it. Nova 18 and 19 ' +
    'swallowed the error of libvirt unless it was about padding. Then the volume is in use ' +
    'and connected to the host, but no disk of the guest. Nova 20 raises the error again.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
  operations: () => ({ attach: attachVolume.start('s1', 'v1') }),
  faults: () => ({ 'guest-refuses': 1 }),
  reachable: [
    cloud.reachable(
      'the volume is a disk of the server',
      ({ disks, volumes }) => disks['s1/v1'] !== undefined && volumes['v1']?.status === 'in-use',
    ),
  ],
  expect: [
    { given: { release: 'queens' }, reason: 'Nova rolls the attach back' },
    {
      given: { release: 'rocky' },
      violates: { [attachedVolumeIsWorkingDisk.name]: 44, [allAgreeOnAttachments.name]: 44 },
      reason: 'bug 1825882: the volume is in use, and no disk',
    },
    {
      given: { release: 'stein' },
      violates: { [attachedVolumeIsWorkingDisk.name]: 44, [allAgreeOnAttachments.name]: 44 },
      reason: 'stein swallows the error too',
    },
    { given: { release: 'train' }, reason: 'nova 20 rolls the attach back' },
    {
      given: { release: 'train', failed_guest_attach: 'swallowed' },
      violates: { [attachedVolumeIsWorkingDisk.name]: 44, [allAgreeOnAttachments.name]: 44 },
      reason: 'if Nova swallows the error, the bug is back',
    },
    { given: { release: '2026.1' }, reason: 'Nova rolls the attach back, as in train' },
  ],
});
