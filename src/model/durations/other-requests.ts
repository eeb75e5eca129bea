import { type Duration, type Durations, exponential } from '../../spec/duration.ts';
import type { Kinds } from './kinds.ts';

/**
 * How long the steps of the requests beside attach and detach take: live migration, resize,
 * rebuild, shelve, boot, swap, snapshot, backup and the others. No measurement of any is known.
 * Every one is an assumption by the kind of work, and an answer says how far it depends on it.
 */

const words = (text: string): readonly string[] => text.trim().split(/\s+/);
const assumed = (mean: number, why: string): Duration => exponential(mean, { assumed: why });

/** Calls of another service, each with an answer, which is a step of its own. */
const asking = words(`
  activate_port_binding attach attachment_create_again attachment_delete_first attachment_get_all
  attachment_show bind_port_to_host cast_failed check_detach complete_unsaved create_volume
  dangling_attachment_delete delete_destination_binding delete_new delete_source_binding detach
  detach_attachment_delete incomplete_attachment_delete live_migration_abort
  manager_attachment_delete migrate_volume_completion migrate_volume_error new_attachment_delete
  not_created_volume_delete overtaken_attachment_delete post_live_migration_at_destination
  pre_live_migration reimage remove_old remove_volume_connection reserve_volume reserved_delete
  roll_detaching rollback_attachment_delete volume_delete
`);

/** Calls and answers that the service takes up in a step of the same name: that is its own work. */
const served = words(`
  "c-api.attachment_get_all".attachment_get_all "c-api.attachment_show".attachment_show
  "c-api.create_volume".create_volume "c-api.roll_detaching".roll_detaching
  "c-vol.migrate_volume_completion".migrate_volume_completion
  "n-cpu.live_migration_abort".live_migration_abort
  "neutron.activate_port_binding".activate_port_binding create_port_binding delete_port_binding
`);

/** Answers to calls that have a duration of their own already. */
const answers = words(`
  attachment_get_reply initialize_connection_reply remove_export_reply reset_status_reply
  terminate_connection_reply volume_get_reply
`);

/** What a service of the API does before it sends a message, and messages. */
const sending = words(`
  ask_for_reimage ask_who_began cast_build cast_delete_volume cast_finish_revert cast_remove_export
  cast_schedule_and_build cast_swap_volume copy_volume_to_image create_backup delete_server
  detach_volume end_resize evacuate extend extend_volume_event finish_evacuation image_refused
  live_migrate notify_attach_end notify_detach_end reboot rebuild reschedule reset_status resize
  shelve take_message tell_who_began unshelve wait_for_instance_event "c-api.reimage".reimage
  "c-api.force_detach".detach
`);

/** Rows of a database that are read or written. */
const rows = words(`
  add_attachment attach_first attach_volume attachment_override attachments_detached begin_attach
  bury_in_cell0 check_minimum_version check_status clean_up_error complete complete_deletion
  count_attachments create_build_request create_volume_bdm delete_dangling_bdms
  delete_on_termination destroy_instance detach_block_devices find_bdm finish_attach force_detached
  get_config get_config_to_unmap get_evacuations get_migration get_source_bdms
  get_stashed_connector get_uuids_by_host init_instance init_instances look_up_bdm
  migrate_instance_start nil_out_host prep_block_device read_bdms rebuild_block_device_mapping
  rebuild_spawning remove_attachment resize_instance restore_attachment_id restore_bdm
  restore_previous_status restore_status revert_task_state rollback_live_migration
  rollback_volume_bdms running_deleted_instances save_active save_bdm save_failed save_freed
  save_host save_instance save_launched_at save_offloaded save_powering_off save_reboot_pending
  save_reboot_started save_resize_finish save_spawning save_task_state set_task_state
  undo_attachments undo_save update update_migrated_volume validate_bdm validate_update
  volume_destroy volume_reimaged
`);

