import { changes } from './history.ts';
import type { Switches } from './switches.ts';

/**
 * The releases that have presets, oldest first. Numbers of the projects: nova 14 and cinder 9 are
 * Newton.
 */
export const releaseNames = [
  'newton',
  'ocata',
  'pike',
  'queens',
  'rocky',
  'stein',
  'train',
  'ussuri',
  'victoria',
  'wallaby',
  'xena',
  'yoga',
  'zed',
  '2023.1',
  '2023.2',
  '2024.1',
  '2024.2',
  '2025.1',
  '2025.2',
  '2026.1',
] as const;

export type ReleaseName = (typeof releaseNames)[number];

/** The newest release: what "today" means in this model. */
export const newestRelease = '2026.1' satisfies ReleaseName;

/**
 * Where the history begins: nova 14, cinder 9, os-brick 1.6, and the site that the scenarios
 * assume.
 */
const newton: Switches = {
  attach_api: 'legacy',
  attach_fallback: 'minimum_version',
  start_check: 'check_then_save',
  detach_names_row: 'yes',
  attach_in: 'n-api',
  L1_attach: 'instance',
  L1_detach: 'none',
  L1_reboot: 'none',
  L1_reserve: 'insert',
  bdm_check: 'instance',
  detach_needs_host: 'any',
  destroy_disconnect: 'gentle',
  rebuild_from_volume: 'refused',
  made_at_boot: 'legacy',
  reboot_cleans: 'no',
  null_connector: 'terminated',
  delete_bdms: 'reread_without_volume',
  boot_reserves: 'no',
  buried_bdms: 'none',
  rescheduled_attachments: 'kept',
  L2: 'none',
  L3: 'none',
  L3_covers: 'both',
  L4: 'process',
  L6: 'none',
  mount_use: 'kernel',
  shared_files: 'skipped',
  L7: 'none',
  duplicate_check: 'none',
  override: 'no_other_server',
  second_attachment: 'same_instance',
  move_attachments: 'delete_first',
  L1_swap: 'none',
  swap_for: 'anybody',
  swap_counts: 'no',
  migration_test: 'volume_status',
  moved_volume_id: 'of_backend',
  migrated_rows: 'after_delete',
  refresh_deletes: 'nova-manage',
  refresh: 'absent',
  refresh_checks: 'nothing',
  L1_shelve: 'none',
  evacuation_records: 'accepted_and_done',
  rollback_attachments: 'told_by_destination',
  rollback_connection_info: 'kept',
  rollback_frees: 'first',
  migration_cleanup: 'raises',
  source_connection_info: 'fetched_again',
  pre_migration_saves: 'from_cinder',
  failed_pre_attachments: 'kept',
  failed_pre_disconnect: 'by_source',
  error_check: 'none',
  export_removed: 'before_detached',
  remove_export: 'always',
  backup_remove_export: 'cast',
  attach_end: 'at_update',
  detach_end_tells: 'loaded',
  reserved_detach_start: 'none',
  bdm_on_timeout: 'kept',
  rollback_ignores_not_found: 'no',
  user_delete_gate: 'off',
  status_writers: 'both',
  rest_attempts: 1,
  delete_ignores_not_found: 'no',
  counting: 'none',
  reserve: 'swap',
  attach_again: 'refused',
  connection_info_saved: 'before_attach',
  failed_detach: 'roll_detaching',
  null_shared_targets: 'as_true',
  shared_targets: 'true',
  manual_scan: 'no',
  scan: 'session',
  logout_looks_at: 'devices',
  sessions_seen: 'last',
  multipath: 'no',
  path_removal: 'uevent',
  driver_remembers: 'yes',
  sdc_lock: 'process',
  driver_counts: 'yes',
};

/** The switches of a release: Newton, with every change up to and including that release. */
export function switchesOf(release: ReleaseName): Switches {
  const age = releaseNames.indexOf(release);
  const switches = { ...newton };
  for (const change of changes) {
    if (releaseNames.indexOf(change.release) <= age) Object.assign(switches, change.set);
  }
  return switches;
}
