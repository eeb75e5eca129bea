import { brick, type Change, cinder, nova } from './change.ts';

/** The changes from Ussuri to Yoga, oldest first. */
export const changesUntilYoga: readonly Change[] = [
  {
    release: 'ussuri',
    set: { L3: 'host' },
    about: 'bug 1800515: guard_connection of os-brick',
    commits: [
      brick('71a1e22418b35ced5b8af1e5a1f0c5f234f40f41', '2.6.2'),
      nova('1b597f759f9133964fd580d9e0eefd4cd6eb819f', '21.0.0.0rc1'),
    ],
  },
  {
    release: 'ussuri',
    set: { made_at_boot: 'attachments' },
    about: 'bug 1747693: attachment_create for a volume that Nova makes',
    commits: [nova('de5bce6ea23e16c976b64fdf5b0daf06c540eb8b', '21.0.0.0rc1')],
  },
  {
    release: 'ussuri',
    set: { L1_reboot: 'instance' },
    about: 'bug 1838392: reboot_instance under the instance lock',
    commits: [nova('9ad54f3dacbd372271f441baea5380f913072dde', '21.0.0.0rc1')],
  },
  {
    release: 'ussuri',
    set: { migrated_disconnect_errors: 'logged' },
    about: 'bug 1843639: errors of the disconnect after a live migration are logged',
    commits: [nova('ac68cffd43a2f5103c28a2d4b31e087c3f5c24b9', '21.0.0.0rc1')],
  },
  {
    release: 'ussuri',
    set: { rollback_errors: 'logged' },
    about: 'errors of the remote disconnect, and of Cinder, do not end a rollback',
    commits: [nova('9524a5a1b5745f6064f88cbfbf5bbfae3a973bef', '21.0.0.0rc1')],
  },
  {
    release: 'ussuri',
    set: { rollback_frees: 'last' },
    about: 'task_state is cleared at the end of the rollback of a live migration',
    commits: [nova('990a26ef1fa5e7d9e607951070ede4dfb5d6acd0', '21.0.0.0rc1')],
  },
  {
    release: 'ussuri',
    set: { revert_host: 'expected' },
    about: 'the first save of finish_revert_resize expects its task state',
    commits: [nova('750aef54b198290e517bf726e137134db361ba58', '21.0.0.0rc1')],
  },
  {
    release: 'ussuri',
    set: { resize_needs_host: 'up' },
    about: 'bug 1856925: 409 when the compute service of the source is down',
    commits: [nova('ea2ea492a3d046d53d44039206fff69fe7e3ac61', '21.0.0.0rc1')],
  },
  {
    release: 'ussuri',
    set: { init_migrations: 'failed' },
    about: 'bug 1753676: a nova-compute that starts aborts the live migrations that run',
    commits: [nova('ebcf6e4ce576285949c5a202f2d7d21dc03156ef', '21.0.0.0rc1')],
  },
  {
    release: 'victoria',
    set: { rollback_attachments: 'changed' },
    about: 'bug 1889108: only an attachment that is not the one of the source is deleted',
    commits: [nova('2102f1834a6ac9fd870bfb457b28a2172f33e281', '22.0.0.0rc1')],
  },
  {
    release: 'victoria',
    set: { shared_files: 'disconnected' },
    about: 'bug 1888022: _should_disconnect_target lets mounted filesystems through',
    commits: [nova('806575cfd5327f96e62462f484118d06d17cbe8d', '22.0.0.0rc1')],
  },
  {
    release: 'wallaby',
    set: { bdm_check: 'cell' },
    about: 'bug 1908075: a BDM of any server refuses the attach',
    commits: [nova('1252588d4e48da1d3a753639a8a4d937acf3e037', '23.0.0.0rc1')],
  },
  {
    release: 'wallaby',
    set: { detach_needs_host: 'up' },
    about: 'bug 1909120: 409 when the compute service is down',
    commits: [nova('db8213af8341989354231f9b67dd983365899015', '23.0.0.0rc1')],
  },
  {
    release: 'wallaby',
    set: { L1_swap: 'instance' },
    about: 'bug 1896621: swap_volume under the instance lock',
    commits: [nova('6cf449bdd0d4beb95cf12311e7d2f8669e625fac', '23.0.0.0rc1')],
  },
  {
    release: 'wallaby',
    set: { backup_remove_export: 'call' },
    about: 'bug 1920237: cinder-backup waits for remove_export',
    commits: [cinder('d6895f9d2aab84c116efc2f853bb5f9e57fac539', '18.0.0.0rc1')],
  },
  {
    release: 'xena',
    set: { L1_reserve: 'check_and_insert' },
    about: 'bug 1937375: reserve_block_device_name looks again under the lock',
    commits: [nova('2209b0007fe85d7c5439e0bfdfe2120c63898fa2', '24.0.0.0rc1')],
  },
  {
    release: 'xena',
    set: { refresh: 'present' },
    about: 'nova-manage volume_attachment refresh',
    commits: [nova('e906a8c0ec87b870b0ae75c20cf1d2da36433636', '24.0.0.0rc1')],
  },
  {
    release: 'xena',
    set: { path_removal: 'del_path' },
    about: 'bug 1924652: multipathd del path for each device that is removed',
    commits: [brick('1b2e2295421615847d86508dcd487ec51fa45f25', '4.4.0')],
  },
  {
    release: 'xena',
    set: { pre_migration_saves: 'from_driver' },
    about: 'bug 1939545: pre_live_migration saves what os-brick answered',
    commits: [nova('962eda94d52321c3237da870c3d0455c6f0e851b', '24.0.0.0rc1')],
  },
  {
    release: 'yoga',
    set: { moved_volume_id: 'of_volume' },
    about: 'bug 1943431: volume_id in connection_info after a swap',
    commits: [nova('6fd071b904282e106de7488a076d4f703636af21', '25.0.0.0rc1')],
  },
  {
    release: 'yoga',
    set: { detach_end_tells: 'read_again', reserved_detach_start: 'sent' },
    about: 'bugs 1916980, 1935011: both notifications of a detach come from cinder-api',
    commits: [cinder('68d49445778ef486e3ff656929405ab270a5a65d', '20.0.0.0rc1')],
  },
  {
    release: 'yoga',
    set: { L4: 'host' },
    about: 'bug 1947370: file locks in the connectors',
    commits: [brick('6a43669edc583f8fbcfb4c0f1c7bf6cebad9abd7', '5.1.0')],
  },
  {
    release: 'yoga',
    set: { delete_ignores_not_found: 'detach' },
    about: 'bug 1937084: the detach of a volume ignores 404 of attachment_delete',
    commits: [nova('067cd93424ea1e62c77744986a5479d1b99b0ffe', '25.0.0.0rc1')],
  },
  {
    release: 'yoga',
    set: { delete_repeated: 'on_500' },
    about: 'bugs 1834659, 1944043: five attempts, then on the exception that there is',
    commits: [
      nova('01c334cbdd859f4e486ac2c369a4bdb3ec7709cc', '21.0.0.0rc1'),
      nova('f6206269b71d9bcaf65aa0313c21cc6b75a54fb3', '25.0.0.0rc1'),
    ],
  },
  {
    release: 'yoga',
    set: { bdm_on_timeout: 'destroyed' },
    about: 'bug 1960401: the BDM is looked for and destroyed',
    commits: [nova('9eb116b99ce32bc69c4abf8ec3b0179ef89a8860', '25.0.0.0rc1')],
  },
  {
    release: 'yoga',
    set: { status_writers: 'c-api' },
    about: 'bugs 1937084, 1935057: one transaction under a lock on the row',
    commits: [
      cinder('2ec2222841f6116707fe25bdcdae6ad6c2b9beb7', '20.0.0.0rc1'),
      cinder('3aa00b087884a278e747e839db0707cf39561382', '20.0.0.0rc1'),
    ],
  },
  {
    release: 'yoga',
    set: { queued_abort: 'freed' },
    about: 'bugs 1949808, 1960412: the abort of a queued live migration frees the server',
    commits: [nova('219520d9cec6a204e0d0f75881d75c8db48e7f56', '25.0.0.0rc1')],
  },
];
