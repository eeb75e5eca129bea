import type { ReleaseName } from './releases.ts';
import type { Switches } from './switches.ts';

/** One thing that a release changed. */
export interface Change {
  readonly release: ReleaseName;
  readonly set: Partial<Switches>;
  /** The bug, specification or commit that changed it, and the project version. */
  readonly source: string;
}

/** What changed from Ocata to Train, oldest first. */
export const changesUntilTrain: readonly Change[] = [
  {
    release: 'ocata',
    set: { L1_shelve: 'instance' },
    source: 'bug 1611008; nova 15 (by the number of the bug): unshelve waits for the offload',
  },
  {
    release: 'pike',
    set: { scan: 'lun' },
    source: 'bug 1664032; os-brick 1.12: scan for host, channel, target and LUN',
  },
  {
    release: 'pike',
    set: { boot_reserves: 'yes' },
    source: 'bug 1581230; nova 16: os-reserve for the volumes that a server boots from',
  },
  {
    release: 'pike',
    set: { L6: 'process', mount_use: 'counted' },
    source: 'bug 1421550; nova 16: mount.py counts the users of each mountpoint under a lock',
  },
  {
    release: 'pike',
    set: { remove_export: 'unless_shared' },
    source: 'bug 1697008; cinder 11: the driver says whether others use the connection',
  },
  {
    release: 'pike',
    set: { attach_again: 'accepted' },
    source: 'bug 1681543; cinder 11: os-attach may be sent again',
  },
  {
    release: 'pike',
    set: { manual_scan: 'yes' },
    source: 'os-brick 1.14 and 1.15, of Pike: node.session.scan=manual where open-iscsi has it',
  },
  {
    release: 'queens',
    set: { attach_api: 'attachments', L3: 'process' },
    source:
      'nova 17: attachments API from Cinder 3.44 on, lock on service_uuid (commit 1957f4d5a2)',
  },
  {
    release: 'queens',
    set: { buried_bdms: 'saved' },
    source: 'bug 1404867; nova 17: _bury_in_cell0 stores the block device mappings',
  },
  {
    release: 'queens',
    set: { null_connector: 'skipped' },
    source: 'bug 1738254; cinder 12 (its cycle by the number of the bug)',
  },
  {
    release: 'queens',
    set: { move_attachments: 'create_first' },
    source: 'bug 1717564; cinder 12 and nova 17: the second attachment comes before the first goes',
  },
  {
    release: 'queens',
    set: { migration_cleanup: 'logs', rollback_frees: 'last' },
    source: 'nova 17: as described for attachments (docs/openstack.md 7); see docs/fidelity.md',
  },
  {
    release: 'rocky',
    set: { counting: 'servers_of_host' },
    source: 'bug 1752115; nova 18: _should_disconnect_target',
  },
  {
    release: 'rocky',
    set: { override: 'in_use_or_reserved' },
    source: 'bug 1785050; cinder 13: only for a server that has an attachment',
  },
  {
    release: 'rocky',
    set: { evacuation_records: 'all' },
    source: 'bug 1764883; nova 18 (by the number of the bug): pre-migrating records count',
  },
  {
    release: 'rocky',
    set: { swap_counts: 'yes' },
    source:
      'bug 1775418; nova 18 (by the number of the bug): volumes with several writers are refused',
  },
  {
    release: 'stein',
    set: { error_check: 'create_and_update' },
    source: 'bugs 1813267, 1805762; cinder 14: a volume in error is refused',
  },
  {
    release: 'stein',
    set: { rollback_ignores_not_found: 'yes' },
    source: 'bug 1812969; nova 19 by the number of the bug: see docs/fidelity.md',
  },
  {
    release: 'stein',
    set: { rescheduled_attachments: 'made_again' },
    source: 'bug 1784353; nova 19: _validate_existing_attachment_ids of nova-conductor',
  },
  {
    release: 'stein',
    set: { migration_test: 'migration_status' },
    source:
      'bug 1803961; nova 19 (by the number of the bug): a volume that only moves has no status of its own',
  },
  {
    release: 'stein',
    set: { attach_end: 'at_complete' },
    source: 'bug 1808941; cinder 14: attach.end comes with attachment_complete',
  },
  {
    release: 'stein',
    set: { L1_detach: 'instance' },
    source: 'bug 1662483; nova 19: detach_volume under the instance lock',
  },
  {
    release: 'stein',
    set: { failed_pre_attachments: 'deleted' },
    source: 'bug 1778206; nova 19 (updates 18.0.3, 17.0.9): pre_live_migration cleans up',
  },
  {
    release: 'train',
    set: { attach_fallback: 'none' },
    source: 'nova 20: Cinder 3.44 is required, every nova-compute has the attachments API',
  },
  {
    release: 'train',
    set: { rollback_connection_info: 'restored', rollback_attachments: 'current' },
    source: 'bug 1780973; nova 20 (updates 19.0.1, 18.2.1, 17.0.11): _rollback_volume_bdms',
  },
  {
    release: 'train',
    set: { source_connection_info: 'snapshot' },
    source: 'bugs 1754716, 1814245; 2019, nova 20: the source disconnects by source_bdms',
  },
  {
    release: 'train',
    set: { L7: 'node', duplicate_check: 'connected' },
    source: 'bug 1833736; cinder 15: lock and check in attachment_update',
  },
];
