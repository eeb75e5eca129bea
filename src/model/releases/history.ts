import { brick, type Change, cinder, nova } from './change.ts';
import { changesUntilTrain } from './history-until-train.ts';
import { changesUntilYoga } from './history-until-yoga.ts';

/**
 * The changes since Newton, oldest first. It has only first releases: a backport changes an older
 * series in one of its updates, and a preset stands for the first version of its series. Each
 * commit is on master except one that a stable branch had before its first version.
 */
export const changes: readonly Change[] = [
  ...changesUntilTrain,
  ...changesUntilYoga,
  {
    release: 'zed',
    set: { rebuild_from_volume: 'reimage' },
    about: 'API 2.93 and Cinder 3.68: a server that boots from a volume is rebuilt by os-reimage',
    commits: [
      nova('30aab9c234035b49c7e2cdc940f624a63eeffc1b', '26.0.0.0rc1'),
      nova('45c5b80fd076d0017f957a2150d7496f6d4a4fcf', '26.0.0.0rc1'),
      cinder('d69e89ea3ba63d305f2a344f6c43b83a74d731fc', '20.0.0.0rc1'),
    ],
  },
  {
    release: 'zed',
    set: { delete_ignores_not_found: 'everywhere', delete_repeated: 'on_500_and_504' },
    about: 'bug 1978444: the client ignores 404 of attachment_delete, and repeats it on 504',
    commits: [nova('8f4b740ca5292556f8e953a30f2a11ed4fbc2945', '26.0.0.0rc1')],
  },
  {
    release: 'zed',
    set: { evacuated_tasks: 'any' },
    about: 'bug 1978983: an evacuation takes any task_state',
    commits: [nova('db919aa15f24c0d74f3c5c0e8341fad3f2392e57', '26.0.0.0rc1')],
  },
  {
    release: '2023.1',
    set: { failed_migration_host: 'destination' },
    about: 'bug 1628606: _post_live_migration_update_host',
    commits: [nova('8449b7caefa4a5c0728e11380a088525f15ad6f5', '27.0.0.0rc1')],
  },
  {
    release: '2023.2',
    set: { user_delete_gate: 'on' },
    about: 'CVE-2023-2088, bug 2004555: refused to users (updates 20.3, 21.3, 22.1)',
    commits: [cinder('6df1839bdf288107c600b3e53dff7593a6d4c161', '23.0.0.0rc1')],
  },
  {
    release: '2023.2',
    set: { destroy_disconnect: 'force' },
    about: 'CVE-2023-2088, bug 2004555: force=True (updates 25.2, 26.2, 27.1)',
    commits: [nova('db455548a12beac1153ce04eca5e728d7b773901', '28.0.0.0rc1')],
  },
  {
    release: '2023.2',
    set: { reboot_cleans: 'yes' },
    about: 'bugs 2019078, 2033752: _delete_dangling_bdms at any reboot, where Cinder answers',
    commits: [
      nova('9d5935d007e5a50a4fd61ad033cd0135fdcaa2eb', '28.0.0.0rc1'),
      nova('68b2131d811c935af60eb6f563f4552d7287e3a8', '28.0.0.0rc1'),
    ],
  },
  {
    release: '2024.1',
    set: { update_repeated: 'on_500_and_504' },
    about: 'bug 1970642: five attempts of attachment_update',
    commits: [nova('1f8ce3cc70ceaf8edd25b1ae2646e525cf2b3973', '29.0.0.0rc1')],
  },
  {
    release: '2024.1',
    set: { refresh_deletes: 'n-cpu' },
    about: 'compute RPC 6.3: remove_volume_connection(delete_attachment)',
    commits: [nova('dc6dac360c8ab026897d1f4bc04f30e5bd8a9998', '29.0.0.0rc1')],
  },
  {
    release: '2024.1',
    set: { refresh_checks: 'host' },
    about: 'bug 2012365: the connector must be that of the host of the server',
    commits: [nova('a8f81d5f08692c16d538af3197460d9426cc00a1', '29.0.0.0rc1')],
  },
  {
    release: '2024.1',
    set: { dangling_looks_at: 'attachment_id' },
    about: 'bugs 2048154, 2048184: the BDMs with an attachment id',
    commits: [nova('b5173b419219437b50f49c88bce9727ed0ed1ee8', '29.0.0.0rc1')],
  },
  {
    release: '2024.1',
    set: { refused_image: 'restored' },
    about: 'bug 2036994: a refused image gives the volume its status back',
    commits: [cinder('a752012c92bb15cf264c617bb2071958a32a8ad1', '24.0.0.0rc1')],
  },
  {
    release: '2024.1',
    set: { migration_order: 'ports_first' },
    about: 'the ports are activated at once, and the volumes left in a finally',
    commits: [nova('26fbc9e8e7d353e66739f910865d0b6498811bb0', '29.0.0.0rc1')],
  },
  {
    release: '2024.2',
    set: { null_shared_targets: 'seen' },
    about: 'bugs 1961102, 2035375: Cinder 3.69 has three values, os-brick locks, Nova asks',
    commits: [
      cinder('ef741228d8a0509f21fa560619d9504ebb940bac', '21.0.0.0rc1'),
      brick('1cb6d3e1f16d9bd63186fe1e7fcf706d084fa992', '6.1.0'),
      nova('18163761d02fc02d5484f91bf52cd4f25536f95e', '30.0.0.0rc1'),
    ],
  },
  {
    release: '2024.2',
    set: { init_reboots: 'asked' },
    about: 'bug 1999674: a nova-compute that starts sees reboots that wait for it',
    commits: [nova('aa3e8fef7b949ec3ddb3c4eaa348eb004593d29e', '30.0.0.0rc1')],
  },
  {
    release: '2025.1',
    set: { failed_destination: 'raised' },
    about: 'the error of post_live_migration_at_destination goes on',
    commits: [nova('a87b80fb39a65140c7e6c3ed87edf10b1df70be8', '31.0.0.0rc1')],
  },
  {
    release: '2025.2',
    set: { failed_pre_disconnect: 'by_destination', rollback_destroys: 'without_volumes' },
    about: 'bug 1899835: the destination disconnects (updates 31.0.1, 30.1.0, 29.2.2)',
    commits: [nova('5a55a78d510b86975f0f4f8f43ee1feef7206244', '32.0.0.0rc1')],
  },
  {
    release: '2025.2',
    set: { swap_for: 'cinder' },
    about: 'bug 2112187: only while Cinder moves the volume (updates 31.1.0, 30.1.0, 29.3.0)',
    commits: [nova('93c0f9bc749cea39f9cd1bd9d3e5a5585f1f6cac', '32.0.0.0rc1')],
  },
  {
    release: '2026.1',
    set: { sessions_seen: 'all' },
    about: 'bug 2116553: all sessions of (portal, iqn)',
    commits: [brick('eb51e427aaa3b1270f839955d369378b2b7e6f19', '7.0.0')],
  },
  {
    release: '2026.1',
    set: { path_removal: 'wait' },
    about: 'bug 2136842: waits for multipathd',
    commits: [brick('d3f4f3b45e201587de21d4431fc4f12f4a5df95a', '6.14.0')],
  },
  {
    release: '2026.1',
    set: { L2: 'delete' },
    about: 'bug 2048837: multi_attach_volume_<id> around the deletion of a server',
    commits: [nova('22012360c40045ac1bf6dd0dc95aea3e15fed0cd', '33.0.0.0rc1')],
  },
  {
    release: '2026.1',
    set: { attach_in: 'n-cond' },
    about: 'API 2.101: attach is prepared by nova-conductor',
    commits: [nova('2a51df27603cd07f8a4cd63276578f1815131e91', '33.0.0.0rc1')],
  },
];
