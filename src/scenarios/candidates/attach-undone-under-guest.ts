import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { guestReachesItsDisks, noDeviceRemovedUnderGuest } from '../../model/properties/always.ts';
import { allAgreeOnAttachments } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const attachUndoneUnderGuest = cloudScenario({
  name: 'attach-undone-under-guest',
  about:
    'D38: nova-compute gives a guest its disk and cannot save how the server calls its devices. The driver disconnects the volume from ' +
    'the host then, and no step takes the disk from the guest.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
  operations: () => ({ attach: attachVolume.start('s1', 'v1') }),
  faults: () => ({ 'metadata-error': 1 }),
  reachable: [
    cloud.reachable('the volume is attached', ({ volumes }) => volumes['v1']?.status === 'in-use'),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: {
        [noDeviceRemovedUnderGuest.name]: 41,
        [guestReachesItsDisks.name]: 49,
        [allAgreeOnAttachments.name]: 59,
      },
      reason: 'the handler of the driver is that of a guest that has not taken the disk',
    },
  ],
});
