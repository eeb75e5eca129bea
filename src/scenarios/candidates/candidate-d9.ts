import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import {
  connectedAttachmentIsMapped,
  guestReachesItsDisks,
  movingServerKeepsAttachment,
  noUnmapUnderDevice,
  secondAttachmentOnlyForMove,
  secondConnectionOnlyForMove,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  connectionsNameHostOfServer,
  everyAttachmentHasBdm,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const candidateD9 = cloudScenario({
  name: 'candidate-d9',
  about:
    'D9: an attach or a detach is in flight when a live migration of the same server begins. The steps of a migration take no ' +
    'instance lock, and nothing else keeps the two from writing the same BDM.',
  release: '2026.1',
  parameters: {
    request: choice(['detach', 'attach'], { about: 'what is in flight' }),
  },
  entities: ({ request }) => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: request === 'detach' ? [['s1', 'v1']] : [],
  }),
  operations: ({ request }) => ({
    migrate: liveMigrate.start('s1', 'h2'),
    request: request === 'detach' ? detachVolume.start('s1', 'v1') : attachVolume.start('s1', 'v1'),
  }),
  reachable: [
    cloud.reachable(
      'the server has moved, and the request has been done before or after',
      ({ instances, volumes }) =>
        instances['s1']?.host === 'h2' &&
        instances['s1'].task_state === null &&
        ['available', 'in-use'].includes(volumes['v1']?.status ?? ''),
    ),
  ],
  expect: [
    {
      given: { request: 'detach' },
      violates: {
        [noUnmapUnderDevice.name]: 57,
        [guestReachesItsDisks.name]: 72,
        [movingServerKeepsAttachment.name]: 75,
        [everyAttachmentHasBdm.name]: 70,
        [attachedVolumeIsWorkingDisk.name]: 70,
        [noDeviceWithoutAttachment.name]: 79,
        [allAgreeOnAttachments.name]: 70,
      },
      reason:
        'the detach reads the BDM when the destination has written its own attachment to it: it takes away the device of the source and unmaps the destination (D9 e)',
    },
    {
      given: { request: 'attach' },
      violates: {
        [noUnmapUnderDevice.name]: 65,
        [secondAttachmentOnlyForMove.name]: 96,
        [secondConnectionOnlyForMove.name]: 96,
        [guestReachesItsDisks.name]: 67,
        [movingServerKeepsAttachment.name]: 70,
        [connectedAttachmentIsMapped.name]: 102,
        [volumeStatusFitsAttachments.name]: 82,
        [everyBdmHasAttachment.name]: 78,
        [everyAttachmentHasBdm.name]: 78,
        [connectionsNameHostOfServer.name]: 65,
        [noDeviceWithoutAttachment.name]: 82,
        [noMappingWithoutAttachment.name]: 80,
        [allAgreeOnAttachments.name]: 82,
      },
      reason:
        'the id of the attachment is written after the source has listed its BDMs, so that a rollback deletes the attachment of the attach; or the attach ends on the source when the server has left (D9 a to d). A BDM whose attachment is not saved when the source lists them is taken for an old-style one (connectedAttachmentIsMapped)',
    },
  ],
});
