import { expect, test } from 'vitest';
import { lossy } from './lossy-model.ts';
import { makePlace } from './run.ts';

const { run, write } = makePlace();
write({ 'lossy.ts': lossy });

const answers = (...commands: readonly string[]): string =>
  commands.map((command) => run(...command.split(' '))).join('\n\n');

test('wrong usage of a fault names the known ones', () => {
  expect(
    answers(
      'check lossy.ts --faults mesage_lost=1',
      'check lossy.ts --faults message_lost',
      'check lossy.ts --set retries=1',
      'check lossy.ts --faults message_lost=0',
      'check lossy.ts --set retries=0,1',
    ),
  ).toMatchInlineSnapshot(`
    "$ racewright check lossy.ts --faults mesage_lost=1
    on stderr:
    error: scenario 'lossy' has no fault 'mesage_lost' at these parameters
      at --faults mesage_lost=1
      Did you mean 'message_lost'? The faults: message_lost.

    exit 2

    $ racewright check lossy.ts --faults message_lost
    on stderr:
    error: 'message_lost' is not of the form fault=times, with 0, 1, 2 … as times
      at --faults message_lost
      Write it like this: --faults message_lost=1. The faults: message_lost.

    exit 2

    $ racewright check lossy.ts --set retries=1
    on stderr:
    error: scenario 'lossy' refuses retries=1: no client sends again

    exit 2

    $ racewright check lossy.ts --faults message_lost=0
    lossy  retries=0 --faults message_lost=0
      A message that may be lost.

      holds      always  every message arrives

      1 state, 1 generated, 1 level in <time>; every reachable state was visited
      the scenario states no expectation for this point
      next: racewright matrix lossy.ts shows every combination of retries

    exit 0

    $ racewright check lossy.ts --set retries=0,1
    lossy  retries=0
      A message that may be lost.

      VIOLATED   always  every message arrives

         step                 what changes
      0  initial state        sent.m1: sent
    ✗ 1  fault.message_lost   sent.m1: sent → (deleted)
         in this state the property is false: every message arrives
         it read sent.m1: (absent)

      to replay it:
      racewright replay lossy.ts fault.message_lost

      2 states, 2 generated, 2 levels in <time>; every reachable state was visited
      the scenario states no expectation for this point
      next: racewright matrix lossy.ts shows every combination of retries

    exit 1"
  `);
});
