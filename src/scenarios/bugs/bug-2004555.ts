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

/** The properties that a device over an unmapped LUN violates, by cause. */
const requests = {
  user: attachmentDelete.start('attachment-s1-v1', 'user'),
  operator: forceDetach.start('v1', 'attachment-s1-v1', 'h1'),
  accident: deleteServer.start('s1'),
};

export const bug2004555 = cloudScenario({
  name: 'bug-2004555',
  about:
    'R4, CVE-2023-2088: a LUN is unmapped while its device stays on the host, because a ' +
    'user deletes the attachment in Cinder, or because the host cannot flush the device of ' +
    'a deleted server. The volume of another server then gets its number. Since 2023.2 ' +
    'Cinder asks Nova before it lets a user delete, and Nova removes devices by force.',
  release: '2026.1',
  parameters: {
    cause: choice(['user', 'operator', 'accident'], {
      about:
        'whether a user deletes the attachment, an operator detaches by force, or the host ' +
        'cannot flush the device',
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
      'the user has an answer, and the second server has its volume',
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
    { given: { cause: 'user', release: '2023.2' }, reason: 'cinder 23 refuses the user' },
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
      reason: 'without this gate the bug is back',
    },
    {
      given: { cause: 'operator', release: '2023.1' },
      violates: {
        [deviceKeepsItsVolume.name]: 29,
        [noUnmapUnderDevice.name]: 4,
        [writtenByOneGuest.name]: 40,
        [guestReachesItsDisks.name]: 4,
        [userCannotUnmapUsedVolume.name]: 1,
        [everyBdmHasAttachment.name]: 58,
        [attachedVolumeIsWorkingDisk.name]: 58,
        [noDeviceWithoutAttachment.name]: 58,
        [allAgreeOnAttachments.name]: 58,
      },
      reason: 'os-force_detach of a volume in use has the same effect',
    },
    {
      given: { cause: 'operator', release: '2023.2' },
      reason: 'cinder 23 has the same gate there',
    },
    {
      given: { cause: 'accident', release: '2023.1' },
      violates: {
        [deviceKeepsItsVolume.name]: 47,
        [noUnmapUnderDevice.name]: 22,
        [attachedVolumeIsWorkingDisk.name]: 72,
        [noDeviceWithoutAttachment.name]: 72,
      },
      reason: 'Nova only logs the error of the flush, and Cinder unmaps the LUN',
    },
    {
      given: { cause: 'accident', release: '2023.2' },
      reason: 'nova 28 disconnects with force=True',
    },
    {
      given: { cause: 'accident', release: '2023.2', destroy_disconnect: 'gentle' },
      violates: {
        [deviceKeepsItsVolume.name]: 47,
        [noUnmapUnderDevice.name]: 22,
        [attachedVolumeIsWorkingDisk.name]: 72,
        [noDeviceWithoutAttachment.name]: 72,
      },
      reason: 'without this flag the bug is back',
    },
    { given: { cause: 'user', release: '2026.1' }, reason: 'Cinder refuses the user' },
    { given: { cause: 'operator', release: '2026.1' }, reason: 'Cinder refuses the operator' },
    { given: { cause: 'accident', release: '2026.1' }, reason: 'Nova removes the device by force' },
  ],
});
