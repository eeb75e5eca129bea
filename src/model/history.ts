import { type Change, changesUntilTrain } from './history-until-train.ts';

/**
 * What changed since Newton, oldest first. Only first releases: a backport changes an older series
 * in one of its updates, and a preset stands for the first version of its series.
 */
export const changes: readonly Change[] = [
  ...changesUntilTrain,
  {
    release: 'ussuri',
    set: { L3: 'host' },
    source: 'bug 1800515; nova 21: guard_connection of os-brick',
  },
  {
    release: 'ussuri',
    set: { made_at_boot: 'attachments' },
    source: 'bug 1747693; nova 21: attachment_create for a volume that Nova makes',
  },
  {
    release: 'ussuri',
    set: { L1_reboot: 'instance' },
    source: 'nova 21: reboot_instance under the instance lock',
  },
  {
    release: 'victoria',
    set: { rollback_attachments: 'changed' },
    source: 'bug 1889108; nova 22: only an attachment that is not the one of the source is deleted',
  },
  {
    release: 'victoria',
    set: { shared_files: 'disconnected' },
    source: 'bug 1888022; nova 22: _should_disconnect_target lets mounted filesystems through',
  },
  {
    release: 'wallaby',
    set: { bdm_check: 'cell' },
    source: 'bug 1908075; nova 23: a BDM of any server refuses the attach',
  },
  {
    release: 'wallaby',
    set: { detach_needs_host: 'up' },
    source: 'bug 1909120; nova 23: 409 when the compute service is down',
  },
  {
    release: 'wallaby',
    set: { L1_swap: 'instance' },
    source: 'nova 23: swap_volume under the instance lock (docs/openstack.md 1.6)',
  },
  {
    release: 'xena',
    set: { L1_reserve: 'check_and_insert' },
    source: 'bug 1937375; nova 24: reserve_block_device_name looks again under the lock',
  },
  {
    release: 'xena',
    set: { refresh: 'present' },
    source: 'nova 24: nova-manage volume_attachment refresh',
  },
  {
    release: 'xena',
    set: { path_removal: 'del_path' },
    source: 'bug 1924652; os-brick of Xena (by the number of the bug): multipathd del path',
  },
  {
    release: 'xena',
    set: { pre_migration_saves: 'from_driver' },
    source: 'bug 1939545; nova 24: pre_live_migration saves what os-brick answered',
  },
  {
    release: 'xena',
    set: { backup_remove_export: 'call' },
    source:
      'bug 1920237; cinder 19 (by the number of the bug): remove_export of cinder-backup waits',
  },
  {
    release: 'yoga',
    set: { moved_volume_id: 'of_volume' },
    source: 'bug 1943431; nova 25 (by the number of the bug): volume_id in connection_info',
  },
  {
    release: 'yoga',
    set: { detach_end_tells: 'read_again', reserved_detach_start: 'sent' },
    source: 'bugs 1916980, 1935011; cinder 20: both notifications of a detach come from cinder-api',
  },
  {
    release: 'yoga',
    set: { L4: 'host' },
    source: 'bug 1947370; os-brick 5.1: lock file',
  },
  {
    release: 'yoga',
    set: { delete_ignores_not_found: 'yes' },
    source: 'bug 1937084; nova 25: attachment_delete ignores 404',
  },
  {
    release: 'yoga',
    set: { bdm_on_timeout: 'destroyed' },
    source: 'bug 1960401; nova 25: the BDM is looked for and destroyed',
  },
  {
    release: 'yoga',
    set: { status_writers: 'c-api' },
    source: 'bugs 1937084, 1935057, 1916980; cinder 20: one transaction under a lock on the row',
  },
  {
    release: 'zed',
    set: { rebuild_from_volume: 'reimage' },
    source: 'nova 26 with Cinder 3.68: a server that boots from a volume is rebuilt by os-reimage',
  },
  {
    release: '2023.2',
    set: { user_delete_gate: 'on' },
    source: 'CVE-2023-2088, bug 2004555; cinder 23 (updates 20.3, 21.3, 22.1)',
  },
  {
    release: '2023.2',
    set: { destroy_disconnect: 'force' },
    source: 'CVE-2023-2088, bug 2004555; nova 28 (updates 25.2, 26.2, 27.1): force=True',
  },
  {
    release: '2023.2',
    set: { reboot_cleans: 'yes' },
    source: 'bug 2019078; nova 28: _delete_dangling_bdms at any reboot',
  },
  {
    release: '2024.1',
    set: { rest_attempts: 5 },
    source: 'bugs 1978444, 1970642; nova 29: five attempts on 500 and 504',
  },
  {
    release: '2024.1',
    set: { refresh_deletes: 'n-cpu' },
    source:
      'compute RPC 6.3: remove_volume_connection(delete_attachment); the release is not verified',
  },
  {
    release: '2024.1',
    set: { refresh_checks: 'host' },
    source: 'bug 2012365; nova 29: the connector must be that of the host of the server',
  },
  {
    release: '2024.2',
    set: { null_shared_targets: 'seen' },
    source: 'bug 2035375; nova 30: asks for Cinder 3.69',
  },
  {
    release: '2025.2',
    set: { failed_pre_disconnect: 'by_destination' },
    source: 'bug 1899835; nova 32: the destination disconnects, the source rolls back without it',
  },
  {
    release: '2025.2',
    set: { swap_for: 'cinder' },
    source:
      'bug 2112187; nova 32 (updates 31.1.0, 30.1.0, 29.3.0): only while Cinder moves the volume',
  },
  {
    release: '2026.1',
    set: { sessions_seen: 'all' },
    source:
      'bug 2116553; os-brick of 2026.1 (by the number of the bug): all sessions of (portal, iqn)',
  },
  {
    release: '2026.1',
    set: { path_removal: 'wait' },
    source: 'bug 2136842; os-brick of 2026.1 (by the number of the bug): waits for multipathd',
  },
  {
    release: '2026.1',
    set: { L2: 'delete' },
    source: 'bug 2048837; nova 33: multi_attach_volume_<id> around the deletion of a server',
  },
  {
    release: '2026.1',
    set: { attach_in: 'n-cond' },
    source: 'nova 33: attach is prepared by nova-conductor',
  },
];
