import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { guestReachesItsDisks, noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  everyAttachmentHasBdm,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const timeoutDestroysBdm = cloudScenario({
  name: 'timeout-destroys-bdm',
  about:
    'Two requests attach the same volume to the same server at once. The second waits for ' +
    'the instance lock until its call times out, looks for its BDM by server and volume, ' +
    'and destroys that of the first. Found by the model.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
  operations: () => ({
    attach1: attachVolume.start('s1', 'v1'),
    attach2: attachVolume.start('s1', 'v1'),
  }),
  faults: () => ({ 'rpc-timeout': 1 }),
  reachable: [
    cloud.reachable(
      'one of the requests attaches the volume, and nothing else is left',
      ({ attachments, bdms, disks, volumes }) =>
        Object.keys(attachments).length === 1 &&
        Object.keys(bdms).length === 1 &&
        disks['s1/v1'] !== undefined &&
        volumes['v1']?.status === 'in-use',
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: {
        [noUnmapUnderDevice.name]: 53,
        [guestReachesItsDisks.name]: 53,
        [volumeStatusFitsAttachments.name]: 60,
        [everyBdmHasAttachment.name]: 12,
        [everyAttachmentHasBdm.name]: 25,
        [noDeviceWithoutAttachment.name]: 61,
        [allAgreeOnAttachments.name]: 12,
      },
      reason:
        'the first request loses its BDM: its attachment stays (everyAttachmentHasBdm), or ' +
        'Cinder deletes it under the running guest (noUnmapUnderDevice, guestReachesItsDisks)',
    },
    {
      given: { release: '2026.1', bdm_on_timeout: 'kept' },
      violates: {
        [volumeStatusFitsAttachments.name]: 60,
        [everyBdmHasAttachment.name]: 11,
        [allAgreeOnAttachments.name]: 11,
      },
      reason: 'without the search only bug 1960401 and late-attachment-update remain',
    },
  ],
});
