import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { everyAttachmentHasBdm } from '../../model/properties/at-rest.ts';
import {
  attachCompletesOrRollsBack,
  attachingVolumeSettles,
} from '../../model/properties/liveness.ts';
import { cloud } from '../../model/world/cloud.ts';

export const conductorLeavesAttachment = cloudScenario({
  name: 'conductor-leaves-attachment',
  about:
    'D4: nova-conductor fails after it has created the attachment. It destroys the BDM and ' +
    'leaves the attachment, so the volume stays reserved.',
  release: '2026.1',
  faults: () => ({ 'conductor-error': 1 }),
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
  operations: () => ({ attach: attachVolume.start('s1', 'v1') }),
  liveness: 'services',
  reachable: [
    cloud.reachable(
      'the volume is in use by the server',
      ({ disks, volumes }) => disks['s1/v1'] !== undefined && volumes['v1']?.status === 'in-use',
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: {
        [everyAttachmentHasBdm.name]: 15,
        [attachingVolumeSettles.name]: 15,
        [attachCompletesOrRollsBack.name]: 15,
      },
      reason: 'the model shows D4 on today’s master: no BDM refers to the attachment',
    },
    {
      given: { release: '2025.2' },
      violates: {
        [everyAttachmentHasBdm.name]: 15,
        [attachingVolumeSettles.name]: 15,
        [attachCompletesOrRollsBack.name]: 15,
      },
      reason: 'nova-api leaves the attachment too where it prepares the attach',
    },
  ],
});
