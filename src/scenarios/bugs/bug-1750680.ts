import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { volumeStatusFitsAttachments } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const bug1750680 = cloudScenario({
  name: 'bug-1750680',
  about:
    'R37: a guest does not release a disk. Some updates of nova 16 and 17 had lost the call ' +
    'that rolls the volume back to in-use. The first versions of these series have it, so ' +
    'the switch failed_detach stands for those updates.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({ detach: detachVolume.start('s1', 'v1') }),
  faults: () => ({ 'guest-refuses': 1 }),
  reachable: [
    cloud.reachable(
      'the guest keeps the disk, and no request is in flight',
      ({ disks }, processes) =>
        disks['s1/v1'] !== undefined &&
        Object.values(processes).every((process) => process?.at === 'done'),
    ),
    cloud.reachable('the volume is free', ({ volumes }) => volumes['v1']?.status === 'available'),
  ],
  expect: [
    {
      given: { release: 'queens', failed_detach: 'raise' },
      violates: { [volumeStatusFitsAttachments.name]: 14 },
      reason: 'bug 1750680: the volume stays detaching, and Cinder accepts no further detach',
    },
    { given: { release: 'queens' }, reason: 'roll_detaching puts the volume back' },
    { given: { release: '2026.1' }, reason: 'roll_detaching puts the volume back' },
  ],
});
