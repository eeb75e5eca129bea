import { attachmentDelete } from '../../model/cinder/attachment-delete.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { detachOf } from '../../model/nova/requests.ts';
import {
  deletedAttachmentIsGone,
  guestReachesItsDisks,
  noUnmapUnderDevice,
  userCannotUnmapUsedVolume,
} from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  everyAttachmentHasBdm,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noErrorAttachmentOnFreeVolume,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

export const bug1935057 = cloudScenario({
  name: 'bug-1935057',
  about:
    'R16: a user detaches a volume whose export cannot be removed. cinder-volume marked the ' +
    'row error_detaching and left it, and cinder-api made the volume available all the ' +
    'same. Since cinder 20 Cinder logs the error and deletes the row.',
  release: '2026.1',
  parameters: {
    also: choice(['none', 'user'], { about: 'whether a user deletes the attachment himself' }),
  },
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: [['s1', 'v1']],
  }),
  operations: ({ also }, release) => ({
    detach: detachOf(release, 's1', 'v1'),
    ...(also === 'user' ? { remove: attachmentDelete.start('attachment-s1-v1', 'user') } : {}),
  }),
  faults: () => ({ 'export-error': 1 }),
  reachable: [
    cloud.reachable(
      'the volume is detached and available',
      ({ bdms, volumes }) =>
        bdms['bdm-s1-v1'] === undefined && volumes['v1']?.status === 'available',
    ),
  ],
  expect: [
    {
      given: { release: 'xena' },
      violates: {
        [deletedAttachmentIsGone.name]: 29,
        [everyAttachmentHasBdm.name]: 32,
        [noErrorAttachmentOnFreeVolume.name]: 32,
      },
      reason: 'bug 1935057: the row stays in error_detaching while the volume is available',
    },
    { given: { release: 'yoga' }, reason: 'cinder 20 logs errors of remove_export' },
    {
      given: { release: 'yoga', status_writers: 'both' },
      violates: {
        [deletedAttachmentIsGone.name]: 29,
        [everyAttachmentHasBdm.name]: 32,
        [noErrorAttachmentOnFreeVolume.name]: 32,
      },
      reason: 'without the one transaction of cinder-api the bug is back',
    },
    {
      given: { release: 'newton' },
      violates: {
        [volumeStatusFitsAttachments.name]: 35,
        [everyAttachmentHasBdm.name]: 35,
        [attachedVolumeIsWorkingDisk.name]: 35,
        [allAgreeOnAttachments.name]: 35,
      },
      reason:
        'os-detach raises: row and status stay, and Nova has destroyed the BDM before ' +
        '(docs/openstack.md 3.2, LD7)',
    },
    { given: { release: '2026.1' }, reason: 'Cinder logs the error, as in yoga' },
    {
      given: { also: 'user', release: 'xena' },
      violates: {
        [noUnmapUnderDevice.name]: 6,
        [guestReachesItsDisks.name]: 6,
        [deletedAttachmentIsGone.name]: 11,
        [userCannotUnmapUsedVolume.name]: 2,
        [everyBdmHasAttachment.name]: 15,
        [noDeviceWithoutAttachment.name]: 15,
        [noErrorAttachmentOnFreeVolume.name]: 15,
        [allAgreeOnAttachments.name]: 15,
      },
      reason:
        'a user deletes an attachment that Nova uses (bug 2004555), before, after or during the ' +
        'detach; Cinder does not mark a row that is gone',
    },
    { given: { also: 'user' }, reason: 'Cinder refuses the user' },
  ],
});
