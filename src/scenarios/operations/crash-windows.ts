import { attachmentCreate } from '../../model/cinder/attachment-create.ts';
import { volumeAttachmentDelete } from '../../model/cinder/attachment-delete.ts';
import { volumeAttachmentUpdate } from '../../model/cinder/attachment-update.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume, attachVolumeOnConductor } from '../../model/nova/attach.ts';
import { attachVolumeOnCompute } from '../../model/nova/attach-compute.ts';
import { detachVolume, detachVolumeOnCompute } from '../../model/nova/detach.ts';
import { repairLater, repairs } from '../../model/operator/operator.ts';
import { connectedAttachmentIsMapped, noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  everyAttachmentHasBdm,
  everyBdmHasAttachment,
  noDeviceWithoutAttachment,
  noMappingWithoutAttachment,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import {
  attachCompletesOrRollsBack,
  attachingVolumeSettles,
  detachCompletesOrRollsBack,
  detachingVolumeSettles,
} from '../../model/properties/liveness.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

/** By window (two steps of docs/openstack.md 5.2, 5.4 or 5.5): the labels between them. */
const windows = {
  'c3-c5': [attachmentCreate.at('attachment_insert')],
  'c5-A8': [
    attachVolumeOnConductor.at('save_attachment_id'),
    attachVolume.at('save_attachment_id'),
  ],
  'A8-A10': [
    attachVolumeOnConductor.at('cast_attach_volume'),
    attachVolume.at('cast_attach_volume'),
  ],
  'A14-A15': [attachVolumeOnCompute.at('lock_connect_volume')],
  'A15-A17': [
    attachVolumeOnCompute.at('attach_to_guest'),
    attachVolumeOnCompute.at('save_connection_info'),
  ],
  'A17-A18': [attachVolumeOnCompute.at('attachment_complete')],
  'T3-T6': [
    detachVolumeOnCompute.at('lock_instance'),
    detachVolumeOnCompute.at('get_bdm'),
    detachVolumeOnCompute.at('guard_connection'),
    detachVolumeOnCompute.at('driver_detach'),
  ],
  'T7-T8': [detachVolumeOnCompute.at('attachment_delete')],
  'T8-T9': [detachVolumeOnCompute.at('destroy_bdm')],
  'v4-v5': [volumeAttachmentUpdate.at('save_connector')],
  w3: [
    volumeAttachmentDelete.at('terminate_connection'),
    volumeAttachmentDelete.at('remove_export'),
  ],
} as const;

/** The windows of a detach; the others are those of an attach. */
const ofDetach: readonly string[] = ['T3-T6', 'T7-T8', 'T8-T9', 'w3'];

export const crashWindows = cloudScenario({
  name: 'crash-windows',
  about:
    'A service dies between two steps of an attach or a detach (docs/openstack.md 9.2). The ' +
    'expectations say what stays behind in the end, and which repair mends it.',
  release: '2026.1',
  parameters: {
    window: choice(
      [
        'c3-c5',
        'c5-A8',
        'A8-A10',
        'A14-A15',
        'A15-A17',
        'A17-A18',
        'v4-v5',
        'T3-T6',
        'T7-T8',
        'T8-T9',
        'w3',
      ],
      { about: 'the steps between which their service dies' },
    ),
    repair: choice(repairs, { about: 'the repair by an operator in the end' }),
  },
  entities: ({ window }) => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: ofDetach.includes(window) ? [['s1', 'v1']] : [],
  }),
  operations: ({ window, repair }) => ({
    request: ofDetach.includes(window)
      ? detachVolume.start('s1', 'v1')
      : attachVolume.start('s1', 'v1'),
    operator: repairLater.start(repair, 's1', 'v1'),
  }),
  crashes: ({ window }) => windows[window],
  liveness: ({ repair }) => (repair === 'nothing' ? 'services' : 'operators'),
  reachable: [
    cloud.reachable(
      'everything has come to rest',
      (_state, processes) =>
        processes['request']?.at === 'done' && processes['operator']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { window: 'c3-c5', repair: 'nothing' },
      violates: { [volumeStatusFitsAttachments.name]: 21, [attachingVolumeSettles.name]: 20 },
      reason: 'the volume is reserved and has no attachment; Cinder refuses Nova’s second request',
    },
    {
      given: { window: 'c3-c5', repair: 'delete' },
      violates: { [volumeStatusFitsAttachments.name]: 30, [attachingVolumeSettles.name]: 30 },
      reason: 'Nova knows nothing of the volume',
    },
    { given: { window: 'c3-c5', repair: 'reset-available' }, reason: 'this is the only repair' },
    {
      given: { window: 'c5-A8', repair: 'nothing' },
      violates: {
        [everyBdmHasAttachment.name]: 15,
        [everyAttachmentHasBdm.name]: 15,
        [allAgreeOnAttachments.name]: 15,
        [attachingVolumeSettles.name]: 14,
        [attachCompletesOrRollsBack.name]: 14,
      },
      reason: 'an attachment stays, and a mapping without its id',
    },
    {
      given: { window: 'c5-A8', repair: 'delete' },
      reason: 'Nova deletes a mapping without an id the old way, with the only attachment',
    },
    {
      given: { window: 'c5-A8', repair: 'reboot' },
      violates: {
        [everyBdmHasAttachment.name]: 39,
        [allAgreeOnAttachments.name]: 39,
        [attachCompletesOrRollsBack.name]: 39,
      },
      reason: 'Nova deletes the attachment and leaves the mapping without an id',
    },
    {
      given: { window: 'A8-A10', repair: 'nothing' },
      violates: {
        [allAgreeOnAttachments.name]: 16,
        [attachingVolumeSettles.name]: 15,
        [attachCompletesOrRollsBack.name]: 15,
      },
      reason: 'the volume stays reserved',
    },
    {
      given: { window: 'A8-A10', repair: 'reset-detach' },
      violates: {
        [volumeStatusFitsAttachments.name]: 26,
        [allAgreeOnAttachments.name]: 26,
        [attachCompletesOrRollsBack.name]: 26,
      },
      reason: 'Nova cannot detach a volume that is not in-use',
    },
    {
      given: { window: 'A8-A10', repair: 'delete' },
      reason: 'the deletion asks for every attachment, whatever its status',
    },
    {
      given: { window: 'A14-A15', repair: 'nothing' },
      violates: {
        [allAgreeOnAttachments.name]: 33,
        [attachingVolumeSettles.name]: 32,
        [attachCompletesOrRollsBack.name]: 32,
      },
      reason: 'the LUN is mapped, the volume stays attaching',
    },
    {
      given: { window: 'A14-A15', repair: 'delete' },
      reason: 'the deletion asks for every attachment, whatever its status',
    },
    {
      given: { window: 'A15-A17', repair: 'nothing' },
      violates: {
        [allAgreeOnAttachments.name]: 37,
        [attachingVolumeSettles.name]: 36,
        [attachCompletesOrRollsBack.name]: 36,
      },
      reason: 'the host has the device, and the guest may have the disk, but Nova saved neither',
    },
    {
      given: { window: 'A15-A17', repair: 'delete' },
      violates: { [noUnmapUnderDevice.name]: 53, [noDeviceWithoutAttachment.name]: 60 },
      reason: 'D22: the device stays over an unmapped LUN',
    },
    {
      given: { window: 'A15-A17', repair: 'reboot' },
      violates: {
        [allAgreeOnAttachments.name]: 58,
        [attachingVolumeSettles.name]: 58,
        [attachCompletesOrRollsBack.name]: 58,
      },
      reason: 'the volume stays attaching',
    },
    {
      given: { window: 'A17-A18', repair: 'nothing' },
      violates: {
        [allAgreeOnAttachments.name]: 39,
        [attachingVolumeSettles.name]: 38,
        [attachCompletesOrRollsBack.name]: 38,
      },
      reason: 'the guest has the disk, the volume stays attaching',
    },
    {
      given: { window: 'A17-A18', repair: 'delete' },
      reason: 'the deletion asks for every attachment, whatever its status',
    },
    {
      given: { window: 'v4-v5', repair: 'nothing' },
      reason: 'nova 29 asks again, and cinder-volume is back: it makes the map once',
    },
    {
      given: { window: 'v4-v5', repair: 'nothing', release: '2023.2' },
      violates: { [noMappingWithoutAttachment.name]: 39 },
      reason: 'Nova asks once: Cinder deletes the row and leaves the mapping',
    },
    {
      given: { window: 'v4-v5', repair: 'delete', release: '2023.2' },
      violates: { [noMappingWithoutAttachment.name]: 48 },
      reason: 'no row names the mapping',
    },
    {
      given: { window: 'T3-T6', repair: 'nothing' },
      violates: {
        [volumeStatusFitsAttachments.name]: 7,
        [detachingVolumeSettles.name]: 6,
        [detachCompletesOrRollsBack.name]: 6,
      },
      reason: 'the volume stays detaching, and everything stays connected',
    },
    {
      given: { window: 'T3-T6', repair: 'reboot' },
      violates: {
        [volumeStatusFitsAttachments.name]: 39,
        [detachingVolumeSettles.name]: 39,
        [detachCompletesOrRollsBack.name]: 39,
      },
      reason: 'a reboot does not look at the status',
    },
    {
      given: { window: 'T3-T6', repair: 'reset-detach' },
      reason: 'the volume is in-use again, and can be detached',
    },
    {
      given: { window: 'T3-T6', repair: 'delete' },
      reason: 'the deletion asks for every attachment, whatever its status',
    },
    {
      given: { window: 'T7-T8', repair: 'nothing' },
      violates: {
        [volumeStatusFitsAttachments.name]: 19,
        [attachedVolumeIsWorkingDisk.name]: 19,
        [allAgreeOnAttachments.name]: 19,
        [detachingVolumeSettles.name]: 18,
        [detachCompletesOrRollsBack.name]: 18,
      },
      reason: 'the volume stays detaching, the device is gone',
    },
    {
      given: { window: 'T7-T8', repair: 'reset-detach' },
      reason: 'Nova ignores a disk that is gone',
    },
    {
      given: { window: 'T7-T8', repair: 'delete' },
      reason: 'the deletion asks for every attachment, whatever its status',
    },
    {
      given: { window: 'T8-T9', repair: 'nothing' },
      violates: {
        [everyBdmHasAttachment.name]: 30,
        [allAgreeOnAttachments.name]: 30,
        [detachCompletesOrRollsBack.name]: 29,
      },
      reason: 'the volume is free, and Nova has a mapping of it',
    },
    { given: { window: 'T8-T9', repair: 'reboot' }, reason: 'Nova destroys the mapping (nova 28)' },
    { given: { window: 'w3', repair: 'nothing' }, reason: 'nova 25 asks again' },
    {
      given: { window: 'w3', repair: 'nothing', release: 'xena' },
      violates: {
        [connectedAttachmentIsMapped.name]: 27,
        [volumeStatusFitsAttachments.name]: 28,
        [attachedVolumeIsWorkingDisk.name]: 28,
        [allAgreeOnAttachments.name]: 28,
        [detachingVolumeSettles.name]: 27,
        [detachCompletesOrRollsBack.name]: 27,
      },
      reason: 'Nova asks once: Cinder has unmapped the LUN or not yet; the volume stays detaching',
    },
  ],
});
