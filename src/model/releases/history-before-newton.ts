import { brick, type Change, cinder, nova } from './change.ts';

/**
 * The changes that Newton has already, and that a switch can undo. Oldest first; `set` gives the
 * value of the switch after the change.
 */
export const changesBeforeNewton: readonly Change[] = [
  {
    release: 'newton',
    set: { L1_attach: 'instance' },
    about: 'bug 1355348: attach_volume under the instance lock',
    commits: [nova('4c4dc3a6d331426e472e2dd1e9b0513da7cb7450', '2014.2.rc1')],
  },
  {
    release: 'newton',
    set: { connection_info_saved: 'before_attach' },
    about: 'bug 1327218: connection_info is saved before os-attach',
    commits: [nova('6fb2ef96d6aaf9ca0ad394fd7621ef1e6003f5a1', '2015.1.0b3')],
  },
  {
    release: 'newton',
    set: { logout_looks_at: 'awaited_names' },
    about: 'bug 1437441: a disconnect waits for the name of its own device to go',
    commits: [brick('f4ecdf0f606bfc5a5cb8f661b1f11540c0168ffe', '0.1.0')],
  },
  {
    release: 'newton',
    set: { sdc_lock: 'process' },
    about: 'bug 1524989: a lock of the process round connect and disconnect of ScaleIO',
    commits: [brick('e6d94fe0b01eef35434cbb9ee9259c536257f6ce', '0.8.0')],
  },
  {
    release: 'newton',
    set: { reserve: 'swap' },
    about: 'bug 1238093: compare and swap in cinder-api',
    commits: [cinder('c7bfd636b32cfeebeb45135a6aedcd8e9214ca11', '8.0.0.0b2')],
  },
  {
    release: 'newton',
    set: { start_check: 'check_then_save' },
    about: 'the record of a service that is too old cannot be created or updated',
    commits: [nova('d3af3f98375ab1455925a598a8d40c3e55d287eb', '13.0.0.0b1')],
  },
  {
    release: 'newton',
    set: { delete_bdms: 'reread_without_volume' },
    about: 'bug 1464259: BDMs are read again, under the instance lock, when one names no volume',
    commits: [
      nova('4f2a46987cf705d5dea84e97ef2006342cc5d9c4', '13.0.0.0b2'),
      nova('e8693e995daae1ed395e6f0d895674d86b76b4c2', '13.0.0.0b2'),
    ],
  },
  {
    release: 'newton',
    set: { detach_names_row: 'yes' },
    about: 'compute RPC 4.7: detach_volume carries the id of the attachment',
    commits: [nova('cb3a6bfe1abde63c7e20524ed99b569d4a68d35e', '13.0.0.0b3')],
  },
  {
    release: 'newton',
    set: { L1_shelve: 'instance' },
    about: 'bug 1611008: shelve and offload take the instance lock, as unshelve did before',
    commits: [nova('e285eb1a382e6d3ce1cc596eeb5cecb3b165a228', '14.0.0.0b3')],
  },
  {
    release: 'newton',
    set: { export_removed: 'before_detached' },
    about: 'bug 1616719: os-detach removes the target before the volume is available',
    commits: [cinder('c3b33b6a23c885853d28cb340a394d72cd18839a', '9.0.0.0rc1')],
  },
];
