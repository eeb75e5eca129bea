import { describe, expect, test } from 'vitest';
import { expectationAt } from '../../src/checker/evaluate/point.ts';
import {
  type CheckOptions,
  check,
  replay,
  type Scenario,
  type System,
  spec,
} from '../../src/index.ts';
import { resultLines } from '../../src/report/result-text.ts';
import { type Paint, plainPaint, type TextStyle } from '../../src/report/text-style.ts';
import { traceLines } from '../../src/report/trace-text.ts';
import { clock, manyCounters, twoLocks } from './samples.ts';

const wide: TextStyle = { width: 100, paint: plainPaint };

function report(
  scenario: Scenario,
  options: CheckOptions = {},
  look: TextStyle = wide,
  verbose = false,
): string {
  const result = check(scenario, options);
  const expectation = expectationAt(scenario, result.parameters);
  const context = {
    about: scenario.about,
    shown: result.parameters,
    seconds: 0.0121,
    expectedViolations:
      expectation === undefined ? undefined : Object.keys(expectation.violates ?? {}),
    replayCommand: ['racewright', 'replay', scenario.name],
    next: ['try something else'],
    verbose,
  };
  return resultLines(result, context, look).join('\n');
}

describe('a report', () => {
  test('shows the steps, what they change, the locks that are held, and how to replay them', () => {
    expect(report(twoLocks)).toMatchInlineSnapshot(`
      "two-locks  order=opposite limit=10
        Two processes take two locks. In opposite orders they wait for each other.

        holds      reachable    both have saved (reached in 7 steps)
        VIOLATED   no deadlock  every run can go on until it is done

           step            what changes                                             locks held
        1  p1.take_first   locks.index: null → p1                                   index: p1
      ✗ 2  p2.take_first   locks.journal: null → p2                                 index: p1, journal: p2
           and then nothing can happen: p1 waits for ever at take_second, for locks.journal, which is p2;
           p2 waits for ever at take_second, for locks.index, which is p1

        to replay it:
        racewright replay two-locks p1.take_first p2.take_first

        VIOLATED   always       nothing that is saved is larger than the limit

           step                what changes                                         locks held
        1  p1.take_first       locks.index: null → p1                               index: p1
        2  p1.take_second      locks.journal: null → p1                             index: p1, journal: p1
      ✗ 3  p1.write[size=20]   saved.p1: (absent) → {size: 20, tags: [new]}
           in this state it is not true, for saved.p1: nothing that is saved is larger than the limit
           saved.p1: {size: 20, tags: [new]}

        to replay it:
        racewright replay two-locks p1.take_first p1.take_second 'p1.write[size=20]'

        34 states, 39 generated, 9 levels in 12 ms; every reachable state was visited
        the scenario states no expectation for this
        next: try something else"
    `);
  });

  test('tells the locks where they change, and that none is held any more', () => {
    const words = 'p1.take_first p1.take_second p1.write[size=1] p1.release p2.take_first';
    const trace = replay(twoLocks, words.split(' '), { parameters: { order: 'same' } });
    const lines = traceLines(trace, { fails: false }, wide);
    expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
      "
           step               what changes                                          locks held
        1  p1.take_first      locks.index: null → p1                                index: p1
        2  p1.take_second     locks.journal: null → p1                              index: p1, journal: p1
        3  p1.write[size=1]   saved.p1: (absent) → {size: 1, tags: [new]}
        4  p1.release         p1 is done; locks.index: p1 → null                    (none)
                              locks.journal: p1 → null
        5  p2.take_first      locks.index: null → p2                                index: p2
      "
    `);
  });

  test('counts what holds and cuts all but the first counterexample, where they would hide it', () => {
    expect(report(manyCounters)).toMatchInlineSnapshot(`
      "many-counters
        Two counters grow.

        holds      9 properties; --verbose names them
        VIOLATED   always  a is small

            step     what changes
         1  grow_a   counters.a: 0 → 1
         2  grow_a   counters.a: 1 → 2
         3  grow_a   counters.a: 2 → 3
         4  grow_a   counters.a: 3 → 4
         5  grow_a   counters.a: 4 → 5
         6  grow_a   counters.a: 5 → 6
         7  grow_a   counters.a: 6 → 7
         8  grow_a   counters.a: 7 → 8
         9  grow_a   counters.a: 8 → 9
        10  grow_a   counters.a: 9 → 10
        11  grow_a   counters.a: 10 → 11
        12  grow_a   counters.a: 11 → 12
      ✗ 13  grow_a   counters.a: 12 → 13
           in this state it is not true: a is small

        to replay it:
        racewright replay many-counters grow_a grow_a grow_a grow_a grow_a grow_a grow_a grow_a grow_a \\
          grow_a grow_a grow_a grow_a

        VIOLATED   always  b is small

            step     what changes
           12 steps before it are left out; --verbose prints them
      ✗ 13  grow_b   counters.b: 12 → 13
           in this state it is not true: b is small

        VIOLATED   always  the sum is small

            step     what changes
           19 steps before it are left out; --verbose prints them
      ✗ 20  grow_b   counters.b: 5 → 6
           in this state it is not true: the sum is small

        225 states, 421 generated, 29 levels in 12 ms; every reachable state was visited
        the scenario states no expectation for this
        next: try something else"
    `);
  });

  test('shows a long counterexample that is not expected from its beginning', () => {
    const mismatch = { ...manyCounters, expect: [{ violates: { 'a is small': 13 } }] };
    expect(report(mismatch)).toMatchInlineSnapshot(`
      "many-counters
        Two counters grow.

        holds      9 properties; --verbose names them
        VIOLATED   always  a is small (expected)

            step     what changes
         1  grow_a   counters.a: 0 → 1
         2  grow_a   counters.a: 1 → 2
         3  grow_a   counters.a: 2 → 3
         4  grow_a   counters.a: 3 → 4
         5  grow_a   counters.a: 4 → 5
         6  grow_a   counters.a: 5 → 6
         7  grow_a   counters.a: 6 → 7
         8  grow_a   counters.a: 7 → 8
         9  grow_a   counters.a: 8 → 9
        10  grow_a   counters.a: 9 → 10
        11  grow_a   counters.a: 10 → 11
        12  grow_a   counters.a: 11 → 12
      ✗ 13  grow_a   counters.a: 12 → 13
           in this state it is not true: a is small

        to replay it:
        racewright replay many-counters grow_a grow_a grow_a grow_a grow_a grow_a grow_a grow_a grow_a \\
          grow_a grow_a grow_a grow_a

        VIOLATED   always  b is small (NOT expected)

            step     what changes
         1  grow_b   counters.b: 0 → 1
         2  grow_b   counters.b: 1 → 2
         3  grow_b   counters.b: 2 → 3
         4  grow_b   counters.b: 3 → 4
         5  grow_b   counters.b: 4 → 5
         6  grow_b   counters.b: 5 → 6
         7  grow_b   counters.b: 6 → 7
         8  grow_b   counters.b: 7 → 8
         9  grow_b   counters.b: 8 → 9
        10  grow_b   counters.b: 9 → 10
        11  grow_b   counters.b: 10 → 11
        12  grow_b   counters.b: 11 → 12
      ✗ 13  grow_b   counters.b: 12 → 13
           in this state it is not true: b is small

        to replay it:
        racewright replay many-counters grow_b grow_b grow_b grow_b grow_b grow_b grow_b grow_b grow_b \\
          grow_b grow_b grow_b grow_b

        VIOLATED   always  the sum is small (NOT expected)

            step     what changes
           steps 1 to 13 are those of 'a is small' above
        14  grow_a   counters.a: 13 → 14
        15  grow_b   counters.b: 0 → 1
        16  grow_b   counters.b: 1 → 2
        17  grow_b   counters.b: 2 → 3
        18  grow_b   counters.b: 3 → 4
        19  grow_b   counters.b: 4 → 5
      ✗ 20  grow_b   counters.b: 5 → 6
           in this state it is not true: the sum is small

        to replay it:
        racewright replay many-counters grow_a grow_a grow_a grow_a grow_a grow_a grow_a grow_a grow_a \\
          grow_a grow_a grow_a grow_a grow_a grow_b grow_b grow_b grow_b grow_b grow_b

        225 states, 421 generated, 29 levels in 12 ms; every reachable state was visited
        NOT as expected:
        - 'b is small': expected holds, found violated
        - 'the sum is small': expected holds, found violated
        next: try something else"
    `);
  });

  test('leaves nothing out when it is asked not to', () => {
    expect(report(manyCounters, {}, wide, true)).toMatchInlineSnapshot(`
      "many-counters
        Two counters grow.

        holds      never   a is below -1
        holds      never   a is below -2
        holds      never   a is below -3
        holds      never   a is below -4
        holds      never   a is below -5
        holds      never   a is below -6
        holds      never   a is below -7
        holds      never   a is below -8
        holds      never   a is below -9
        VIOLATED   always  a is small

            step     what changes
         1  grow_a   counters.a: 0 → 1
         2  grow_a   counters.a: 1 → 2
         3  grow_a   counters.a: 2 → 3
         4  grow_a   counters.a: 3 → 4
         5  grow_a   counters.a: 4 → 5
         6  grow_a   counters.a: 5 → 6
         7  grow_a   counters.a: 6 → 7
         8  grow_a   counters.a: 7 → 8
         9  grow_a   counters.a: 8 → 9
        10  grow_a   counters.a: 9 → 10
        11  grow_a   counters.a: 10 → 11
        12  grow_a   counters.a: 11 → 12
      ✗ 13  grow_a   counters.a: 12 → 13
           in this state it is not true: a is small

        to replay it:
        racewright replay many-counters grow_a grow_a grow_a grow_a grow_a grow_a grow_a grow_a grow_a \\
          grow_a grow_a grow_a grow_a

        VIOLATED   always  b is small

            step     what changes
         1  grow_b   counters.b: 0 → 1
         2  grow_b   counters.b: 1 → 2
         3  grow_b   counters.b: 2 → 3
         4  grow_b   counters.b: 3 → 4
         5  grow_b   counters.b: 4 → 5
         6  grow_b   counters.b: 5 → 6
         7  grow_b   counters.b: 6 → 7
         8  grow_b   counters.b: 7 → 8
         9  grow_b   counters.b: 8 → 9
        10  grow_b   counters.b: 9 → 10
        11  grow_b   counters.b: 10 → 11
        12  grow_b   counters.b: 11 → 12
      ✗ 13  grow_b   counters.b: 12 → 13
           in this state it is not true: b is small

        to replay it:
        racewright replay many-counters grow_b grow_b grow_b grow_b grow_b grow_b grow_b grow_b grow_b \\
          grow_b grow_b grow_b grow_b

        VIOLATED   always  the sum is small

            step     what changes
           steps 1 to 13 are those of 'a is small' above
        14  grow_a   counters.a: 13 → 14
        15  grow_b   counters.b: 0 → 1
        16  grow_b   counters.b: 1 → 2
        17  grow_b   counters.b: 2 → 3
        18  grow_b   counters.b: 3 → 4
        19  grow_b   counters.b: 4 → 5
      ✗ 20  grow_b   counters.b: 5 → 6
           in this state it is not true: the sum is small

        to replay it:
        racewright replay many-counters grow_a grow_a grow_a grow_a grow_a grow_a grow_a grow_a grow_a \\
          grow_a grow_a grow_a grow_a grow_a grow_b grow_b grow_b grow_b grow_b grow_b

        225 states, 421 generated, 29 levels in 12 ms; every reachable state was visited
        the scenario states no expectation for this
        next: try something else"
    `);
  });

  test('fits a narrow terminal', () => {
    const narrow = report(twoLocks, {}, { width: 60, paint: plainPaint });
    expect(narrow).toMatchInlineSnapshot(`
      "two-locks  order=opposite limit=10
        Two processes take two locks. In opposite orders they wait
        for each other.

        holds      reachable    both have saved (reached in 7
                                steps)
        VIOLATED   no deadlock  every run can go on until it is
                                done

           step            what changes            locks held
        1  p1.take_first   locks.index:            index: p1
                             null → p1
      ✗ 2  p2.take_first   locks.journal:          index: p1
                             null → p2             journal: p2
           and then nothing can happen: p1 waits for ever at
           take_second, for locks.journal, which is p2; p2 waits
           for ever at take_second, for locks.index, which is p1

        to replay it:
        racewright replay two-locks p1.take_first p2.take_first

        VIOLATED   always       nothing that is saved is larger
                                than the limit

           step                locks held
        1  p1.take_first       index: p1
               locks.index: null → p1
        2  p1.take_second      index: p1, journal: p1
               locks.journal: null → p1
      ✗ 3  p1.write[size=20]
               saved.p1: (absent) → {size: 20, tags: [new]}
           in this state it is not true, for saved.p1: nothing
           that is saved is larger than the limit
           saved.p1: {size: 20, tags: [new]}

        to replay it:
        racewright replay two-locks p1.take_first p1.take_second \\
          'p1.write[size=20]'

        34 states, 39 generated, 9 levels in 12 ms; every
        reachable state was visited
        the scenario states no expectation for this
        next: try something else"
    `);
    expect(narrow.split('\n').filter((line) => line.length > 60)).toEqual([]);
  });

  test('says what differs from the expectation', () => {
    const changed: Scenario = {
      ...twoLocks,
      expect: [{ violates: { 'nothing that is saved is larger than the limit': 9 }, states: 35 }],
    };
    expect(report(changed, { parameters: { order: 'same' } })).toMatchInlineSnapshot(`
      "two-locks  order=same limit=10
        Two processes take two locks. In opposite orders they wait for each other.

        holds      reachable    both have saved (reached in 7 steps)
        holds      no deadlock  every run can go on until it is done
        VIOLATED   always       nothing that is saved is larger than the limit

           step                what changes                                         locks held
        1  p1.take_first       locks.index: null → p1                               index: p1
        2  p1.take_second      locks.journal: null → p1                             index: p1, journal: p1
      ✗ 3  p1.write[size=20]   saved.p1: (absent) → {size: 20, tags: [new]}
           in this state it is not true, for saved.p1: nothing that is saved is larger than the limit
           saved.p1: {size: 20, tags: [new]}

        to replay it:
        racewright replay two-locks p1.take_first p1.take_second 'p1.write[size=20]'

        33 states, 37 generated, 9 levels in 12 ms; every reachable state was visited
        the scenario states no expectation for this
        next: try something else"
    `);
    expect(report(changed)).toMatchInlineSnapshot(`
      "two-locks  order=opposite limit=10
        Two processes take two locks. In opposite orders they wait for each other.

        holds      reachable    both have saved (reached in 7 steps)
        VIOLATED   no deadlock  every run can go on until it is done (NOT expected)

           step            what changes                                             locks held
        1  p1.take_first   locks.index: null → p1                                   index: p1
      ✗ 2  p2.take_first   locks.journal: null → p2                                 index: p1, journal: p2
           and then nothing can happen: p1 waits for ever at take_second, for locks.journal, which is p2;
           p2 waits for ever at take_second, for locks.index, which is p1

        to replay it:
        racewright replay two-locks p1.take_first p2.take_first

        VIOLATED   always       nothing that is saved is larger than the limit (expected)

           step                what changes                                         locks held
        1  p1.take_first       locks.index: null → p1                               index: p1
        2  p1.take_second      locks.journal: null → p1                             index: p1, journal: p1
      ✗ 3  p1.write[size=20]   saved.p1: (absent) → {size: 20, tags: [new]}
           in this state it is not true, for saved.p1: nothing that is saved is larger than the limit
           saved.p1: {size: 20, tags: [new]}

        to replay it:
        racewright replay two-locks p1.take_first p1.take_second 'p1.write[size=20]'

        34 states, 39 generated, 9 levels in 12 ms; every reachable state was visited
        NOT as expected:
        - 'nothing that is saved is larger than the limit': expected a counterexample of 9 steps, found 3
        - 'every run can go on until it is done': expected holds, found violated
        - expected 35 states, found 34
        next: try something else"
    `);
  });

  test('says why nothing is decided, and that nothing contradicts the expectation', () => {
    expect(report(twoLocks, { statesMax: 3, parameters: { limit: 50 } })).toMatchInlineSnapshot(`
      "two-locks  order=opposite limit=50
        Two processes take two locks. In opposite orders they wait for each other.

        undecided  always       nothing that is saved is larger than the limit
        undecided  reachable    both have saved
        undecided  no deadlock  every run can go on until it is done

        3 states, 5 generated, 2 levels in 12 ms
        NOT complete: stopped at the bound on states (--max-states)
        nothing seen so far contradicts what the scenario expects
        next: try something else"
    `);
  });

  test('explains a violation in the initial state, of a step, and of a run that stops', () => {
    expect(report(clock)).toMatchInlineSnapshot(`
      "clock
        A clock with three hours, that does not stop.

        holds      eventually         it is two
        holds      no deadlock        something can always happen
        VIOLATED   never              it is midnight

        the initial state
           hour: 0
           already in the initial state it is true: it is midnight

        VIOLATED   reachable          it is noon (in no reachable state)
        VIOLATED   eventually always  it stays two

           step   what changes
        1  tick   hour: 0 → 1
        2  tick   hour: 1 → 2
      ✗ 3  tick   hour: 2 → 0
           steps 1 to 3 are repeated for ever, so that this fails: it stays two

        to replay it:
        racewright replay clock --repeat-from 1 tick tick tick

        VIOLATED   step               the hour only grows

           step   what changes
        1  tick   hour: 0 → 1
        2  tick   hour: 1 → 2
      ✗ 3  tick   hour: 2 → 0
           this step breaks: the hour only grows

        to replay it:
        racewright replay clock tick tick tick

        3 states, 4 generated, 3 levels in 12 ms; every reachable state was visited
        assumed: weak fairness of tick
        the scenario states no expectation for this
        next: try something else"
    `);
  });

  test('tells a run that need not go on from one that cannot', () => {
    const coin = spec<{ side: string; calls: number }>();
    const flow = coin.flow({
      name: 'flip',
      steps: {
        flip(state) {
          state.side = 'tails';
        },
        wait: { when: ({ side }) => side === 'edge', do() {} },
      },
    });
    const called = ['a', 'b', 'c', 'd'].map((name) =>
      coin.action({
        name,
        do: (state) => {
          state.calls = 1;
        },
      }),
    );
    const last = (fairness: System<object>['fairness'], actions: typeof called = []) => {
      const scenario = coin.scenario({
        name: 'coin',
        about: 'A coin that no process has to flip.',
        system: () => ({
          init: () => ({ side: 'heads', calls: 0 }),
          processes: { n: flow.start(), never: flow.start() },
          actions,
          properties: [coin.eventually('it stands on its edge', ({ side }) => side === 'edge')],
          ...(fairness === undefined ? {} : { fairness }),
          final: 'anywhere' as const,
        }),
      });
      return /and then .*?, so that/s.exec(report(scenario))?.[0].replace(/\s+/g, ' ');
    };
    expect(last(undefined)).toBe(
      'and then nothing more happens (n waits at wait, never waits at wait), so that',
    );
    expect(last([])).toBe(
      'and then nothing more has to happen: n.flip, never.flip could happen, but no fairness demands it, so that',
    );
    expect(last(undefined, called)).toBe(
      'and then nothing more has to happen (n waits at wait, never waits at wait): a, b, c and 1 more could happen, but no fairness demands it, so that',
    );
  });

  test('is emphasised by whoever prints it', () => {
    const tag = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
    const paint: Paint = {
      good: tag('good'),
      bad: tag('bad'),
      warn: tag('warn'),
      dim: tag('dim'),
      strong: tag('strong'),
    };
    const parameters = { order: 'same', limit: 50 };
    expect(report(twoLocks, { parameters }, { width: 200, paint })).toMatchInlineSnapshot(`
      "<strong>two-locks</strong>  order=same limit=50
      <dim>  Two processes take two locks. In opposite orders they wait for each other.</dim>

        <good>holds    </good>  always       nothing that is saved is larger than the limit
        <good>holds    </good>  reachable    both have saved (reached in 7 steps)
        <good>holds    </good>  no deadlock  every run can go on until it is done

      <dim>  33 states, 37 generated, 9 levels in 12 ms; every reachable state was visited</dim>
      <good>  as expected</good>
        next: try something else"
    `);
  });
});
