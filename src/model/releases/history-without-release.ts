import { type Commit, nova } from './change.ts';
import type { SwitchName } from './switches.ts';

/**
 * Why a switch has the same value in every preset. 'unfixed': its other values are repairs that
 * OpenStack does not have, or that one of its sites could have in no release. 'site': backend,
 * driver or host decide, not the release. A list of commits: some updates of a series had another
 * value, which no first version has.
 */
export const withoutRelease: {
  readonly [name in SwitchName]?: 'unfixed' | 'site' | readonly Commit[];
} = {
  L3_covers: 'unfixed',
  second_attachment: 'unfixed',
  migrated_rows: 'unfixed',
  shared_targets: 'site',
  multipath: 'site',
  driver_remembers: 'site',
  driver_counts: 'site',
  // Bug 1750680 took the roll_detaching away in updates of Pike and Queens, and bug 1786318
  // brought it back before Rocky.
  failed_detach: [
    nova('b16c0f10539a6c6b547a70a41c75ef723fc618ce', '18.0.0.0b1'),
    nova('3a4b4b91b0bee514d47a67f6a5f9c4ab9ae7f7d8', '19.0.0.0rc1'),
  ],
};
