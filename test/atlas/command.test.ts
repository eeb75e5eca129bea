import { describe, expect, test } from 'vitest';
import { makePlace } from '../cli/run.ts';

describe('racewright atlas', () => {
  test('racewright atlas prints a matrix of the named requests', () => {
    expect(makePlace().run('atlas', '--only', 'extend,detach-shelved')).toMatchInlineSnapshot(`
      "$ racewright atlas --only extend,detach-shelved
                         1 2
      detach-shelved   1 .
      extend           2 . .

      .  every property holds

      3 pairs on 2026.1: 3 holds

      exit 0"
    `);
  });

  test.each([
    ['--release', 'nweton'],
    ['--only', 'atach'],
    ['--with-faults', 'crsh'],
    ['--only', 'abort-migration'],
  ])('racewright atlas refuses %s %s', (flag, value) => {
    const said = makePlace().run('atlas', flag, value);
    expect(said).toMatch(/^error: .*\n {2}at --[\s\S]*\nexit 2$/m);
  });
});
