import { describe, expect, test } from 'vitest';
import { changes } from '../../src/model/releases/history.ts';
import { releaseNames } from '../../src/model/releases/release-names.ts';
import { switchesOf } from '../../src/model/releases/releases.ts';
import {
  type SwitchName,
  switchDefinitions,
  switchNames,
} from '../../src/model/releases/switches.ts';

describe('releases', () => {
  test('every change names its release in the order of time', () => {
    const ages = changes.map(({ release }) => releaseNames.indexOf(release));
    expect(ages).toEqual([...ages].sort((a, b) => a - b));
  });

  test('every change sets a switch to a value that it can take, and to another one than before', () => {
    let before = switchesOf('newton');
    for (const { set } of changes) {
      for (const [name, value] of Object.entries(set)) {
        expect(switchDefinitions[nameOf(name)].values).toContain(value);
        expect(before[nameOf(name)]).not.toBe(value);
      }
      before = { ...before, ...set };
    }
    expect(before).toEqual(switchesOf('2026.1'));
  });

  test('a release has every change of the releases before it', () => {
    expect(switchesOf('train')).toMatchObject({ L1_detach: 'instance', L3: 'process', L7: 'node' });
    expect(switchesOf('rocky')).toMatchObject({ L1_detach: 'none', L3: 'process', L7: 'none' });
  });
});

function nameOf(name: string): SwitchName {
  const known = switchNames.find((switchName) => switchName === name);
  if (known === undefined) throw new Error(`'${name}' is not a switch`);
  return known;
}
