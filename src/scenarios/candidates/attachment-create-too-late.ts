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
    'D17: attachment_create is answered too late for a proxy. Nova does not send it again and destroys the BDM; the attachment is ' +
    'there all the same, and no row holds its id.',
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
        'the model shows D17 on today’s master (everyAttachmentHasBdm). The others are later requests of the same attach: attachment_update ' +
        'is sent again, and the first one ends late',
    },
  ],
});
