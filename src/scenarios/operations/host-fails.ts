import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import {
  connectedAttachmentIsMapped,
  deletingVolumeIsUnattached,
  guestReachesItsDisks,
  movingServerKeepsAttachment,
  noUnmapUnderDevice,
  secondAttachmentOnlyForMove,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  connectionsNameHostOfServer,
  everyAttachmentHasBdm,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noExportWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { releaseNames } from '../../model/releases/release-names.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';
import { hostOperationNames, hostOperations } from './host-operations.ts';

/** The faults, and how often each may happen. */
const failing = {
  host: { 'brick-error': 1, 'guest-refuses': 1 },
  driver: { 'driver-error': 1 },
  export: { 'export-error': 1 },
  complete: { 'complete-error': 1 },
} as const;

export const hostFails = cloudScenario({
  name: 'host-fails',
  about:
    'A host cannot connect or disconnect a volume: os-brick finds no device or cannot flush ' +
    'it, once. Where that is not enough the guest refuses the disk before. The expectations ' +
    'say what each operation leaves behind.',
  parameters: {
    during: choice(hostOperationNames, { about: 'the operation of the host' }),
    release: choice(releaseNames, { default: '2026.1', about: 'the release of OpenStack' }),
    fault: choice(['host', 'driver', 'export', 'complete'], {
      about:
        'whether the host fails, or the driver of Cinder, or only its removal of a target; or ' +
        'whether Cinder does not complete an attachment',
    }),
  },
  release: ({ release }) => release,
  site: ({ during }) => {
    if (during === 'poc-v1' || during === 'poc-v2') return { attach_api: during };
    // The candidate D31 is a further fault at the end of the migration of a volume.
    return during === 'swap' ? { migrated_rows: 'before_delete' } : {};
  },
  entities: ({ during }) => hostOperations[during].entities,
  operations: ({ during }, release) => hostOperations[during].requests(release),
  faults: ({ fault }) => failing[fault],
  reachable: [
    cloud.reachable('every request has ended', (_state, processes) =>
      Object.values(processes).every((process) => process?.at === 'done'),
    ),
  ],
  expect: [
    {
      given: { during: 'attach' },
      violates: { [noUnmapUnderDevice.name]: 49, [noDeviceWithoutAttachment.name]: 59 },
      reason:
        'if the guest refuses the disk and the host cannot flush the device, Nova still deletes ' +
        'the attachment: the device stays over an unmapped LUN',
    },
    {
      given: { during: 'attach', release: 'pike' },
      violates: { [noUnmapUnderDevice.name]: 35, [noDeviceWithoutAttachment.name]: 43 },
      reason: 'before the attachments API os-terminate_connection does the same',
    },
    {
      given: { during: 'boot', release: 'pike' },
      violates: {
        [noUnmapUnderDevice.name]: 42,
        [connectionsNameHostOfServer.name]: 50,
        [noDeviceWithoutAttachment.name]: 56,
      },
      reason:
        'a boot leaves the same; and the mapping of a server in error still names the host that ' +
        'could not start it',
    },
    {
      given: { during: 'revert' },
      reason: 'Nova removes by force a device that the host cannot flush',
    },
    {
      given: { during: 'revert', release: '2023.1' },
      violates: { [noUnmapUnderDevice.name]: 24, [noDeviceWithoutAttachment.name]: 66 },
      reason: 'before nova 28 the device stays, and Cinder unmaps its LUN',
    },
    {
      given: { during: 'shelve' },
      reason: 'Nova removes by force a device that the host cannot flush',
    },
    {
      given: { during: 'shelve', release: '2023.1' },
      violates: { [noUnmapUnderDevice.name]: 25, [noDeviceWithoutAttachment.name]: 34 },
      reason: 'before nova 28 the device stays, and Cinder unmaps its LUN',
    },
    {
      given: { during: 'shelve', release: 'xena', fault: 'driver' },
      violates: {
        [secondAttachmentOnlyForMove.name]: 26,
        [everyAttachmentHasBdm.name]: 27,
        [attachedVolumeIsWorkingDisk.name]: 27,
        [allAgreeOnAttachments.name]: 27,
      },
      reason:
        'Cinder cannot delete the old attachment, and the new one exists: no step removes ' +
        'either, and Nova gives the server back with its guest off. Nova asks five times since ' +
        'nova 25',
    },
    ...(['2026.1', '2023.1'] as const).map((release) => ({
      given: { during: 'evacuation', release } as const,
      violates: {
        [noUnmapUnderDevice.name]: 17,
        [guestReachesItsDisks.name]: 17,
        [movingServerKeepsAttachment.name]: 20,
        [connectionsNameHostOfServer.name]: 59,
        [noDeviceWithoutAttachment.name]: 59,
        [allAgreeOnAttachments.name]: 59,
      },
      reason:
        'no operator fenced the guest of the old host. If the new host cannot connect, its ' +
        'attachment stays, for a server that is in error on the old one. The old host, when it ' +
        'comes back, does not look for evacuations that failed',
    })),
    {
      given: { during: 'unshelve', fault: 'complete' },
      violates: { [everyBdmHasAttachment.name]: 36, [connectionsNameHostOfServer.name]: 36 },
      reason:
        'Nova deletes the attachment, but the mapping still names it, with the connection of ' +
        'the host that did not take the server',
    },
    {
      given: { during: 'evacuation', fault: 'complete' },
      violates: {
        [noUnmapUnderDevice.name]: 17,
        [guestReachesItsDisks.name]: 17,
        [movingServerKeepsAttachment.name]: 20,
        [everyBdmHasAttachment.name]: 60,
        [connectionsNameHostOfServer.name]: 60,
        [noDeviceWithoutAttachment.name]: 60,
        [allAgreeOnAttachments.name]: 60,
      },
      reason:
        'the mapping dangles in the same way; and no operator fenced the guest of the old host',
    },
    {
      given: { during: 'rebuild', fault: 'complete' },
      violates: { [everyBdmHasAttachment.name]: 77 },
      reason: 'Nova deletes the attachment, but the mapping still names it: the server is in error',
    },
    {
      given: { during: 'swap' },
      violates: {
        [noUnmapUnderDevice.name]: 48,
        [guestReachesItsDisks.name]: 48,
        [deletingVolumeIsUnattached.name]: 60,
        [connectedAttachmentIsMapped.name]: 60,
        [attachedVolumeIsWorkingDisk.name]: 62,
        [noDeviceWithoutAttachment.name]: 62,
        [allAgreeOnAttachments.name]: 62,
      },
      reason:
        'a device that the host cannot flush after the change-over is D27 again: the volume on ' +
        'which the guest runs by then loses its attachment. The change of names violates ' +
        'connectedAttachmentIsMapped and deletingVolumeIsUnattached',
    },
    {
      given: { during: 'upload' },
      reason: 'cinder-volume removes the device by force: it wrote nothing to it',
    },
    {
      given: { during: 'extend', fault: 'driver' },
      reason: 'the volume is in error_extending, and stays attached',
    },
    {
      given: { during: 'delete-volume', fault: 'driver' },
      reason: 'the volume is in error_deleting',
    },
    {
      given: { during: 'back-up', fault: 'driver' },
      violates: { [noMappingWithoutAttachment.name]: 20, [noExportWithoutAttachment.name]: 20 },
      reason:
        'the driver cannot end the connection: the copy has ended, and the mapping and the ' +
        'target stay',
    },
    {
      given: { during: 'back-up', fault: 'export' },
      violates: { [noExportWithoutAttachment.name]: 23 },
      reason: 'the copy has ended, and the target stays',
    },
    {
      given: { during: 'upload', fault: 'driver' },
      violates: { [noMappingWithoutAttachment.name]: 14 },
      reason: 'the mapping stays, as with a backup',
    },
    {
      given: { during: 'back-up', release: 'ocata' },
      violates: {
        [noDeviceWithoutAttachment.name]: 15,
        [noMappingWithoutAttachment.name]: 15,
        [noExportWithoutAttachment.name]: 15,
      },
      reason: 'before cinder 11 a device that the host cannot flush stays, with mapping and target',
    },
    {
      given: { during: 'upload', release: 'ocata' },
      violates: { [noDeviceWithoutAttachment.name]: 13, [noMappingWithoutAttachment.name]: 10 },
      reason:
        'before cinder 11 a device that the host cannot flush stays, with its mapping; so does ' +
        'the mapping of a copy that cannot connect (bug 1685843)',
    },
    { given: { during: 'poc-v1', release: 'ocata' }, reason: 'Nova deletes the attachment' },
    {
      given: { during: 'poc-v1', release: 'ocata', fault: 'driver' },
      violates: { [volumeStatusFitsAttachments.name]: 18, [everyAttachmentHasBdm.name]: 18 },
      reason:
        'the reservation and the attachment are separate: unreserve does not reach the row, ' +
        'whose id only the answer would have told (docs/openstack.md 4.1)',
    },
    { given: { during: 'poc-v2', release: 'ocata' }, reason: 'Nova deletes the attachment' },
    {
      given: { during: 'poc-v2', release: 'ocata', fault: 'driver' },
      reason: 'Nova knows the id from the beginning, and one deletion undoes all',
    },
  ],
});
