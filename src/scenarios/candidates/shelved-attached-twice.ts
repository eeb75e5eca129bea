import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolumeShelvedOffloaded } from '../../model/nova/shelved.ts';
import { oneBdmPerVolume, secondAttachmentOnlyForMove } from '../../model/properties/always.ts';
import { cloud } from '../../model/world/cloud.ts';

export const shelvedAttachedTwice = cloudScenario({
  name: 'shelved-attached-twice',
  about:
    'D34: two requests attach the same volume to one shelved server at once. Both find no ' +
    'block device mapping and insert one. The second look of bug 1937375 is in ' +
    'nova-compute, which a shelved server does not have.',
  release: '2026.1',
  entities: () => ({ servers: { s1: null }, volumes: { v1: {} } }),
  operations: () => ({
    attach1: attachVolumeShelvedOffloaded.start('s1', 'v1'),
    attach2: attachVolumeShelvedOffloaded.start('s1', 'v1'),
  }),
  reachable: [
    cloud.reachable(
      'the volume is attached',
      ({ volumes }) => volumes['v1']?.attach_status === 'attached',
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: { [secondAttachmentOnlyForMove.name]: 13, [oneBdmPerVolume.name]: 4 },
      reason: 'nova-api looks for a mapping and inserts one in two steps, under no lock',
    },
  ],
});
