import { brick, type Change, cinder, nova } from './change.ts';

/** What changed from Ocata to Train, oldest first. */
export const changesUntilTrain: readonly Change[] = [
  {
    release: 'pike',
    set: { scan: 'lun' },
    about: 'bug 1664032: scan for host, channel, target and LUN; with multipath, then without',
    commits: [
      brick('a6e789f27edc5cae84a786f3d3604cc6546820d7', '1.12.0'),
      brick('56c8665d3d342ce90f5d9433966c0f244063b4c1', '1.14.0'),
    ],
  },
  {
    release: 'pike',
    set: { logout_looks_at: 'devices' },
    about: 'the devices of the session are listed before the removal',
    commits: [brick('400ca5d6db818b966065001571e59198c6966e2f', '1.14.0')],
  },
  {
    release: 'pike',
    set: { manual_scan: 'yes' },
    about: 'node.session.scan=manual where open-iscsi has it, after a discovery as well',
    commits: [
      brick('f67d46c5383b3c454f365b653a36d3cd043a7814', '1.14.0'),
      brick('d310e06caffe9e36f5d1c31b290bb07b4983ddd5', '1.15.0'),
    ],
  },
  {
    release: 'pike',
    set: { boot_reserves: 'yes' },
    about: 'bug 1581230: os-reserve for the volumes that a server boots from',
    commits: [nova('63805735c25a54ad1b9b97e05080c1a6153d8e22', '16.0.0.0b1')],
  },
  {
    release: 'pike',
    set: { L6: 'process', mount_use: 'counted' },
    about: 'bug 1421550: mount.py counts the users of each mountpoint under a lock',
    commits: [nova('4aa39c44a4b08ee4e05548d5c258e795089b2bdd', '16.0.0.0b2')],
  },
  {
    release: 'pike',
    set: { remove_export: 'unless_shared' },
    about: 'bug 1697008: the driver says whether others use the connection',
    commits: [cinder('345189153191abe55a922ba49593ca09b9b65540', '11.0.0.0b3')],
  },
  {
    release: 'pike',
    set: { attach_again: 'accepted' },
    about: 'bug 1681543: os-attach may be sent again',
    commits: [cinder('a4305884e529705f5edd98a7f0c13cdd1d472cbc', '11.0.0.0b2')],
  },
  {
    release: 'pike',
    set: { upload_disconnect: 'force' },
    about: 'os-brick is told force and ignore_errors after a copy to an image',
    commits: [cinder('2d965f6cfd71da33623bf95d9b2c41dc21965437', '11.0.0.0b3')],
  },
  {
    release: 'queens',
    set: { attach_api: 'attachments', L3: 'process' },
    about: 'attachments from Cinder 3.44 on, lock on service_uuid, which API 3.48 shows',
    commits: [
      nova('6d70d6adf9c902f0a9f1735ef90d992cbc0dcb46', '17.0.0.0b3'),
      nova('99c8168b93037cec710690d3b95348d835ead8f7', '17.0.0.0b1'),
      nova('1957f4d5a291dea4e15439a06c424e46605d5377', '17.0.0.0b3'),
      cinder('2fa6fdd7846df05c3d81e78c137ec2976499a7f9', '12.0.0.0b2'),
      cinder('677f130dde4ca7ddf99cc4e4cae1def3491e3912', '12.0.0.0b2'),
    ],
  },
  {
    release: 'queens',
    set: { buried_bdms: 'saved' },
    about:
      'bug 1404867: _bury_in_cell0 stores the BDMs; this commit is the one of the stable branch',
    commits: [nova('8862b2de236cccf5d0378f485acf90eab5c8c77a', '17.0.0.0rc3')],
  },
  {
    release: 'queens',
    set: { null_connector: 'skipped' },
    about: 'bug 1738254: no terminate_connection for an attachment without connector',
    commits: [cinder('1bcab6a48de991dd0e029c6acd5527643aa457c9', '12.0.0.0b3')],
  },
  {
    release: 'queens',
    set: { move_attachments: 'create_first' },
    about: 'bug 1717564: the second attachment comes before the first goes, and keeps the status',
    commits: [
      cinder('64612cdbfbd21f6aa5a532b4caf42af7187014eb', '12.0.0.0b1'),
      nova('6d70d6adf9c902f0a9f1735ef90d992cbc0dcb46', '17.0.0.0b3'),
    ],
  },
  {
    release: 'rocky',
    set: { counting: 'servers_of_host' },
    about: 'bug 1752115: _should_disconnect_target',
    commits: [nova('139426d51416313e8b14a335695adc7165bc4848', '18.0.0.0b1')],
  },
  {
    release: 'rocky',
    set: { override: 'same_server' },
    about: 'bugs 1762687, 1785050: the volume is read again, and this server needs an attachment',
    commits: [
      cinder('dd93b0c7190681620c3eed9937462901da42c7c4', '13.0.0.0b1'),
      cinder('9c0123eb70b0928786d81469cc3ccbd4f30f38fe', '13.0.0.0rc1'),
    ],
  },
  {
    release: 'rocky',
    set: { evacuation_records: 'all' },
    about: 'bug 1764883: pre-migrating records count',
    commits: [nova('c4988cdabf311d29cf64af732091068cfabeedaa', '18.0.0.0b3')],
  },
  {
    release: 'stein',
    set: { override: 'in_use_or_reserved' },
    about: 'bug 1813267: the status has to be in-use or reserved as well',
    commits: [cinder('6eba403ba020292806d0ec35edc7964eaa8e8eaf', '14.0.0.0rc1')],
  },
  {
    release: 'stein',
    set: { error_check: 'create_and_update' },
    about: 'bug 1805762: a volume in error is refused',
    commits: [cinder('7d7dc2659d1ad07ef77892306827ca4a662e315d', '14.0.0.0rc1')],
  },
  {
    release: 'stein',
    set: { lvm_counts: 'yes' },
    about: 'bug 1786327: LVM keeps the connection that another attachment of the host uses',
    commits: [cinder('d0b59152ed413f39599ffd1554c0e4e0038431aa', '14.0.0.0rc1')],
  },
  {
    release: 'stein',
    set: { migrated_attachment_errors: 'logged' },
    about: 'bug 1628606: errors of attachment_delete after a live migration are logged',
    commits: [nova('5513f48dea529fe4e690f50a462300129594210c', '19.0.0.0rc1')],
  },
  {
    release: 'stein',
    set: { source_connection_info: 'snapshot' },
    about: 'bugs 1754716, 1814245: the source disconnects by the BDMs of before the migration',
    commits: [nova('b626c0dc7b113365002e743e6de2aeb40121fc81', '19.0.0.0rc1')],
  },
  {
    release: 'stein',
    set: { rollback_ignores_not_found: 'yes' },
    about: 'bug 1812969: 404 is success when the attachment of a failed attach is deleted',
    commits: [nova('595866eb62db56fbd4f965619031ac902f99441a', '19.0.0.0rc1')],
  },
  {
    release: 'stein',
    set: { rescheduled_attachments: 'made_again' },
    about: 'bug 1784353: _validate_existing_attachment_ids of nova-conductor',
    commits: [nova('41452a5c6adb8cae54eef24803f4adc468131b34', '19.0.0.0rc1')],
  },
  {
    release: 'stein',
    set: { attach_end: 'at_complete' },
    about: 'bug 1808941: attach.end comes with attachment_complete',
    commits: [cinder('283e1c2194b9fda1a6116df29b0644f449a69a76', '14.0.0.0rc1')],
  },
  {
    release: 'stein',
    set: { L1_detach: 'instance' },
    about: 'bug 1662483: detach_volume under the instance lock',
    commits: [nova('2e4e203c1a4c4f91dd1aabae8c8d7b745df99be7', '19.0.0.0rc1')],
  },
  {
    release: 'stein',
    set: { failed_pre_attachments: 'deleted' },
    about: 'bug 1778206: pre_live_migration cleans up (updates 18.0.3, 17.0.9)',
    commits: [nova('1a29248d5e688ba1d4f806895dccd45fcb34b833', '19.0.0.0rc1')],
  },
  {
    release: 'train',
    set: { attach_fallback: 'none' },
    about: 'Cinder 3.44 is required, every nova-compute has the attachments API',
    commits: [nova('f260f12ec76e4ad060f02798b8bbba9fe28a657c', '20.0.0.0rc1')],
  },
  {
    release: 'train',
    set: { rollback_connection_info: 'restored', rollback_attachments: 'current' },
    about: 'bug 1780973: the rollback restores the BDMs (updates 19.0.1, 18.2.1, 17.0.11)',
    commits: [nova('1c480a75edc0f5f1b446121491869c02f30437a0', '20.0.0.0rc1')],
  },
  {
    release: 'train',
    set: { failed_encryptor: 'disconnected' },
    about: 'bug 1812945: the driver disconnects when an encryptor fails',
    commits: [nova('79bcb4e21b7909f3e989d4fbcf68ac268680b865', '20.0.0.0rc1')],
  },
  {
    release: 'train',
    set: { swap_counts: 'yes' },
    about: 'bug 1775418: volumes with several writers are refused',
    commits: [nova('5a1d159d142997bb4288d4bf86d4e144334905cd', '20.0.0.0rc1')],
  },
  {
    release: 'train',
    set: { migration_test: 'migration_status' },
    about: 'bug 1803961: a volume that only moves has no status of its own',
    commits: [nova('53c3cfa7a02d684ce27800e22e00a816af44c510', '20.0.0.0rc1')],
  },
  {
    release: 'train',
    set: { L7: 'node', duplicate_check: 'connected' },
    about: 'bug 1833736: lock and check in attachment_update',
    commits: [cinder('7f3a77b66f9aa1b185310c8cbe33b358da6cc39a', '15.0.0.0rc1')],
  },
];
