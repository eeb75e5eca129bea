import { type Duration, type Durations, exponential } from '../../spec/duration.ts';
import { kinds } from './kinds.ts';
import { otherRequests } from './other-requests.ts';

/**
 * How long the steps of an attach and a detach take, for `simulate --timed`: the time from when a
 * step is enabled until it takes effect. Of single steps one measurement is known; the others are
 * assumptions, and every answer comes with its sensitivity to each. A step that is missing here has
 * no duration, and a scenario that takes it is refused with its name.
 */

const assumed = (mean: number, why: string): Duration => exponential(mean, { assumed: why });

const { row, check, lock, request, message, reply } = kinds;
const driver = assumed(1, 'the driver of Cinder asks the storage backend');

/** Steps that ask another service, or send to it. */
const asking = [
  'attachment_complete',
  'attachment_create',
  'attachment_delete',
  'attachment_update',
  'begin_detaching',
  'create_attachment',
  'get_attachment',
  'get_volume',
  'reserve',
  'unreserve',
  'update_attachment',
];
const sending = [
  'cast_attach_volume',
  'cast_detach_volume',
  'hand_over',
  'reserve_block_device_name',
  'volume_rpc',
];
const rows = [
  'attachment_attached',
  'attachment_destroy',
  'attachment_get',
  'attachment_insert',
  'attachment_reserve',
  'check_attachments',
  'count_connections',
  'create_bdm',
  'destroy_bdm',
  'get_bdm',
  'get_bdms',
  'list_remaining_attachments',
  'load_attachment',
  'load_volume',
  'save_attachment_id',
  'save_connection_info',
  'save_connector',
  'save_volume',
  'volume_attached',
  'volume_detached',
  'volume_get',
  'volume_in_use',
];
const checks = [
  'attachment_deletion_allowed',
  'check_instance_state',
  'check_volume_already_attached',
  'should_disconnect_target',
];
const locks = [
  'guard_connection',
  'lock_attachment_update',
  'lock_connect_volume',
  'lock_disconnect_volume',
  'lock_instance',
  'unlock',
  'unlock_attachment_update',
  'unlock_instance',
];

const each = (labels: readonly string[], duration: Duration): Durations =>
  Object.fromEntries(labels.map((label) => [label, duration]));

/** By label in all flows, or by flow and label where one differs. */
export const cloudDurations: Durations = {
  ...otherRequests(kinds),
  ...each(asking, request),
  ...each(sending, message),
  ...each(
    [...asking, ...sending].map((label) => `${label}_reply`),
    reply,
  ),
  ...each(rows, row),
  ...each(checks, check),
  ...each(locks, lock),
  // Flows of Cinder have labels with the names of requests: there they are its own work.
  ...each(
    [
      '"c-api.begin_detaching".begin_detaching',
      '"c-api.get_attachment".get_attachment',
      '"c-api.reserve".reserve',
      '"c-api.unreserve".unreserve',
    ],
    row,
  ),
  create_export: driver,
  initialize_connection: driver,
  terminate_connection: driver,
  remove_export: exponential(0.5, {
    measured:
      'one request in a log of cinder-volume 17.1.9: the lock of detach_volume is held for 0.502 s ' +
      '(https://pastebin.com/Hp6Ztg8K, 2019)',
  }),
  connect_to_iscsi_portal: assumed(1, 'an iSCSI session is logged in'),
  rescan_iscsi: assumed(0.5, 'the session is scanned for the unit'),
  wait_for_device: assumed(1.5, 'udev makes the device, and os-brick looks once a second'),
  attach_to_guest: assumed(0.5, 'libvirt gives the disk to the guest'),
  driver_detach: assumed(2, 'libvirt asks the guest, which releases the disk'),
  list_devices: assumed(0.05, 'os-brick reads the devices of the session'),
  remove_scsi_device: assumed(0.5, 'buffers are flushed and the device is removed'),
  disconnect_volume: assumed(1, 'buffers are flushed, and the session is logged out'),
  disconnect_from_iscsi_portal: assumed(0.5, 'the iSCSI session is logged out'),
  remove_link: assumed(0.1, 'udev takes the link of a removed device away'),
};
