import { attachmentDelete } from '../../model/cinder/attachment-delete.ts';
import { forceDetach } from '../../model/cinder/operator.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import {
  deviceKeepsItsVolume,
  guestReachesItsDisks,
  noUnmapUnderDevice,
  userCannotUnmapUsedVolume,
  writtenByOneGuest,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

/** What leaves a device over an unmapped LUN, by cause. */
const requests = {
  user: attachmentDelete.start('attachment-s1-v1', 'user'),
  operator: forceDetach.start('v1', 'attachment-s1-v1', 'h1'),
  accident: deleteServer.start('s1'),
};

export const bug2004555 = cloudScenario({
  name: 'bug-2004555',
  about:
    'R4, CVE-2023-2088: a LUN is unmapped while its device is left on the host, because a user deletes the attachment in ' +
    'Cinder, or because the device of a deleted server cannot be flushed; the volume of another server gets its number. ' +
    'Since 2023.2 Cinder asks Nova before a user may do that, and Nova removes devices by force.',
  release: '2026.1',
  parameters: {
    cause: choice(['user', 'operator', 'accident'], {
      about:
        'a user deletes the attachment, an operator detaches by force, or the device cannot be flushed',
    }),
  },
  entities: () => ({
    servers: { s1: 'h1', s2: 'h1' },
    volumes: { v1: {}, v2: {} },
    attached: [['s1', 'v1']],
  }),
  operations: ({ cause }) => ({
    user: requests[cause],
    attach: attachVolume.start('s2', 'v2'),
  }),
  faults: ({ cause }) => (cause === 'accident' ? { 'brick-error': 1 } : {}),
  reachable: [
    cloud.reachable(
      'the user has been answered, and the second server has its volume',
      ({ volumes }, processes) =>
        processes['user']?.at === 'done' && volumes['v2']?.status === 'in-use',
    ),
  ],
  expect: [
    {
      given: { cause: 'user', release: '2023.1' },
      violates: {
        [deviceKeepsItsVolume.name]: 31,
        [noUnmapUnderDevice.name]: 6,
        [writtenByOneGuest.name]: 42,
        [guestReachesItsDisks.name]: 6,
        [userCannotUnmapUsedVolume.name]: 2,
        [everyBdmHasAttachment.name]: 52,
        [attachedVolumeIsWorkingDisk.name]: 52,
        [noDeviceWithoutAttachment.name]: 52,
        [allAgreeOnAttachments.name]: 52,
      },
      reason: 'CVE-2023-2088: the second volume answers at the LUN of the first guest’s disk',
    },
    { given: { cause: 'user', release: '2023.2' }, reason: 'cinder 23: the user is refused' },
    {
      given: { cause: 'user', release: '2023.2', user_delete_gate: 'off' },
      violates: {
        [deviceKeepsItsVolume.name]: 31,
        [noUnmapUnderDevice.name]: 6,
        [writtenByOneGuest.name]: 42,
        [guestReachesItsDisks.name]: 6,
        [userCannotUnmapUsedVolume.name]: 2,
        [everyBdmHasAttachment.name]: 52,
        [attachedVolumeIsWorkingDisk.name]: 52,
        [noDeviceWithoutAttachment.name]: 52,
        [allAgreeOnAttachments.name]: 52,
      },
      reason: 'it is this gate that mends it',
    },
    {
      given: { cause: 'operator', release: '2023.1' },
      violates: {
        [deviceKeepsItsVolume.name]: 29,
        [noUnmapUnderDevice.name]: 4,
        [writtenByOneGuest.name]: 40,
        [guestReachesItsDisks.name]: 4,
        [userCannotUnmapUsedVolume.name]: 1,
        [everyBdmHasAttachment.name]: 57,
        [attachedVolumeIsWorkingDisk.name]: 57,
        [noDeviceWithoutAttachment.name]: 57,
        [allAgreeOnAttachments.name]: 57,
      },
      reason: 'os-force_detach of a volume that is in use does the same',
    },
    { given: { cause: 'operator', release: '2023.2' }, reason: 'cinder 23: it has the same gate' },
    {
      given: { cause: 'accident', release: '2023.1' },
      violates: {
        [deviceKeepsItsVolume.name]: 47,
        [noUnmapUnderDevice.name]: 22,
        [attachedVolumeIsWorkingDisk.name]: 72,
        [noDeviceWithoutAttachment.name]: 72,
      },
      reason: 'the error of flushing is logged only, and the LUN is unmapped all the same',
    },
    { given: { cause: 'accident', release: '2023.2' }, reason: 'nova 28: force=True' },
    {
      given: { cause: 'accident', release: '2023.2', destroy_disconnect: 'gentle' },
      violates: {
        [deviceKeepsItsVolume.name]: 47,
        [noUnmapUnderDevice.name]: 22,
        [attachedVolumeIsWorkingDisk.name]: 72,
        [noDeviceWithoutAttachment.name]: 72,
      },
      reason: 'it is this flag that mends it',
    },
    { given: { cause: 'user', release: '2026.1' }, reason: 'the user is refused' },
    { given: { cause: 'operator', release: '2026.1' }, reason: 'the operator is refused' },
    { given: { cause: 'accident', release: '2026.1' }, reason: 'the device goes all the same' },
  ],
});
