import { expect, test } from 'vitest';
import { replay, type Scenario, type System, spec } from '../../src/index.ts';
import type { Paint } from '../../src/report/text-style.ts';
import { traceLines } from '../../src/report/trace-text.ts';
import { report, wide } from './report-text.ts';
import { clock, twoLocks } from './samples.ts';

test('a report shows the steps, what they change, the held locks, and how to replay them', () => {
  expect(report(twoLocks)).toMatchInlineSnapshot(`
    "two-locks  order=opposite limit=10
      Two processes take two locks. In opposite orders they wait for each other.

      holds      reachable    both have saved (reached in 7 steps)
      VIOLATED   no deadlock  every run can go on until it is done

         step            what changes                                             locks held
      0  initial state   locks.index: null; locks.journal: null; p1.first: index; p1.second: journal
                         p2.first: journal; p2.second: index
      1  p1.take_first   locks.index: null → p1                                   index: p1
    ✗ 2  p2.take_first   locks.journal: null → p2                                 index: p1, journal: p2
         and then nothing can happen: p1 waits for ever at take_second, for locks.journal, which is p2;
         p2 waits for ever at take_second, for locks.index, which is p1

      to replay it:
      racewright replay two-locks p1.take_first p2.take_first

      VIOLATED   always       nothing that is saved is larger than the limit

         step                what changes                                         locks held
      0  initial state       locks.index: null; locks.journal: null; p1.first: index; p1.second: journal
                             p2.first: journal; p2.second: index
      1  p1.take_first       locks.index: null → p1                               index: p1
      2  p1.take_second      locks.journal: null → p1                             index: p1, journal: p1
    ✗ 3  p1.write[size=20]   saved.p1: (absent) → {size: 20, tags: [new]}
         in this state the property is false, for saved.p1: nothing that is saved is larger than the
         limit
         saved.p1: {size: 20, tags: [new]}

      to replay it:
      racewright replay two-locks p1.take_first p1.take_second 'p1.write[size=20]'

      34 states, 39 generated, 9 levels in 12 ms; every reachable state was visited
      the scenario states no expectation for this point
      next: try something else"
  `);
});

test('a report shows the locks where they change, and that no process holds one any more', () => {
  const words = 'p1.take_first p1.take_second p1.write[size=1] p1.release p2.take_first';
  const trace = replay(twoLocks, words.split(' '), { parameters: { order: 'same' } });
  const lines = traceLines(trace, { fails: false }, wide);
  expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
    "
         step               what changes                                          locks held
      0  initial state      locks.index: null; locks.journal: null; p1.first: index; p1.second: journal
                            p2.first: index; p2.second: journal
      1  p1.take_first      locks.index: null → p1                                index: p1
      2  p1.take_second     locks.journal: null → p1                              index: p1, journal: p1
      3  p1.write[size=1]   saved.p1: (absent) → {size: 1, tags: [new]}
      4  p1.release         p1 is done; locks.index: p1 → null                    (none)
                            locks.journal: p1 → null
      5  p2.take_first      locks.index: null → p2                                index: p2
    "
  `);
});

test('a report shows the differences to the expectation', () => {
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
      0  initial state       locks.index: null; locks.journal: null; p1.first: index; p1.second: journal
                             p2.first: index; p2.second: journal
      1  p1.take_first       locks.index: null → p1                               index: p1
      2  p1.take_second      locks.journal: null → p1                             index: p1, journal: p1
    ✗ 3  p1.write[size=20]   saved.p1: (absent) → {size: 20, tags: [new]}
         in this state the property is false, for saved.p1: nothing that is saved is larger than the
         limit
         saved.p1: {size: 20, tags: [new]}

      to replay it:
      racewright replay two-locks p1.take_first p1.take_second 'p1.write[size=20]'

      33 states, 37 generated, 9 levels in 12 ms; every reachable state was visited
      the scenario states no expectation for this point
      next: try something else"
  `);
  expect(report(changed)).toMatchInlineSnapshot(`
    "two-locks  order=opposite limit=10
      Two processes take two locks. In opposite orders they wait for each other.

      holds      reachable    both have saved (reached in 7 steps)
      VIOLATED   no deadlock  every run can go on until it is done (NOT expected)

         step            what changes                                             locks held
      0  initial state   locks.index: null; locks.journal: null; p1.first: index; p1.second: journal
                         p2.first: journal; p2.second: index
      1  p1.take_first   locks.index: null → p1                                   index: p1
    ✗ 2  p2.take_first   locks.journal: null → p2                                 index: p1, journal: p2
         and then nothing can happen: p1 waits for ever at take_second, for locks.journal, which is p2;
         p2 waits for ever at take_second, for locks.index, which is p1

      to replay it:
      racewright replay two-locks p1.take_first p2.take_first

      VIOLATED   always       nothing that is saved is larger than the limit (expected)

         step                what changes                                         locks held
      0  initial state       locks.index: null; locks.journal: null; p1.first: index; p1.second: journal
                             p2.first: journal; p2.second: index
      1  p1.take_first       locks.index: null → p1                               index: p1
      2  p1.take_second      locks.journal: null → p1                             index: p1, journal: p1
    ✗ 3  p1.write[size=20]   saved.p1: (absent) → {size: 20, tags: [new]}
         in this state the property is false, for saved.p1: nothing that is saved is larger than the
         limit
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

test('a report says why nothing is decided, and that nothing contradicts the expectation', () => {
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

test('a report explains a violation in the initial state, of a step, and of a run that stops', () => {
  expect(report(clock)).toMatchInlineSnapshot(`
    "clock
      A clock with three hours, that does not stop.

      holds      eventually         it is two
      holds      no deadlock        something can always happen
      VIOLATED   never              it is midnight

      the initial state
         hour: 0
         already in the initial state what must never be is true: it is midnight
         it read hour: 0

      VIOLATED   reachable          it is noon (never reached)
      VIOLATED   eventually always  it stays two

         step            what changes
      0  initial state   hour: 0
      1  tick            hour: 0 → 1
      2  tick            hour: 1 → 2
    ✗ 3  tick            hour: 2 → 0
         steps 1 to 3 repeat for ever, which violates: it stays two

      to replay it:
      racewright replay clock --repeat-from 1 tick tick tick

      VIOLATED   step               the hour only grows

         step            what changes
      0  initial state   hour: 0
      1  tick            hour: 0 → 1
      2  tick            hour: 1 → 2
    ✗ 3  tick            hour: 2 → 0
         this step breaks: the hour only grows
         it read hour after the step: 0; hour before the step: 2

      to replay it:
      racewright replay clock tick tick tick

      3 states, 4 generated, 3 levels in 12 ms; every reachable state was visited
      assumed: weak fairness of tick
      the scenario states no expectation for this point
      next: try something else"
  `);
});

test('a report tells a run that need not go on from one that cannot', () => {
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
    return /and then .*?, which violates/s.exec(report(scenario))?.[0].replace(/\s+/g, ' ');
  };
  expect(last(undefined)).toBe(
    'and then nothing more happens (n waits at wait, never waits at wait), which violates',
  );
  expect(last([])).toBe(
    'and then nothing more has to happen: n.flip, never.flip could happen, but no fairness demands it, which violates',
  );
  expect(last(undefined, called)).toBe(
    'and then nothing more has to happen (n waits at wait, never waits at wait): a, b, c and 1 more could happen, but no fairness demands it, which violates',
  );
});

test('a report leaves the emphasis to its printer', () => {
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
