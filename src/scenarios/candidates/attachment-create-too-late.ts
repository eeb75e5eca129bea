import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import {
  allAgreeOnAttachments,
  everyAttachmentHasBdm,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const attachmentCreateTooLate = cloudScenario({
  name: 'attachment-create-too-late',
  about:
    'D17: the answer to attachment_create comes too late for a proxy. Nova does not send ' +
    'the request again and destroys the BDM. Cinder has created the attachment, and no BDM ' +
    'holds its id.',
  release: '2026.1',
  faults: () => ({ 'rest-504': 1 }),
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
  operations: () => ({ attach: attachVolume.start('s1', 'v1') }),
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
        [volumeStatusFitsAttachments.name]: 58,
        [everyAttachmentHasBdm.name]: 15,
        [allAgreeOnAttachments.name]: 58,
      },
      reason:
        'the model shows D17 on today’s master (everyAttachmentHasBdm). The other violations ' +
        'come from later requests of the same attach: Nova sends attachment_update again, and ' +
        'the first one ends late',
    },
  ],
});
