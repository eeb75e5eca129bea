import { describe, expect, test } from 'vitest';
import { makePlace } from './run.ts';

const place = makePlace();
place.write({
  'empty.ts': `
import { spec } from 'racewright';
const world = spec<{ doors: Record<string, { open: boolean }>; turn: number }>();
export const empty = world.scenario({
  name: 'empty',
  about: 'Nothing is ever asked of the properties.',
  system: () => ({
    init: () => ({ doors: {}, turn: 0 }),
    actions: [
      world.action({ name: 'tick', when: (s) => s.turn < 2, do: (s) => { s.turn += 1; } }),
      world.action({ name: 'explode', when: (s) => s.turn > 9, do: (s) => { s.turn = 0; } }),
      world.action({ name: 'idle', do: () => {} }),
    ],
    faults: [world.fault({ name: 'flood', when: (s) => s.turn > 9, do: () => {} })],
    properties: [
      world.always('every door is shut', world.every('doors', (door) => !door.open)),
      world.always('late is quiet', world.given((s) => s.turn > 5, (s) => s.turn < 7)),
    ],
  }),
});
`,
});
const { run } = place;
/** The last lines of what is printed: the part that is about what the verdict rests on. */
const end = (text: string, lines: number) => text.split('\n').slice(-lines).join('\n');

describe('racewright check --require', () => {
  test('an exhaustive verdict that is not vacuous meets both requirements', () => {
    expect(end(run('check', 'seed-race', '--require', 'exhaustive,no-vacuity'), 1)).toBe('exit 0');
  });

  test('a weak pass ends with 3 and says what is missing', () => {
    expect(
      end(run('check', 'empty.ts', '--require', 'no-vacuity,all-labels,all-faults'), 12),
    ).toMatchInlineSnapshot(`
      "  3 states, 6 generated, 3 levels in <time>; every reachable state was visited
        vacuous: 'every door is shut': 'doors' never had an entry
        vacuous: 'late is quiet': its premise never held
        never taken: explode
        faults that never happened: flood
        the scenario states no expectation for this point
        requirement not met: 'every door is shut' is vacuous: 'doors' never had an entry
        requirement not met: 'late is quiet' is vacuous: its premise never held
        requirement not met: explode is never taken
        requirement not met: the fault flood never happens

      exit 3"
    `);
  });

  test('a search that was cut is not exhaustive', () => {
    const text = run('check', 'seed-race', '--max-depth', '3', '--require', 'exhaustive');
    expect(end(text, 4)).toMatchInlineSnapshot(`
      "  next: look further with a larger --max-depth, or leave the bound out
        requirement not met: not exhaustive: depth_max

      exit 3"
    `);
  });

  test('an unknown requirement is wrong usage', () => {
    expect(run('check', 'seed-race', '--require', 'luck')).toMatchInlineSnapshot(`
      "$ racewright check seed-race --require luck
      on stderr:
      error: --require cannot be 'luck'
        at racewright check
        'luck' is none of exhaustive, no-vacuity, all-labels, all-faults.

      exit 2"
    `);
  });
});

describe('racewright check', () => {
  test('racewright check --counterexamples shows counterexamples that differ in their actions', () => {
    const text = run('check', 'seed-race', '--set', 'attaches=2', '--counterexamples', '3');
    expect(text.match(/another way \(\d of \d\)/g)).toMatchInlineSnapshot(`
      [
        "another way (2 of 3)",
        "another way (3 of 3)",
      ]
    `);
  });

  test('racewright check --deadlock stuttering counts states in which no step changes anything', () => {
    expect(end(run('check', 'empty.ts'), 1)).toBe('exit 0');
    expect(end(run('check', 'empty.ts', '--deadlock', 'stuttering'), 1)).toBe('exit 1');
  });

  test('racewright check --stop-at-violation leaves the rest undecided', () => {
    const text = run('check', 'seed-race', '--stop-at-violation');
    expect(text.match(/^ {2}(undecided|VIOLATED|holds) .*$/gm)).toMatchInlineSnapshot(`
      [
        "  undecided  always       no connection is left without an attachment",
        "  undecided  no deadlock  every run can go on until it is done",
        "  VIOLATED   always       an attached volume is reachable from its host (expected)",
      ]
    `);
  });

  test('racewright check --profile says where the states come from', () => {
    const text = run('check', 'seed-race', '--profile').replace(/ +\d+\.\d$/gm, '  #');
    expect(text.slice(text.indexOf('  slot '), text.indexOf('  label'))).toMatchInlineSnapshot(`
      "  slot                  values   multiplies the states by
        processes.detach1          7                       1.57
        processes.attach1          5                       1.57
        connections.host1          2                       1.16
        volumes.new1               3                       1.00
        volumes.old1               3                       1.00
        attachments.detach1        3                       1.00
        attachments.attach1        3                       1.00

        9 levels, of up to 7 states
        ▂▃▄▅▇▇█▆▃

        actor     in states   evaluated     known
        attach1          36           6   83.33 %
        detach1          36           9   75.00 %

      "
    `);
  });
});
