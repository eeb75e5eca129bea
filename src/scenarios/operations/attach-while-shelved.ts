import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import {
  attachVolumeShelvedOffloaded,
  detachVolumeShelvedOffloaded,
} from '../../model/nova/shelved.ts';
import {
  everyAttachmentHasBdm,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import {
  attachCompletesOrRollsBack,
  attachingVolumeSettles,
} from '../../model/properties/liveness.ts';
import { cloud } from '../../model/world/cloud.ts';

export const attachWhileShelved = cloudScenario({
  name: 'attach-while-shelved',
  about:
    'A user attaches a volume to a server that is on no host, and detaches it during the ' +
    'attach. nova-api does both by itself, under no lock, and does not ask for ' +
    'begin_detaching (docs/openstack.md 8.6).',
  release: '2026.1',
  entities: () => ({ servers: { s1: null }, volumes: { v1: {} } }),
  operations: () => ({
    attach: attachVolumeShelvedOffloaded.start('s1', 'v1'),
    detach: detachVolumeShelvedOffloaded.start('s1', 'v1'),
  }),
  liveness: 'services',
  reachable: [
    cloud.reachable('the volume is in use', ({ volumes }) => volumes['v1']?.status === 'in-use'),
    cloud.reachable(
      'the volume is attached, detached and free',
      ({ bdms, volumes }, processes) =>
        Object.values(processes).every((process) => process?.at === 'done') &&
        processes['attach']?.vars['attachment'] !== '' &&
        volumes['v1']?.status === 'available' &&
        Object.keys(bdms).length === 0,
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: {
        [volumeStatusFitsAttachments.name]: 20,
        [everyAttachmentHasBdm.name]: 14,
        [attachingVolumeSettles.name]: 14,
        [attachCompletesOrRollsBack.name]: 14,
      },
      reason:
        'the BDM may go before Nova knows the id of the attachment, and attachment_complete ' +
        'writes in-use after the row is gone',
    },
    {
      given: { release: 'queens' },
      violates: {
        [volumeStatusFitsAttachments.name]: 22,
        [everyAttachmentHasBdm.name]: 14,
        [attachingVolumeSettles.name]: 14,
        [attachCompletesOrRollsBack.name]: 14,
      },
      reason: 'every release with this flow has the race',
    },
  ],
});
