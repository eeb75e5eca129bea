import { attachmentCreate } from '../model/cinder/attachment-create.ts';
import { volumeAttachmentDelete } from '../model/cinder/attachment-delete.ts';
import { volumeAttachmentUpdate } from '../model/cinder/attachment-update.ts';
import { cloud } from '../model/cloud.ts';
import { cloudScenario } from '../model/cloud-scenario.ts';
import { attachVolume, attachVolumeOnConductor } from '../model/nova/attach.ts';
import { attachVolumeOnCompute } from '../model/nova/attach-compute.ts';
import { detachVolume, detachVolumeOnCompute } from '../model/nova/detach.ts';
import { repairLater, repairs } from '../model/operator.ts';
import { S2, S10 } from '../model/properties/always.ts';
import { Q1, Q2, Q2b, Q4, Q5, Q7, Q9 } from '../model/properties/at-rest.ts';
import { V1, V2, V3, V4 } from '../model/properties/liveness.ts';
import { choice } from '../spec/parameters.ts';

/**
 * The labels between two steps of docs/openstack.md 5.2, 5.4 and 5.5, after which the windows are
 * called.
 */
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

/** The windows in which a volume is being detached; in the others it is being attached. */
const ofDetach: readonly string[] = ['T3-T6', 'T7-T8', 'T8-T9', 'w3'];

export const crashWindows = cloudScenario({
  name: 'crash-windows',
  about:
    'A service dies between two steps of an attach or a detach (docs/openstack.md 9.2): what is left when nothing happens any more, ' +
    'and which repair puts it right.',
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
      { about: 'between which steps the service dies that takes them' },
    ),
    repair: choice(repairs, { about: 'what an operator does when nothing happens any more' }),
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
      'nothing happens any more',
      (_state, processes) =>
        processes['request']?.at === 'done' && processes['operator']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { window: 'c3-c5', repair: 'nothing' },
      violates: { [Q1.name]: 21, [V1.name]: 20 },
      because: 'the volume is reserved and has no attachment; Nova’s second request is refused',
    },
    {
      given: { window: 'c3-c5', repair: 'delete' },
      violates: { [Q1.name]: 29, [V1.name]: 29 },
      because: 'Nova knows nothing of the volume',
    },
    { given: { window: 'c3-c5', repair: 'reset-available' }, because: 'the only repair' },
    {
      given: { window: 'c5-A8', repair: 'nothing' },
      violates: { [Q2.name]: 15, [Q2b.name]: 15, [Q9.name]: 15, [V1.name]: 14, [V3.name]: 14 },
      because: 'an attachment, and a mapping without its id',
    },
    {
      given: { window: 'c5-A8', repair: 'delete' },
      because: 'a mapping without an id is deleted the old way, with the only attachment there is',
    },
    {
      given: { window: 'c5-A8', repair: 'reboot' },
      violates: { [Q2.name]: 39, [Q9.name]: 39, [V3.name]: 39 },
      because: 'the attachment is deleted, the mapping without an id is left',
    },
    {
      given: { window: 'A8-A10', repair: 'nothing' },
      violates: { [Q9.name]: 16, [V1.name]: 15, [V3.name]: 15 },
      because: 'the volume stays reserved',
    },
    {
      given: { window: 'A8-A10', repair: 'reset-detach' },
      violates: { [Q1.name]: 26, [Q9.name]: 26, [V3.name]: 26 },
      because: 'what is not in-use cannot be detached',
    },
    {
      given: { window: 'A8-A10', repair: 'delete' },
      because: 'deletion asks for every attachment, whatever its status',
    },
    {
      given: { window: 'A14-A15', repair: 'nothing' },
      violates: { [Q9.name]: 33, [V1.name]: 32, [V3.name]: 32 },
      because: 'the LUN is mapped, the volume stays attaching',
    },
    {
      given: { window: 'A14-A15', repair: 'delete' },
      because: 'deletion asks for every attachment, whatever its status',
    },
    {
      given: { window: 'A15-A17', repair: 'nothing' },
      violates: { [Q9.name]: 37, [V1.name]: 36, [V3.name]: 36 },
      because: 'the host has the device, perhaps the guest has the disk, and nobody saved how',
    },
    {
      given: { window: 'A15-A17', repair: 'delete' },
      violates: { [S2.name]: 52, [Q5.name]: 59 },
      because: 'D22: the device is left over an unmapped LUN',
    },
    {
      given: { window: 'A15-A17', repair: 'reboot' },
      violates: { [Q9.name]: 58, [V1.name]: 58, [V3.name]: 58 },
      because: 'the volume stays attaching',
    },
    {
      given: { window: 'A17-A18', repair: 'nothing' },
      violates: { [Q9.name]: 39, [V1.name]: 38, [V3.name]: 38 },
      because: 'the guest has the disk, the volume stays attaching',
    },
    {
      given: { window: 'A17-A18', repair: 'delete' },
      because: 'deletion asks for every attachment, whatever its status',
    },
    {
      given: { window: 'v4-v5', repair: 'nothing' },
      because: 'nova 29 asks again, and cinder-volume is back: the map is made once',
    },
    {
      given: { window: 'v4-v5', repair: 'nothing', release: '2023.2' },
      violates: { [Q7.name]: 39 },
      because: 'one request only: the row is deleted, the mapping is left',
    },
    {
      given: { window: 'v4-v5', repair: 'delete', release: '2023.2' },
      violates: { [Q7.name]: 47 },
      because: 'nobody knows of the mapping',
    },
    {
      given: { window: 'T3-T6', repair: 'nothing' },
      violates: { [Q1.name]: 7, [V2.name]: 6, [V4.name]: 6 },
      because: 'the volume stays detaching, and everything is connected',
    },
    {
      given: { window: 'T3-T6', repair: 'reboot' },
      violates: { [Q1.name]: 37, [V2.name]: 37, [V4.name]: 37 },
      because: 'a reboot does not look at the status',
    },
    {
      given: { window: 'T3-T6', repair: 'reset-detach' },
      because: 'the volume is in-use again, and can be detached',
    },
    {
      given: { window: 'T3-T6', repair: 'delete' },
      because: 'deletion asks for every attachment, whatever its status',
    },
    {
      given: { window: 'T7-T8', repair: 'nothing' },
      violates: { [Q1.name]: 16, [Q4.name]: 16, [Q9.name]: 16, [V2.name]: 15, [V4.name]: 15 },
      because: 'the volume stays detaching, the device is gone',
    },
    {
      given: { window: 'T7-T8', repair: 'reset-detach' },
      because: 'a disk that is gone is no error',
    },
    {
      given: { window: 'T7-T8', repair: 'delete' },
      because: 'deletion asks for every attachment, whatever its status',
    },
    {
      given: { window: 'T8-T9', repair: 'nothing' },
      violates: { [Q2.name]: 27, [Q9.name]: 27, [V4.name]: 26 },
      because: 'the volume is free, and Nova has a mapping of it',
    },
    { given: { window: 'T8-T9', repair: 'reboot' }, because: 'the mapping is destroyed (nova 28)' },
    { given: { window: 'w3', repair: 'nothing' }, because: 'nova 29 asks again' },
    {
      given: { window: 'w3', repair: 'nothing', release: '2023.2' },
      violates: {
        [S10.name]: 24,
        [Q1.name]: 25,
        [Q4.name]: 25,
        [Q9.name]: 25,
        [V2.name]: 24,
        [V4.name]: 24,
      },
      because: 'one request only: the LUN is unmapped, or not yet; the volume stays detaching',
    },
  ],
});
