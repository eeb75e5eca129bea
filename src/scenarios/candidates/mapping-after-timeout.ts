import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import {
  allAgreeOnAttachments,
  everyBdmHasAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const mappingAfterTimeout = cloudScenario({
  name: 'mapping-after-timeout',
  about:
    'D16: the call that reserves the device name times out before nova-compute has taken ' +
    'it. Nova looks for a BDM, finds none, and nova-compute inserts it afterwards.',
  release: '2026.1',
  faults: () => ({ 'rpc-timeout': 1 }),
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
        [everyBdmHasAttachment.name]: 10,
        [allAgreeOnAttachments.name]: 10,
      },
      reason:
        'the model shows D16 on today’s master: a BDM without attachment stays. The status ' +
        '(volumeStatusFitsAttachments) comes from another time-out of the same attach, see ' +
        'late-attachment-update',
    },
    {
      given: { release: 'yoga' },
      violates: {
        [everyBdmHasAttachment.name]: 10,
        [noMappingWithoutAttachment.name]: 40,
        [allAgreeOnAttachments.name]: 10,
      },
      reason:
        'yoga is the first release that looks for the BDM. The mapping ' +
        '(noMappingWithoutAttachment) is D6 by Nova itself: see late-attachment-update',
    },
  ],
});
