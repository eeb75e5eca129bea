import type { Switches } from './switches.ts';

/** The releases that have presets, oldest first. Numbers of the projects: nova 14 and cinder 9 are Newton. */
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

/** One thing that a release changed. */
export interface Change {
  readonly release: ReleaseName;
  readonly set: Partial<Switches>;
  /** The bug, specification or commit that changed it, and the project version. */
  readonly source: string;
}

/** Where the history begins: nova 14, cinder 9, os-brick 1.6, and the site that the scenarios assume. */
const newton: Switches = {
  attach_api: 'legacy',
  attach_in: 'n-api',
  L1_attach: 'instance',
  L1_detach: 'none',
  L1_reserve: 'insert',
  bdm_check: 'instance',
  L3: 'none',
  L3_covers: 'both',
  L4: 'process',
  L7: 'none',
  duplicate_check: 'none',
  override: 'any_status',
  user_delete_gate: 'off',
  rest_attempts: 1,
  delete_ignores_not_found: 'no',
  counting: 'none',
  null_shared_targets: 'as_true',
  shared_targets: 'true',
  manual_scan: 'no',
  scan: 'session',
  driver_counts: 'yes',
};

/**
 * What changed since Newton, oldest first. Only first releases: a backport changes an older series in one of
 * its updates, and a preset stands for the first version of its series.
 */
export const changes: readonly Change[] = [
  {
    release: 'pike',
    set: { scan: 'lun' },
    source: 'bug 1664032; os-brick 1.12: scan for host, channel, target and LUN',
  },
  {
    release: 'queens',
    set: { attach_api: 'attachments', L3: 'process' },
    source:
      'nova 17: attachments API from Cinder 3.44 on, lock on service_uuid (commit 1957f4d5a2)',
  },
  {
    release: 'queens',
    set: { manual_scan: 'yes' },
    source: 'os-brick 1.14 and 1.15: node.session.scan=manual where open-iscsi has it',
  },
  {
    release: 'rocky',
    set: { counting: 'servers_of_host' },
    source: 'bug 1752115; nova 18: _should_disconnect_target',
  },
  {
    release: 'rocky',
    set: { override: 'in_use_or_reserved' },
    source: 'bugs 1785050, 1813267, 1805762; cinder 13 and 14',
  },
  {
    release: 'stein',
    set: { L1_detach: 'instance' },
    source: 'bug 1662483; nova 19: detach_volume under the instance lock',
  },
  {
    release: 'train',
    set: { L7: 'node', duplicate_check: 'connected' },
    source: 'bug 1833736; cinder 15: lock and check in attachment_update',
  },
  {
    release: 'ussuri',
    set: { L3: 'host' },
    source: 'bug 1800515; nova 21: guard_connection of os-brick',
  },
  {
    release: 'wallaby',
    set: { bdm_check: 'cell' },
    source: 'bug 1908075; nova 23: a BDM of any server refuses the attach',
  },
  {
    release: 'xena',
    set: { L1_reserve: 'check_and_insert' },
    source: 'bug 1937375; nova 24: reserve_block_device_name looks again under the lock',
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
    release: '2023.2',
    set: { user_delete_gate: 'on' },
    source: 'CVE-2023-2088, bug 2004555; cinder 23 (updates 20.3, 21.3, 22.1)',
  },
  {
    release: '2024.1',
    set: { rest_attempts: 5 },
    source: 'bugs 1978444, 1970642; nova 29: five attempts on 500 and 504',
  },
  {
    release: '2024.2',
    set: { null_shared_targets: 'seen' },
    source: 'bug 2035375; nova 30: asks for Cinder 3.69',
  },
  {
    release: '2026.1',
    set: { attach_in: 'n-cond' },
    source: 'nova 33: attach is prepared by nova-conductor',
  },
];

/** The switches of a release: Newton, with every change up to and including that release. */
export function switchesOf(release: ReleaseName): Switches {
  const age = releaseNames.indexOf(release);
  const switches = { ...newton };
  for (const change of changes) {
    if (releaseNames.indexOf(change.release) <= age) Object.assign(switches, change.set);
  }
  return switches;
}
