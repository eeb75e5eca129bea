import type { Commit } from './change.ts';
import { firstVersions, type ReleaseName, releaseNames } from './release-names.ts';

/**
 * The first release that has a commit: that whose first version is not older than the tag. A
 * candidate or beta of a version counts as the version. Throws where no release is new enough.
 */
export function releaseOf({ repository, tag }: Omit<Commit, 'commit'>): ReleaseName {
  const release = releaseNames.find(
    (name) => compareTags(firstVersions[name][repository], tag) >= 0,
  );
  if (release === undefined) throw new Error(`no release has ${repository} ${tag}`);
  return release;
}

/**
 * The order of two tags, as Array.prototype.sort wants it. A tag is a version, `14.0.0`, or a
 * candidate or beta of one, `14.0.0.0b3`; until 2015.1 the versions were years.
 */
export function compareTags(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  const differs = left.findIndex((part, i) => part !== right[i]);
  return differs < 0 ? 0 : (left[differs] ?? 0) - (right[differs] ?? 0);
}

const pattern = /^(\d+)\.(\d+)(?:\.(\d+))?(?:\.?0?(b|rc)(\d+))?$/;

/** Whether a tag has the form of a version of these repositories. */
export const isTag = (tag: string): boolean => pattern.test(tag);

/** Major, minor and patch; the stage: beta, candidate, version; the number of the stage. */
function partsOf(tag: string): readonly number[] {
  const [, major, minor, patch, stage, number] = pattern.exec(tag) ?? [];
  if (major === undefined) throw new Error(`${tag} is no version`);
  const year = Number(major);
  return [
    // Kilo, 2015.1, is the eleventh release; Liberty is the first with a number of its own.
    year > 2000 ? (year - 2010) * 2 + Number(minor) : year,
    year > 2000 ? 0 : Number(minor),
    Number(patch ?? 0),
    stage === undefined ? 2 : stage === 'rc' ? 1 : 0,
    Number(number ?? 0),
  ];
}
