import { describe, expect, test } from 'vitest';
import { makePlace } from './run.ts';

const place = makePlace();

const { run } = place;

describe('the replay of a run that goes on for ever', () => {
  place.write({
    'early.ts': `
      import { choice, spec, weaklyFair } from 'racewright';
      const s = spec<{ ask: boolean; spin: number; n: number }>();
      export const early = s.scenario({
        name: 'early-loop', about: 'The loop lies in the first four states, and something else goes on for long.',
        parameters: { most: choice([5, 1_000_000]), fair: choice(['weakly', 'no']) },
        system: ({ most, fair }) => {
          const client = s.flow({ name: 'client', steps: {
            ask(st) { st.ask = true; },
            spin(st) { st.spin = 1 - st.spin; return 'spin'; },
          } });
          const other = s.action({ name: 'count', when: ({ n }) => n < most, do(st) { st.n += 1; } });
          return {
            init: () => ({ ask: false, spin: 0, n: 0 }),
            processes: { c: client.start() }, actions: [other], final: 'anywhere',
            fairness: fair === 'no' ? [] : weaklyFair(client),
            properties: [
              s.leadsTo('what is asked is served', ({ ask }) => ask, () => false),
              s.eventually('it asks', ({ ask }) => ask),
            ],
          };
        },
      });
    `,
  });
  /** The command that a check prints, as a shell reads it. */
  const printed = (output: string): readonly (readonly string[])[] =>
    [...output.matchAll(/to replay it:\n {2}racewright (.*(?:\\\n.*)*)/g)].map(([, command = '']) =>
      command.split(/[\s\\]+/),
    );

  test('the check prints the replay of a lasso, also of a search that was cut off, with what it violates', () => {
    const output = run('check', 'early.ts', '--set', 'most=1000000', '--max-states', '1000');
    expect(output).toContain('NOT complete: stopped at the bound on states');
    const [command = [], ...others] = printed(output);
    expect(others).toEqual([]);
    expect(run(...command)).toMatchInlineSnapshot(`
      "$ racewright replay early.ts --set most=1000000 --repeat-from 2 c.ask c.spin c.spin
      early-loop  most=1000000 fair=weakly

           step            what changes
        0  initial state   ask: false; spin: 0; n: 0
        1  c.ask           ask: false → true
        2  c.spin          spin: 0 → 1
      ✗ 3  c.spin          spin: 1 → 0

        steps 2 to 3 repeat for ever, which violates: what is asked is served
        enabled next: c.spin count

      exit 1"
    `);
    expect(run(...command, '--json')).toMatch(/"name": "what is asked is served"[\s\S]*exit 1$/);
  });

  test('the check prints the replay of a run that stops where it begins', () => {
    const output = run('check', 'early.ts', '--set', 'fair=no', '--max-states', '10');
    const replays = printed(output).map((command) => run(...command));
    expect(replays.map((text) => text.replace(/^[\s\S]*?\n\n/, ''))).toMatchInlineSnapshot(`
      [
        "  the initial state
           ask: false
           spin: 0
           n: 0
           c: ask

        and then nothing more has to happen: c.ask, count could happen, but no fairness demands it, which violates: it asks
        enabled next: c.ask count

      exit 1",
        "     step            what changes
        0  initial state   ask: false; spin: 0; n: 0
      ✗ 1  c.ask           ask: false → true

        and then nothing more has to happen: c.spin, count could happen, but no fairness demands it, which violates: what is
        asked is served
        enabled next: c.spin count

      exit 1",
      ]
    `);
  });

  test('the replay of a lasso violates nothing where fairness excludes it, and judges nothing where it does not say how it goes on', () => {
    expect(run('replay', 'early.ts', '--stop', 'c.ask')).toMatchInlineSnapshot(`
      "$ racewright replay early.ts --stop c.ask
      early-loop  most=5 fair=weakly

           step            what changes
        0  initial state   ask: false; spin: 0; n: 0
        1  c.ask           ask: false → true

        no property is violated
        weak fairness of c rules this run out, so that it violates no property of whole runs
        enabled next: c.spin count

      exit 0"
    `);
    expect(run('replay', 'early.ts', 'c.ask')).toMatchInlineSnapshot(`
      "$ racewright replay early.ts c.ask
      early-loop  most=5 fair=weakly

           step            what changes
        0  initial state   ask: false; spin: 0; n: 0
        1  c.ask           ask: false → true

        no property is violated on the way
        not judged without --stop or --repeat-from, which say how the run goes on: 'what is asked is served', 'it asks'
        enabled next: c.spin count

      exit 0"
    `);
  });

  test('the replay of a lasso is refused where the run does not return, and where there is no such step', () => {
    expect(
      run('replay', 'early.ts', '--repeat-from', '2', 'c.ask', 'c.spin'),
    ).toMatchInlineSnapshot(`
      "$ racewright replay early.ts --repeat-from 2 c.ask c.spin
      on stderr:
      error: step 2: 'c.spin' does not lead back to the state before step 2
        at --repeat-from 2
        What differs there: spin

      exit 2"
    `);
    expect(
      run('replay', 'early.ts', '--repeat-from', '3', 'c.ask', 'c.spin'),
    ).toMatchInlineSnapshot(`
      "$ racewright replay early.ts --repeat-from 3 c.ask c.spin
      on stderr:
      error: there is no step 3 to repeat from
        at --repeat-from 3
        The schedule has 2 steps, counted from 1.

      exit 2"
    `);
    expect(run('replay', 'early.ts', '--repeat-from', '1')).toMatchInlineSnapshot(`
      "$ racewright replay early.ts --repeat-from 1
      on stderr:
      error: there is no step 1 to repeat from
        at --repeat-from 1
        The schedule has no steps; a run that stops has --stop.

      exit 2"
    `);
  });

  test('the replay of a lasso comes back from an ITF file', () => {
    run('check', 'early.ts', '--report', 'itf=loop.itf.json');
    expect(run('replay', 'early.ts', '--itf', 'loop.itf.json')).toMatch(
      /steps 2 to 3 repeat for ever, which violates: what is asked is served[\s\S]*exit 1$/,
    );
  });
});
