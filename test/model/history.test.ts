import { describe, expect, test } from 'vitest';
import { changes } from '../../src/model/releases/history.ts';
import { changesBeforeNewton } from '../../src/model/releases/history-before-newton.ts';
import { withoutRelease } from '../../src/model/releases/history-without-release.ts';
import {
  firstVersions,
  type Repository,
  releaseNames,
} from '../../src/model/releases/release-names.ts';
import { switchesOf } from '../../src/model/releases/releases.ts';
import {
  type SwitchName,
  switchDefinitions,
  switchNames,
} from '../../src/model/releases/switches.ts';
import { compareTags, isTag, releaseOf } from '../../src/model/releases/tags.ts';

const all = [...changesBeforeNewton, ...changes];
const updates = Object.values(withoutRelease).flatMap((why) => (Array.isArray(why) ? why : []));
const commits = [...all.flatMap((change) => change.commits), ...updates];
const newton: Readonly<Record<string, unknown>> = switchesOf('newton');

describe('the history', () => {
  test('the history names commits for each change, each by 40 hexadecimal digits and a tag', () => {
    expect(all.filter((change) => change.commits.length === 0)).toEqual([]);
    expect(commits.filter(({ commit }) => !/^[0-9a-f]{40}$/.test(commit))).toEqual([]);
    expect(commits.filter(({ tag }) => !isTag(tag))).toEqual([]);
  });

  test.each(all)('the history dates $set by its commits', ({ release, commits: own }) => {
    const ages = own.map((commit) => releaseNames.indexOf(releaseOf(commit)));
    expect(releaseNames[Math.max(...ages)]).toBe(release);
  });

  test('the history gives one tag to each commit', () => {
    const tags = new Map(commits.map(({ commit, tag }) => [commit, tag]));
    expect(commits.filter(({ commit, tag }) => tags.get(commit) !== tag)).toEqual([]);
  });

  test('the history says of Newton what the preset has', () => {
    for (const { set } of changesBeforeNewton) expect(newton).toMatchObject(set);
  });

  test('the history says of every switch which change made its values, or why no release changes it', () => {
    const dated = new Set(all.flatMap(({ set }) => Object.keys(set)));
    const undated = Object.keys(withoutRelease);
    expect(switchNames.filter((name) => !dated.has(name)).sort()).toEqual(undated.sort());
  });

  test('the history gives a switch that no release changes one value in every preset', () => {
    const differing = switchNames.filter(
      (name) => new Set(releaseNames.map((release) => switchesOf(release)[name])).size > 1,
    );
    expect(Object.keys(withoutRelease).filter((name) => differing.includes(asName(name)))).toEqual(
      [],
    );
  });

  test('the history sets each switch to a value that it can take', () => {
    for (const [name, value] of all.flatMap(({ set }) => Object.entries(set))) {
      expect(switchDefinitions[asName(name)].values).toContain(value);
    }
  });
});

describe('the table of first versions', () => {
  test('the table of first versions has every repository in the order of the releases', () => {
    const repositories: readonly Repository[] = ['nova', 'cinder', 'os-brick'];
    for (const repository of repositories) {
      const versions = releaseNames.map((release) => firstVersions[release][repository]);
      expect([...versions].sort(compareTags)).toEqual(versions);
      expect(new Set(versions).size).toBe(versions.length);
    }
  });

  test('the table of first versions gives a candidate to the release of its version, and an update to the next release', () => {
    expect(releaseOf({ repository: 'nova', tag: '14.0.0.0b3' })).toBe('newton');
    expect(releaseOf({ repository: 'nova', tag: '14.0.1' })).toBe('ocata');
    expect(releaseOf({ repository: 'cinder', tag: '18.0.0.0rc1' })).toBe('wallaby');
    expect(releaseOf({ repository: 'os-brick', tag: '4.4.0' })).toBe('xena');
    expect(releaseOf({ repository: 'nova', tag: '2015.1.0b3' })).toBe('newton');
    expect(() => releaseOf({ repository: 'nova', tag: '99.0.0' })).toThrow('no release has nova');
  });

  test('the table of first versions orders betas, candidates, versions, and the years before Liberty', () => {
    const tags = ['2014.2.rc1', '2015.1.0b3', '13.0.0.0b2', '13.0.0.0rc1', '13.0.0', '13.0.1'];
    expect([...tags].reverse().sort(compareTags)).toEqual(tags);
  });
});

function asName(name: string): SwitchName {
  const known = switchNames.find((switchName) => switchName === name);
  if (known === undefined) throw new Error(`'${name}' is not a switch`);
  return known;
}
