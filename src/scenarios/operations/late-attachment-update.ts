import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import {
  allAgreeOnAttachments,
  everyBdmHasAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const lateAttachmentUpdate = cloudScenario({
  name: 'late-attachment-update',
  about:
    'The first attempt of attachment_update times out, Nova repeats it, and the attach goes ' +
    'on with the second. cinder-volume ends the first one after attachment_complete and ' +
    'writes `attaching` over `attached`. Found by the model.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
  operations: () => ({ attach: attachVolume.start('s1', 'v1') }),
  faults: () => ({ 'rpc-timeout': 1 }),
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
        [everyBdmHasAttachment.name]: 10,
        [allAgreeOnAttachments.name]: 10,
      },
      reason:
        'the row stays in attaching, so neither detach nor count sees the server ' +
        '(volumeStatusFitsAttachments). The BDM (allAgreeOnAttachments) comes from the time-out ' +
        'of an earlier call, see mapping-after-timeout',
    },
    {
      given: { release: '2023.2' },
      violates: {
        [everyBdmHasAttachment.name]: 10,
        [noMappingWithoutAttachment.name]: 40,
        [allAgreeOnAttachments.name]: 10,
      },
      reason:
        'with one attempt Nova deletes the attachment while cinder-volume is mapping the volume ' +
        '(as in D6)',
    },
  ],
});
