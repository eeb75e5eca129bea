import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { connectedAttachmentIsMapped } from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  everyBdmHasAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';

import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const bug1834659 = cloudScenario({
  name: 'bug-1834659',
  about:
    'R22: cinder-volume takes too long to delete an attachment. Nova gets the answer 500, ' +
    'or 504 from a proxy, while the deletion goes on. Nova stopped the detach there. It ' +
    'asks up to five times on 500 since nova 25, and on 504 since nova 26.',
  release: '2026.1',
  parameters: {
    answer: choice(['500', '504'], { about: 'the answer that Nova gets' }),
  },
  faults: ({ answer }) => ({ [answer === '500' ? 'rpc-timeout' : 'rest-504']: 1 }),
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
      given: { release: 'xena', answer: '500' },
      violates: {
        [everyBdmHasAttachment.name]: 30,
        [allAgreeOnAttachments.name]: 30,
      },
      reason:
        'bug 1944043: the retries for bug 1834659 wait for an exception that the client does ' +
        'not raise. The attachment goes, and the BDM stays',
    },
    {
      given: { release: 'yoga', answer: '500' },
      reason: 'nova 25: the second attempt ends what the first began',
    },
    {
      given: { release: 'yoga', answer: '500', delete_repeated: 'never' },
      violates: {
        [connectedAttachmentIsMapped.name]: 28,
        [volumeStatusFitsAttachments.name]: 29,
        [attachedVolumeIsWorkingDisk.name]: 29,
        [allAgreeOnAttachments.name]: 29,
      },
      reason: 'without the second attempt the bug is back',
    },
    {
      given: { release: 'yoga', answer: '504' },
      violates: {
        [volumeStatusFitsAttachments.name]: 5,
        [everyBdmHasAttachment.name]: 30,
        [allAgreeOnAttachments.name]: 30,
      },
      reason:
        'bug 1978444: Nova does not repeat the request on the answer of a proxy. No release ' +
        'repeats begin_detaching, and the volume stays detaching',
    },
    {
      given: { release: 'zed', answer: '504' },
      violates: { [volumeStatusFitsAttachments.name]: 5 },
      reason: 'nova 26 repeats the request, and the second attempt ends what the first began',
    },
    {
      given: { release: '2026.1', answer: '500' },
      reason: 'the second attempt ends it, as in nova 25',
    },
    {
      given: { release: '2026.1', answer: '504' },
      violates: { [volumeStatusFitsAttachments.name]: 5 },
      reason: 'the second attempt ends it, as in nova 26',
    },
  ],
});
