import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { evacuate } from '../../model/nova/evacuate.ts';
import {
  guestReachesItsDisks,
  movingServerKeepsAttachment,
  noUnmapUnderDevice,
  secondAttachmentOnlyForMove,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  connectionsNameHostOfServer,
  everyAttachmentHasBdm,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const evacuatedTwice = cloudScenario({
  name: 'evacuated-twice',
  about:
    'D36: a server is evacuated twice at once. Since nova 26 an evacuation is accepted whatever goes on with the server, another ' +
    'evacuation included (bug 1978983). Both work at the same attachments, under no instance lock, and each sees the task state that ' +
    'it expects.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
    down: ['h1'],
    fenced: ['s1'],
  }),
  operations: () => ({
    evacuate1: evacuate.start('s1', 'h2'),
    evacuate2: evacuate.start('s1', 'h2'),
  }),
  reachable: [
    cloud.reachable(
      'the server is evacuated',
      ({ instances }) => instances['s1']?.host === 'h2' && instances['s1'].vm_state === 'active',
    ),
  ],
  expect: [
    {
      given: { release: 'yoga' },
      violates: {
        [noUnmapUnderDevice.name]: 74,
        [guestReachesItsDisks.name]: 74,
        [movingServerKeepsAttachment.name]: 77,
      },
      reason:
        'nova 25 refuses the second one, but between the two saves with which the first ends: the task state, then the host',
    },
    {
      given: { release: '2026.1' },
      violates: {
        [noUnmapUnderDevice.name]: 70,
        [guestReachesItsDisks.name]: 73,
        [movingServerKeepsAttachment.name]: 70,
        [secondAttachmentOnlyForMove.name]: 18,
        [volumeStatusFitsAttachments.name]: 77,
        [everyBdmHasAttachment.name]: 72,
        [everyAttachmentHasBdm.name]: 75,
        [connectionsNameHostOfServer.name]: 70,
        [noDeviceWithoutAttachment.name]: 77,
        [noMappingWithoutAttachment.name]: 66,
        [allAgreeOnAttachments.name]: 70,
      },
      reason: 'nova 26: the task state of the first is overwritten by the same one',
    },
    {
      given: { release: '2026.1', evacuated_tasks: 'none' },
      violates: {
        [noUnmapUnderDevice.name]: 74,
        [guestReachesItsDisks.name]: 74,
        [movingServerKeepsAttachment.name]: 77,
      },
      reason: 'it is this that lets the second one in at any time',
    },
  ],
});
