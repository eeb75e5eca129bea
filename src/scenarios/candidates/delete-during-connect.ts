import { attachmentDelete } from '../../model/cinder/attachment-delete.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { askLater } from '../../model/operator/later.ts';
import {
  deviceKeepsItsVolume,
  guestReachesItsDisks,
  noUnmapUnderDevice,
  userCannotUnmapUsedVolume,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const deleteDuringConnect = cloudScenario({
  name: 'delete-during-connect',
  about:
    'D6: a client deletes an attachment while Cinder connects it. cinder-api read the row ' +
    'when it was still reserved, so it does not ask cinder-volume to unmap the volume that ' +
    'cinder-volume has just mapped.',
  release: '2026.1',
  parameters: {
    target: choice(['array', 'pool'], {
      about: 'whether the volume is of an array or of a ScaleIO pool',
    }),
    fault: choice(['none', 'driver-error'], { about: 'what fails, once, at any moment' }),
    later: choice(['nothing', 'attach'], {
      about: 'whether a user attaches another volume in the end, which gets the LUN number',
    }),
  },
  entities: ({ target, later }) => ({
    servers: { s1: 'h1' },
    volumes: later === 'attach' ? { v1: { target }, v2: { target } } : { v1: { target } },
  }),
  operations: ({ later }) => ({
    attach: attachVolume.start('s1', 'v1'),
    remove: attachmentDelete.start('attachment-attach', 'user'),
    ...(later === 'attach' ? { later: askLater.start('attach', 's1', 'v2', '') } : {}),
  }),
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
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
        [noUnmapUnderDevice.name]: 40,
        [guestReachesItsDisks.name]: 42,
        [userCannotUnmapUsedVolume.name]: 31,
        [volumeStatusFitsAttachments.name]: 46,
        [everyBdmHasAttachment.name]: 46,
        [noDeviceWithoutAttachment.name]: 46,
        [noMappingWithoutAttachment.name]: 43,
        [allAgreeOnAttachments.name]: 46,
      },
      reason:
        'the model shows D6 on today’s master (noMappingWithoutAttachment): the mapping stays ' +
        'without an attachment. The other violations come from the gate of CVE-2023-2088: it ' +
        'lets a user delete an attachment that has no connection_info yet, and the deletion may ' +
        'act after Nova has connected the volume',
    },
    {
      given: { target: 'pool' },
      violates: {
        [noUnmapUnderDevice.name]: 39,
        [guestReachesItsDisks.name]: 41,
        [userCannotUnmapUsedVolume.name]: 31,
        [volumeStatusFitsAttachments.name]: 45,
        [everyBdmHasAttachment.name]: 45,
        [noDeviceWithoutAttachment.name]: 45,
        [noMappingWithoutAttachment.name]: 43,
        [allAgreeOnAttachments.name]: 45,
      },
      reason:
        'the mapping stays here too; a host that can no longer map the volume finds no device ' +
        'and undoes the attach',
    },
    {
      given: { fault: 'driver-error' },
      violates: {
        [noUnmapUnderDevice.name]: 40,
        [guestReachesItsDisks.name]: 42,
        [userCannotUnmapUsedVolume.name]: 31,
        [volumeStatusFitsAttachments.name]: 46,
        [everyBdmHasAttachment.name]: 46,
        [noDeviceWithoutAttachment.name]: 46,
        [noMappingWithoutAttachment.name]: 43,
        [allAgreeOnAttachments.name]: 46,
      },
      reason:
        'the runs without the fault violate this; a driver that fails to initialise finds no ' +
        'row to mark if the row is deleted by then',
    },
    {
      given: { later: 'attach' },
      violates: {
        [deviceKeepsItsVolume.name]: 78,
        [noUnmapUnderDevice.name]: 40,
        [guestReachesItsDisks.name]: 42,
        [userCannotUnmapUsedVolume.name]: 31,
        [volumeStatusFitsAttachments.name]: 90,
        [everyBdmHasAttachment.name]: 90,
        [attachedVolumeIsWorkingDisk.name]: 96,
        [noDeviceWithoutAttachment.name]: 90,
        [noMappingWithoutAttachment.name]: 87,
        [allAgreeOnAttachments.name]: 90,
      },
      reason:
        'the device that stays turns into the next volume (deviceKeepsItsVolume): os-brick ' +
        'finds it at the path of that volume, and gives the guest the device that it made for ' +
        'the first one (attachedVolumeIsWorkingDisk)',
    },
  ],
});
