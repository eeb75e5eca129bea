import { expect, test } from 'vitest';
import { plainPaint } from '../../src/report/text-style.ts';
import { report, wide } from './report-text.ts';
import { manyCounters, twoLocks } from './samples.ts';

test('a report counts the properties that hold and cuts all but the first counterexample, where they would hide it', () => {
  expect(report(manyCounters)).toMatchInlineSnapshot(`
    "many-counters
      Two counters grow.

      holds      9 properties; --verbose names them
      VIOLATED   always  a is small

          step            what changes
       0  initial state   counters.a: 0; counters.b: 0
       1  grow_a          counters.a: 0 → 1
       2  grow_a          counters.a: 1 → 2
       3  grow_a          counters.a: 2 → 3
       4  grow_a          counters.a: 3 → 4
       5  grow_a          counters.a: 4 → 5
       6  grow_a          counters.a: 5 → 6
       7  grow_a          counters.a: 6 → 7
       8  grow_a          counters.a: 7 → 8
       9  grow_a          counters.a: 8 → 9
      10  grow_a          counters.a: 9 → 10
      11  grow_a          counters.a: 10 → 11
      12  grow_a          counters.a: 11 → 12
    ✗ 13  grow_a          counters.a: 12 → 13
         in this state the property is false: a is small
         it read counters.a: 13

      to replay it:
      racewright replay many-counters grow_a grow_a grow_a grow_a grow_a grow_a grow_a grow_a grow_a \\
        grow_a grow_a grow_a grow_a

      VIOLATED   always  b is small

          step            what changes
         12 steps before it are left out; --verbose prints them
    ✗ 13  grow_b          counters.b: 12 → 13
         in this state the property is false: b is small
         it read counters.b: 13

      VIOLATED   always  the sum is small

          step            what changes
         19 steps before it are left out; --verbose prints them
    ✗ 20  grow_b          counters.b: 5 → 6
         in this state the property is false: the sum is small
         it read counters.a: 14; counters.b: 6

      225 states, 421 generated, 29 levels in 12 ms; every reachable state was visited
      the scenario states no expectation for this point
      next: try something else"
  `);
});

