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

export const requestMeetsMigration = cloudScenario({
  name: 'request-meets-migration',
  about:
    'D9: an attach or a detach is in flight when a live migration of the same server ' +
    'begins. The steps of a migration take no instance lock, and nothing else prevents the ' +
    'two from writing the same BDM.',
  release: '2026.1',
  parameters: {
    request: choice(['detach', 'attach'], { about: 'which request is in flight' }),
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
      'the server has moved, and the request has ended before or after',
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
        [noUnmapUnderDevice.name]: 60,
        [guestReachesItsDisks.name]: 75,
        [movingServerKeepsAttachment.name]: 78,
        [everyAttachmentHasBdm.name]: 74,
        [attachedVolumeIsWorkingDisk.name]: 74,
        [noDeviceWithoutAttachment.name]: 83,
        [allAgreeOnAttachments.name]: 74,
      },
      reason:
        'the destination has written its own attachment to the BDM before the detach reads it: ' +
        'the detach removes the device of the source and unmaps the destination (D9 e)',
    },
    {
      given: { request: 'attach' },
      violates: {
        [noUnmapUnderDevice.name]: 64,
        [secondAttachmentOnlyForMove.name]: 97,
        [secondConnectionOnlyForMove.name]: 97,
        [guestReachesItsDisks.name]: 66,
        [movingServerKeepsAttachment.name]: 69,
        [connectedAttachmentIsMapped.name]: 103,
        [volumeStatusFitsAttachments.name]: 82,
        [everyBdmHasAttachment.name]: 79,
        [everyAttachmentHasBdm.name]: 79,
        [connectionsNameHostOfServer.name]: 67,
        [noDeviceWithoutAttachment.name]: 82,
        [noMappingWithoutAttachment.name]: 78,
        [allAgreeOnAttachments.name]: 73,
      },
      reason:
        'the attach writes the id of its attachment after the source has listed its BDMs, so a ' +
        'rollback deletes that attachment; or the attach ends on the source after the server ' +
        'has left (D9 a to d). The source takes a BDM without a saved attachment for an ' +
        'old-style one (connectedAttachmentIsMapped)',
    },
  ],
});
