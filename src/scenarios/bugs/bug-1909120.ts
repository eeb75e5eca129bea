import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { startCompute } from '../../model/operator/operator.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  everyBdmHasAttachment,
  noSessionWithoutDevice,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import {
  detachCompletesOrRollsBack,
  detachingVolumeSettles,
} from '../../model/properties/liveness.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const bug1909120 = cloudScenario({
  name: 'bug-1909120',
  about:
    'R36: a user detaches a volume while the nova-compute of the server is down. No service ' +
    'takes the message, and the volume stays detaching. Nova 23 refuses the request, but ' +
    'only if it sees that the service is down.',
  release: '2026.1',
  parameters: {
    compute: choice(['down', 'returns', 'dies'], {
      about: 'whether nova-compute stays down, starts at some moment, or dies at some moment',
    }),
  },
  entities: ({ compute }) => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
    down: compute === 'dies' ? [] : ['h1'],
  }),
  operations: ({ compute }) => ({
    detach: detachVolume.start('s1', 'v1'),
    ...(compute === 'returns' ? { operator: startCompute.start('h1') } : {}),
  }),
  faults: ({ compute }) => (compute === 'dies' ? { 'compute-down': 1 } : {}),
  liveness: ({ compute }) => (compute === 'returns' ? 'operators' : 'services'),
  reachable: [
    cloud.reachable(
      'Nova answers the request while the guest has the volume',
      ({ disks }, processes) => processes['detach']?.at === 'done' && disks['s1/v1'] !== undefined,
    ),
  ],
  expect: [
    {
      given: { compute: 'down', release: 'victoria' },
      violates: {
        [volumeStatusFitsAttachments.name]: 5,
        [detachingVolumeSettles.name]: 5,
        [detachCompletesOrRollsBack.name]: 5,
      },
      reason: 'bug 1909120: the volume is detaching, and the message waits for ever',
    },
    {
      given: { compute: 'down', release: 'wallaby' },
      reason: 'nova 23 refuses the request',
    },
    {
      given: { compute: 'down', release: 'wallaby', detach_needs_host: 'any' },
      violates: {
        [volumeStatusFitsAttachments.name]: 5,
        [detachingVolumeSettles.name]: 5,
        [detachCompletesOrRollsBack.name]: 5,
      },
      reason: 'without this check the bug is back',
    },
    {
      given: { compute: 'returns', release: 'victoria' },
      reason: 'the service takes the message when it is back',
    },
    {
      given: { compute: 'returns', release: '2026.1' },
      reason: 'the service takes the message when it is back',
    },
    {
      given: { compute: 'dies', release: '2026.1' },
      violates: {
        [volumeStatusFitsAttachments.name]: 6,
        [everyBdmHasAttachment.name]: 28,
        [attachedVolumeIsWorkingDisk.name]: 13,
        [noSessionWithoutDevice.name]: 17,
        [allAgreeOnAttachments.name]: 13,
        [detachingVolumeSettles.name]: 6,
        [detachCompletesOrRollsBack.name]: 6,
      },
      reason:
        'today the service may still die after the check, or during the detach ' +
        '(docs/openstack.md 9.2)',
    },
    { given: { compute: 'down', release: '2026.1' }, reason: 'Nova refuses the request' },
  ],
});
