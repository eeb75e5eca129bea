import { cloud } from '../model/cloud.ts';
import { cloudScenario } from '../model/cloud-scenario.ts';
import { detachVolume } from '../model/nova/detach.ts';
import { connectedAttachmentIsMapped } from '../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  volumeStatusFitsAttachments,
} from '../model/properties/at-rest.ts';

export const bug1834659 = cloudScenario({
  name: 'bug-1834659',
  about:
    'R22: cinder-volume takes too long to delete an attachment, and Nova is told 500 while it goes on. Nova gave the detach up; ' +
    'since nova 29 it asks up to five times.',
  release: '2026.1',
  faults: () => ({ 'rpc-timeout': 1 }),
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} }, attached: [['s1', 'v1']] }),
  operations: () => ({ detach: detachVolume.start('s1', 'v1') }),
  reachable: [
    cloud.reachable(
      'the volume is detached and available',
      ({ bdms, volumes }) =>
        bdms['bdm-s1-v1'] === undefined && volumes['v1']?.status === 'available',
    ),
  ],
  expect: [
    {
      given: { release: '2023.2' },
      violates: {
        [connectedAttachmentIsMapped.name]: 25,
        [volumeStatusFitsAttachments.name]: 26,
        [attachedVolumeIsWorkingDisk.name]: 26,
        [allAgreeOnAttachments.name]: 26,
      },
      reason:
        'bugs 1978444, 1970642 (1834659 is the same of terminate_connection): the mapping goes, the row and the BDM stay',
    },
    {
      given: { release: '2024.1' },
      reason: 'nova 29: the second attempt ends what the first began',
    },
    {
      given: { release: '2024.1', rest_attempts: 1 },
      violates: {
        [connectedAttachmentIsMapped.name]: 25,
        [volumeStatusFitsAttachments.name]: 26,
        [attachedVolumeIsWorkingDisk.name]: 26,
        [allAgreeOnAttachments.name]: 26,
      },
      reason: 'it is the second attempt that mends it',
    },
    { given: { release: '2026.1' }, reason: 'as in 2024.1' },
  ],
});
