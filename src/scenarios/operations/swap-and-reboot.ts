import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { rebootServer } from '../../model/nova/reboot.ts';
import { swapVolume } from '../../model/nova/swap-volume.ts';
import {
  connectedAttachmentIsMapped,
  deletingVolumeIsUnattached,
  guestReachesItsDisks,
  noDeviceRemovedUnderGuest,
  noUnmapUnderDevice,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  everyAttachmentHasBdm,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

const requests = {
  reboot: () => rebootServer.start('s1'),
  detach: () => detachVolume.start('s1', 'v1'),
} as const;

export const swapAndReboot = cloudScenario({
  name: 'swap-and-reboot',
  about:
    'Cinder moves an attached volume and has nova-compute replace it, which sets no task ' +
    'state. Meanwhile a user reboots the server or detaches the volume. Since nova 23 the ' +
    'lock of the server keeps the two apart.',
  release: '2026.1',
  // The candidate D31 is a further fault at the end of the migration of a volume.
  site: { migrated_rows: 'before_delete' },
  parameters: { other: choice(['reboot', 'detach'], { about: 'the other request' }) },
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: { migrating: true }, v2: { migrating: true } },
    attached: [['s1', 'v1']],
  }),
  operations: ({ other }) => ({
    swap: swapVolume.start('s1', 'v1', 'v2'),
    other: requests[other](),
  }),
  reachable: [
    cloud.reachable(
      'both requests have ended',
      (_state, processes) => processes['swap']?.at === 'done' && processes['other']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { other: 'reboot' },
      violates: { [deletingVolumeIsUnattached.name]: 60, [connectedAttachmentIsMapped.name]: 60 },
      reason:
        'no mapping names the attachment of the temporary volume yet, so the clean-up of the ' +
        'reboot deletes it (docs/openstack.md 8.14), and the swap fails. The change of names ' +
        'violates connectedAttachmentIsMapped and deletingVolumeIsUnattached',
    },
    {
      given: { other: 'reboot', L1_swap: 'none' },
      violates: {
        [noUnmapUnderDevice.name]: 51,
        [noDeviceRemovedUnderGuest.name]: 67,
        [guestReachesItsDisks.name]: 53,
        [deletingVolumeIsUnattached.name]: 60,
        [connectedAttachmentIsMapped.name]: 60,
        [volumeStatusFitsAttachments.name]: 102,
        [everyBdmHasAttachment.name]: 106,
        [everyAttachmentHasBdm.name]: 94,
        [attachedVolumeIsWorkingDisk.name]: 96,
        [noDeviceWithoutAttachment.name]: 95,
        [noMappingWithoutAttachment.name]: 85,
        [allAgreeOnAttachments.name]: 94,
      },
      reason: 'without the lock the reboot connects the volume that the swap disconnects',
    },
    {
      given: { other: 'detach' },
      violates: {
        [deletingVolumeIsUnattached.name]: 60,
        [connectedAttachmentIsMapped.name]: 60,
        [volumeStatusFitsAttachments.name]: 31,
        [everyAttachmentHasBdm.name]: 45,
      },
      reason:
        'begin_detaching changes nothing while Cinder moves the volume, so no check refuses the ' +
        'detach; the free volume then keeps its old status (docs/openstack.md 8.8)',
    },
    {
      given: { other: 'detach', L1_swap: 'none' },
      violates: {
        [noUnmapUnderDevice.name]: 83,
        [guestReachesItsDisks.name]: 83,
        [deletingVolumeIsUnattached.name]: 60,
        [connectedAttachmentIsMapped.name]: 60,
        [volumeStatusFitsAttachments.name]: 31,
        [everyAttachmentHasBdm.name]: 45,
        [attachedVolumeIsWorkingDisk.name]: 90,
        [allAgreeOnAttachments.name]: 90,
      },
      reason:
        'without the lock the detach unmaps the volume to which the guest has just changed over',
    },
  ],
});