test('a report shows a long unexpected counterexample from its beginning', () => {
  const mismatch = { ...manyCounters, expect: [{ violates: { 'a is small': 13 } }] };
  expect(report(mismatch)).toMatchInlineSnapshot(`
    "many-counters
      Two counters grow.

      holds      9 properties; --verbose names them
      VIOLATED   always  a is small (expected)

          step            what changes
       0  initial state   counters.a: 0; counters.b: 0
       1  grow_a          counters.a: 0 → 1
       2  grow_a          counters.a: 1 → 2
       3  grow_a          counters.a: 2 → 3
       4  grow_a          counters.a: 3 → 4
       5  grow_a          counters.a: 4 → 5
       6  grow_a          counters.a: 5 → 6
       7  grow_a          counters.a: 6 → 7
       8  grow_a          counters.a: 7 → 8
       9  grow_a          counters.a: 8 → 9
      10  grow_a          counters.a: 9 → 10
      11  grow_a          counters.a: 10 → 11
      12  grow_a          counters.a: 11 → 12
    ✗ 13  grow_a          counters.a: 12 → 13
         in this state the property is false: a is small
         it read counters.a: 13

      to replay it:
      racewright replay many-counters grow_a grow_a grow_a grow_a grow_a grow_a grow_a grow_a grow_a \\
        grow_a grow_a grow_a grow_a

      VIOLATED   always  b is small (NOT expected)

          step            what changes
       0  initial state   counters.a: 0; counters.b: 0
       1  grow_b          counters.b: 0 → 1
       2  grow_b          counters.b: 1 → 2
       3  grow_b          counters.b: 2 → 3
       4  grow_b          counters.b: 3 → 4
       5  grow_b          counters.b: 4 → 5
       6  grow_b          counters.b: 5 → 6
       7  grow_b          counters.b: 6 → 7
       8  grow_b          counters.b: 7 → 8
       9  grow_b          counters.b: 8 → 9
      10  grow_b          counters.b: 9 → 10
      11  grow_b          counters.b: 10 → 11
      12  grow_b          counters.b: 11 → 12
    ✗ 13  grow_b          counters.b: 12 → 13
         in this state the property is false: b is small
         it read counters.b: 13

      to replay it:
      racewright replay many-counters grow_b grow_b grow_b grow_b grow_b grow_b grow_b grow_b grow_b \\
        grow_b grow_b grow_b grow_b

      VIOLATED   always  the sum is small (NOT expected)

          step            what changes
         steps 1 to 13 are those of 'a is small' above
      14  grow_a          counters.a: 13 → 14
      15  grow_b          counters.b: 0 → 1
      16  grow_b          counters.b: 1 → 2
      17  grow_b          counters.b: 2 → 3
      18  grow_b          counters.b: 3 → 4
      19  grow_b          counters.b: 4 → 5
    ✗ 20  grow_b          counters.b: 5 → 6
         in this state the property is false: the sum is small
         it read counters.a: 14; counters.b: 6

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

test('a report with every step leaves nothing out', () => {
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

          step            what changes
       0  initial state   counters.a: 0; counters.b: 0
       1  grow_a          counters.a: 0 → 1
       2  grow_a          counters.a: 1 → 2
       3  grow_a          counters.a: 2 → 3
       4  grow_a          counters.a: 3 → 4
       5  grow_a          counters.a: 4 → 5
       6  grow_a          counters.a: 5 → 6
       7  grow_a          counters.a: 6 → 7
       8  grow_a          counters.a: 7 → 8
       9  grow_a          counters.a: 8 → 9
      10  grow_a          counters.a: 9 → 10
      11  grow_a          counters.a: 10 → 11
      12  grow_a          counters.a: 11 → 12
    ✗ 13  grow_a          counters.a: 12 → 13
         in this state the property is false: a is small
         it read counters.a: 13

      to replay it:
      racewright replay many-counters grow_a grow_a grow_a grow_a grow_a grow_a grow_a grow_a grow_a \\
        grow_a grow_a grow_a grow_a

      VIOLATED   always  b is small

          step            what changes
       0  initial state   counters.a: 0; counters.b: 0
       1  grow_b          counters.b: 0 → 1
       2  grow_b          counters.b: 1 → 2
       3  grow_b          counters.b: 2 → 3
       4  grow_b          counters.b: 3 → 4
       5  grow_b          counters.b: 4 → 5
       6  grow_b          counters.b: 5 → 6
       7  grow_b          counters.b: 6 → 7
       8  grow_b          counters.b: 7 → 8
       9  grow_b          counters.b: 8 → 9
      10  grow_b          counters.b: 9 → 10
      11  grow_b          counters.b: 10 → 11
      12  grow_b          counters.b: 11 → 12
    ✗ 13  grow_b          counters.b: 12 → 13
         in this state the property is false: b is small
         it read counters.b: 13

      to replay it:
      racewright replay many-counters grow_b grow_b grow_b grow_b grow_b grow_b grow_b grow_b grow_b \\
        grow_b grow_b grow_b grow_b

      VIOLATED   always  the sum is small

          step            what changes
         steps 1 to 13 are those of 'a is small' above
      14  grow_a          counters.a: 13 → 14
      15  grow_b          counters.b: 0 → 1
      16  grow_b          counters.b: 1 → 2
      17  grow_b          counters.b: 2 → 3
      18  grow_b          counters.b: 3 → 4
      19  grow_b          counters.b: 4 → 5
    ✗ 20  grow_b          counters.b: 5 → 6
         in this state the property is false: the sum is small
         it read counters.a: 14; counters.b: 6

      to replay it:
      racewright replay many-counters grow_a grow_a grow_a grow_a grow_a grow_a grow_a grow_a grow_a \\
        grow_a grow_a grow_a grow_a grow_a grow_b grow_b grow_b grow_b grow_b grow_b

      225 states, 421 generated, 29 levels in 12 ms; every reachable state was visited
      the scenario states no expectation for this point
      next: try something else"
  `);
});

test('a report fits a narrow terminal', () => {
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
      0  initial state   locks.index: null; locks.journal: null
                         p1.first: index; p1.second: journal
                         p2.first: journal; p2.second: index
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
      0  initial state
             locks.index: null; locks.journal: null
             p1.first: index; p1.second: journal
             p2.first: journal; p2.second: index
      1  p1.take_first       index: p1
             locks.index: null → p1
      2  p1.take_second      index: p1, journal: p1
             locks.journal: null → p1
    ✗ 3  p1.write[size=20]
             saved.p1: (absent) → {size: 20, tags: [new]}
         in this state the property is false, for saved.p1:
         nothing that is saved is larger than the limit
         saved.p1: {size: 20, tags: [new]}

      to replay it:
      racewright replay two-locks p1.take_first p1.take_second \\
        'p1.write[size=20]'

      34 states, 39 generated, 9 levels in 12 ms; every
      reachable state was visited
      the scenario states no expectation for this point
      next: try something else"
  `);
  expect(narrow.split('\n').filter((line) => line.length > 60)).toEqual([]);
});