/** Decisions in memory: the end of a loop, the handling of an error, an answer that is made. */
const deciding = words(`
  aborted_in_queue answer arrived attach_failed await_block_device_map_created bad_request
  build_aborted build_failed build_overtaken claim_resources conflict connected
  create_export_failed delete_failed detach_allowed detach_failed disconnect_failed disconnected
  driver_detach_failed driver_not_initialized end extend_failed finish_failed finish_overtaken
  flush_failed forget give_up guest_failed guest_refused initialize_connection_failed
  instance_claim live_migration_failed migration_completed next_attach next_attachment next_bdm
  next_complete next_connect next_connection next_dangling next_disconnect next_refresh
  next_remote_volume next_reservation next_rollback next_undo next_update next_volume not_begun
  not_connected not_disconnected not_found not_yet_connected offload_failed
  post_live_migration_failed pre_failed pre_live_migration_failed raise reboot_failed
  rebuild_claim rebuild_failed rebuild_overtaken rebuilt refresh reimage_failed
  remove_export_failed removed resize_failed resize_overtaken resized revert_failed reverted
  rollback_failed rolled_back server_error skip_attachment skip_refresh skip_rollback skip_undo
  spawn_failed stopped swapped take_a_slot terminate_connection_failed termination_allowed
  unshelve_failed
`);

const locking = words(`
  guard_detach guard_volume leave_guard lock_detach_volume lock_multi_attach_volumes lock_volume
  unlock_detach_volume unlock_volume
`);

/** Faults that a scenario allows. */
const faults = words(`
  brick-error complete-error compute-timeout conductor-error crash destination-error
  destination-flush driver-error encryptor-error export-error guest-refuses image-error
  metadata-error migration-error reply-lost rest-500 rest-504 rpc-timeout save-error
  vif-plug-timeout
`);

const guest = assumed(5, 'libvirt defines a guest and starts it');
const ended = assumed(1, 'libvirt ends a guest');
const copied = assumed(60, 'all blocks of a volume are copied');
const device = assumed(1, 'os-brick waits for a device, or takes it away');
const storage = assumed(1, 'the driver of Cinder asks the storage backend');
const mounted = assumed(0.2, 'a share is mounted or unmounted');
const mapped = assumed(0.2, 'the driver of the host maps a volume');
const operator = assumed(60, 'an operator looks, and runs the next command');
const fault = assumed(100_000, 'a fault of this kind comes once a day or so where it can come');

const each = (labels: readonly string[], duration: Duration): Durations =>
  Object.fromEntries(labels.map((label) => [label, duration]));

/** By label in all flows, or by flow and label where one differs. */
export const otherRequests = ({ request, reply, message, row, check, lock }: Kinds): Durations => ({
  ...each(asking, request),
  ...each([...asking.map((label) => `${label}_reply`), ...answers], reply),
  ...each(served, row),
  ...each(sending, message),
  ...each(rows, row),
  ...each(deciding, check),
  ...each(locking, lock),
  ...each(faults, fault),
  ...each(words('spawn create_guest power_on'), guest),
  ...each(words('destroy_guest destroy_guests driver_destroy'), ended),
  ...each(words('power_off stop_instance'), assumed(10, 'a guest shuts down, within 60 s')),
  migrate_to_uri: assumed(30, 'libvirt copies the memory of a guest that runs'),
  cut_over: assumed(0.5, 'the guest stops, and goes on at the destination'),
  ...each(words('block_copy_and_pivot copy_image_to_volume upload_volume backup'), copied),
  ...each(words('connect wait_for_volume_path cleanup_connection uev_remove_path'), device),
  detach_from_guest: assumed(2, 'libvirt asks the guest, which releases the disk'),
  ...each(words('mount umount'), mounted),
  ...each(words('add_mapped_sdc remove_mapped_sdc'), mapped),
  ...each(words('extend_volume delete_volume "c-vol.create_volume".create_volume'), storage),
  '"c-api.delete_volume".delete_volume': message,
  extend_device: assumed(0.5, 'the device of a guest gets its new size'),
  select_destinations: assumed(0.1, 'the scheduler chooses a host'),
  ...each(words('start_compute restart_compute'), assumed(10, 'nova-compute starts')),
  ...each(words('wait_until_quiet lock_server unlock_server'), operator),
});
