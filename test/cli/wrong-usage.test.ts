import { describe, expect, test } from 'vitest';
import { nearest, nearestOf } from '../../src/cli/arguments/nearest.ts';
import { makePlace } from './run.ts';

const { run, write } = makePlace();

describe('wrong usage', () => {
  test('without a command prints the help', () => {
    expect(run()).toMatchInlineSnapshot(`
      "$ racewright 
      on stderr:
      Usage: racewright [options] [command]

      Try every interleaving of a concurrent protocol, and show the shortest way into
      a race.

      Options:
        -V, --version                          print the version
        -h, --help                             show this, or the help of a command

      Commands:
        list [options] [scenario...]           the scenarios and their parameters
        check [options] [scenario...]          visit every reachable state
        matrix [options] <scenario>            a table over every combination
        replay [options] <scenario> [word...]  follow a schedule word by word
        report [options] <file>                turn the report of a check into another form
        explore [options] [scenario]           walk through a scenario in the browser
        exposure [options]                     which release is exposed to which known race, by checking each
        graph [options] <scenario>             draw the states of a small scenario
        help [command]                         display help for command

      A scenario is a name from 'racewright list', or a TypeScript file of your own: ./my-lock.ts

        racewright check seed-race                      the race, with its counterexample
        racewright check seed-race --set lock=both      the same with a lock
        racewright matrix seed-race --set attaches=1    what each combination of parameters leads to

      Exit code: 0 as the scenario expects (or holds, where it expects nothing)
                 1 not as expected (or violated, where it expects nothing), whatever else went wrong
                 2 wrong usage, a broken model, or an output that was cut
                 3 undecided: a bound was hit, no memory was left, or Ctrl-C

      exit 2"
    `);
  });

  const answers = (...commands: readonly string[]): string =>
    commands.map((command) => run(...command.split(' '))).join('\n\n');

  test('of a command names those that there are', () => {
    expect(answers('chek seed-race', 'seed-race')).toMatchInlineSnapshot(`
      "$ racewright chek seed-race
      on stderr:
      error: there is no command 'chek'
        Did you mean 'check'? The commands: list, check, matrix, replay, report, explore, exposure, graph.

      exit 2

      $ racewright seed-race
      on stderr:
      error: there is no command 'seed-race'
        To check that scenario: racewright check seed-race

      exit 2"
    `);
  });

  test('of a flag names those that there are', () => {
    expect(
      answers(
        'check seed-race --max-state 3',
        'check seed-race --set',
        'check seed-race --max-states many',
        'check seed-race --max-time 0',
        'matrix',
        'matrix seed-race again',
      ),
    ).toMatchInlineSnapshot(`
      "$ racewright check seed-race --max-state 3
      on stderr:
      error: there is no flag '--max-state'
        at racewright check
        Did you mean '--max-states'? The flags: --all, --set, --depth-first, --max-states, --max-depth, --max-time,
        --max-memory, --faults, --counterexamples, --deadlock, --stop-at-violation, --require, --types, --profile, --json,
        --report, --why, --verbose, --ci, --watch, --help.

      exit 2

      $ racewright check seed-race --set
      on stderr:
      error: there is nothing behind --set
        at racewright check
        Write it like this: --set name=value. The parameters: lock, order, atomic, attaches, detaches. 'racewright list
        seed-race' shows their values.

      exit 2

      $ racewright check seed-race --max-states many
      on stderr:
      error: --max-states cannot be 'many'
        at racewright check
        Expected a whole number from 1 and up.

      exit 2

      $ racewright check seed-race --max-time 0
      on stderr:
      error: --max-time cannot be '0'
        at racewright check
        Expected a number above 0.

      exit 2

      $ racewright matrix
      on stderr:
      error: missing required argument 'scenario'
        at racewright matrix
        Usage: racewright matrix [options] <scenario>

      exit 2

      $ racewright matrix seed-race again
      on stderr:
      error: too many arguments for 'matrix'. Expected 1 argument but got 2.
        at racewright matrix
        Usage: racewright matrix [options] <scenario>

      exit 2"
    `);
  });

  test('is told without the characters that would change how it is read', () => {
    const output = answers('check a\u202eb', 'check seed-race --set lock=\u001b[31mno', 'a\u200bb');
    expect(output.match(/error: .*|at .*/g)).toEqual([
      "error: there is no scenario 'a\\u202eb'",
      "error: '\\u001b[31mno' is not a value of parameter 'lock'",
      'at --set lock=\\u001b[31mno',
      "error: there is no command 'a\\u200bb'",
    ]);
  });

  test('of any length is compared with what there is by its beginning', () => {
    const long = 'x'.repeat(70_000);
    expect(nearest(long, ['seed-race', long.slice(1), 'y'.repeat(70_000)])).toBe(long.slice(1));
    expect(nearestOf(long, ['seed-race', long.slice(1)], 1)).toEqual([long.slice(1)]);
    expect(run('check', long).length).toBeLessThan(90_000);
  });

  test('of a scenario names those that there are', () => {
    const output = answers('check', 'check sed-race', 'check sed-race --json');
    // Which they are and how many changes with each scenario that is added.
    const names = /The nearest of \d+ scenarios: seed-race, [^']*/g;
    expect(
      output.replace(names, 'The nearest of <n> scenarios: seed-race, <names> '),
    ).toMatchInlineSnapshot(`
      "$ racewright check
      on stderr:
      error: nothing to check
        Name a scenario or a file, or say --all. 'racewright list' shows the scenarios.

      exit 2

      $ racewright check sed-race
      on stderr:
      error: there is no scenario 'sed-race'
        Did you mean 'seed-race'? The nearest of <n> scenarios: seed-race, <names> 'racewright list' shows all. A file of your own is named with its path: ./my-lock.ts

      exit 2

      $ racewright check sed-race --json
      {
        "format": "racewright/report",
        "version": 2,
        "error": {
          "what": "there is no scenario 'sed-race'",
          "where": null,
          "mend": "Did you mean 'seed-race'? The nearest of <n> scenarios: seed-race, <names> 'racewright list' shows all. A file of your own is named with its path: ./my-lock.ts"
        }
      }

      exit 2"
    `);
  });

  test('of a parameter names those that there are, and their values', () => {
    expect(
      answers(
        'check seed-race --set lok=both',
        'check seed-race --set lock=bth',
        'check seed-race --set lock',
        'check seed-race --set lock=both --set lock=none',
        'check --all --set lock=both',
        'replay seed-race --set lock=none,both',
      ),
    ).toMatchInlineSnapshot(`
      "$ racewright check seed-race --set lok=both
      on stderr:
      error: scenario 'seed-race' has no parameter 'lok'
        at --set lok=both
        Did you mean 'lock'? The parameters: lock, order, atomic, attaches, detaches.

      exit 2

      $ racewright check seed-race --set lock=bth
      on stderr:
      error: 'bth' is not a value of parameter 'lock'
        at --set lock=bth
        Did you mean 'both'? The values: none, attach, detach, both.

      exit 2

      $ racewright check seed-race --set lock
      on stderr:
      error: 'lock' is not of the form name=value
        at --set lock
        Write it like this: --set lock=none,attach

      exit 2

      $ racewright check seed-race --set lock=both --set lock=none
      on stderr:
      error: parameter 'lock' is set twice
        at --set lock=none
        To check several values write them with commas: --set lock=none,attach

      exit 2

      $ racewright check --all --set lock=both
      on stderr:
      error: --all checks the points for which scenarios state expectations, so there is nothing to --set
        Leave one of the two out.

      exit 2

      $ racewright replay seed-race --set lock=none,both
      on stderr:
      error: a schedule can be replayed at one point only
        at --set lock=none,both
        Give each parameter one value.

      exit 2"
    `);
  });

  test('of a fault names those that there are', () => {
    write({
      'lossy.ts': `
import { choice, spec } from 'racewright';
const net = spec<{ sent: { [id: string]: string } }>();
export const lossy = net.scenario({
  name: 'lossy',
  about: 'A message that may be lost.',
  parameters: { retries: choice([0, 1]) },
  refuses: ({ retries }) => (retries === 1 ? 'no client sends again' : undefined),
  system: () => ({
    init: () => ({ sent: { m1: 'sent' } }),
    faults: [net.fault({ name: 'message_lost', when: ({ sent }) => 'm1' in sent, do: (s) => { delete s.sent['m1']; } })],
    properties: [net.always('every message arrives', ({ sent }) => 'm1' in sent)],
    final: 'anywhere',
  }),
});`,
    });
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
        the scenario states no expectation for this
        next: racewright matrix lossy.ts shows every combination of retries

      exit 0

      $ racewright check lossy.ts --set retries=0,1
      lossy  retries=0
        A message that may be lost.

        VIOLATED   always  every message arrives

           step                 what changes
      ✗ 1  fault.message_lost   sent.m1: sent → (deleted)
           in this state it is not true: every message arrives

        to replay it:
        racewright replay lossy.ts fault.message_lost

        2 states, 2 generated, 2 levels in <time>; every reachable state was visited
        the scenario states no expectation for this
        next: racewright matrix lossy.ts shows every combination of retries

      exit 1"
    `);
  });

  test('of a flag says what can stand behind it', () => {
    expect(
      answers(
        'check lossy.ts --faults',
        'check --faults',
        'exposure --release',
        'exposure victoria',
        'report x.json',
        'replay seed-race --init abc',
        'explore --port abc',
      ),
    ).toMatchInlineSnapshot(`
      "$ racewright check lossy.ts --faults
      on stderr:
      error: there is nothing behind --faults
        at racewright check
        Write it like this: --faults name=n,name=n. The faults: message_lost.

      exit 2

      $ racewright check --faults
      on stderr:
      error: there is nothing behind --faults
        at racewright check
        Write it like this: --faults name=n,name=n. 'racewright list' shows the scenarios.

      exit 2

      $ racewright exposure --release
      on stderr:
      error: there is nothing behind --release
        at racewright exposure
        Write it like this: --release name,name. The releases: newton, ocata, pike, queens, rocky, stein, train, ussuri,
        victoria, wallaby, xena, yoga, zed, 2023.1, 2023.2, 2024.1, 2024.2, 2025.1, 2025.2, 2026.1.

      exit 2

      $ racewright exposure victoria
      on stderr:
      error: too many arguments for 'exposure'. Expected 0 arguments but got 1.
        at racewright exposure
        Did you mean '--release victoria'? Usage: racewright exposure [options]

      exit 2

      $ racewright report x.json
      on stderr:
      error: --to is missing
        at racewright report
        Write it like this: --to format. The formats: html, json, markdown, junit, sarif, github, vitest, svg, mermaid,
        shiviz, itf, dot, aut.

      exit 2

      $ racewright replay seed-race --init abc
      on stderr:
      error: --init cannot be 'abc'
        at racewright replay
        Expected a whole number from 0 and up.

      exit 2

      $ racewright explore --port abc
      on stderr:
      error: --port cannot be 'abc'
        at racewright explore
        Expected a port: 0 to 65535, 0 for any that is free.

      exit 2"
    `);
  });

  test('that would be decided by which flag stands last is refused', () => {
    expect(
      answers(
        'check lossy.ts --faults message_lost=1,message_lost=0',
        'check lossy.ts --faults message_lost=1 --faults message_lost=0',
        'check seed-race --max-states 5 --max-states 100000',
        'check seed-race --deadlock stuck --deadlock stuttering',
        'report x.json --to svg --to dot',
        'exposure --release zed,zed',
      ),
    ).toMatchInlineSnapshot(`
      "$ racewright check lossy.ts --faults message_lost=1,message_lost=0
      on stderr:
      error: fault 'message_lost' is given two budgets
        at --faults message_lost=1,message_lost=0
        Name each fault once: --faults message_lost=0

      exit 2

      $ racewright check lossy.ts --faults message_lost=1 --faults message_lost=0
      on stderr:
      error: --faults is given twice
        at --faults message_lost=1 --faults message_lost=0
        Leave one of the two out.

      exit 2

      $ racewright check seed-race --max-states 5 --max-states 100000
      on stderr:
      error: --max-states is given twice
        at --max-states 5 --max-states 100000
        Leave one of the two out.

      exit 2

      $ racewright check seed-race --deadlock stuck --deadlock stuttering
      on stderr:
      error: --deadlock is given twice
        at --deadlock stuck --deadlock stuttering
        Leave one of the two out.

      exit 2

      $ racewright report x.json --to svg --to dot
      on stderr:
      error: --to is given twice
        at --to svg --to dot
        Leave one of the two out.

      exit 2

      $ racewright exposure --release zed,zed
      on stderr:
      error: zed is named twice
        at --release zed,zed
        Name each once.

      exit 2"
    `);
  });

  test('of a number guesses none', () => {
    expect(
      answers(
        'check seed-race --set attaches=9',
        'check lossy.ts --faults message_lost=-1',
        'check lossy.ts --faults message_lost=99999999999999999999999',
        'check seed-race --faults message_lost=1',
      ),
    ).toMatchInlineSnapshot(`
      "$ racewright check seed-race --set attaches=9
      on stderr:
      error: '9' is not a value of parameter 'attaches'
        at --set attaches=9
        The values: 0, 1, 2, 3.

      exit 2

      $ racewright check lossy.ts --faults message_lost=-1
      on stderr:
      error: 'message_lost=-1' is not of the form fault=times, with 0, 1, 2 … as times
        at --faults message_lost=-1
        Write it like this: --faults message_lost=1. The faults: message_lost.

      exit 2

      $ racewright check lossy.ts --faults message_lost=99999999999999999999999
      on stderr:
      error: fault 'message_lost' cannot happen 99999999999999999999999 times: that is too large to be counted exactly
        at --faults message_lost=99999999999999999999999
        A race shows with a budget of 1 or 2.

      exit 2

      $ racewright check seed-race --faults message_lost=1
      on stderr:
      error: scenario 'seed-race' has no fault 'message_lost' at these parameters
        at --faults message_lost=1
        There are no faults.

      exit 2"
    `);
  });

  test('of a setting without its flag says how it is written', () => {
    expect(answers('check seed-race --set attaches=1 detaches=2')).toMatchInlineSnapshot(`
      "$ racewright check seed-race --set attaches=1 detaches=2
      on stderr:
      error: 'detaches=2' stands where a scenario is expected
        Did you mean '--set detaches=2'? Each parameter has a --set of its own.

      exit 2"
    `);
  });

  test('of a schedule says which step, and what was enabled', () => {
    expect(
      answers(
        'replay seed-race attach1.start detach1.strat',
        'replay seed-race attach1.start attach1.start',
        'replay seed-race --init 1',
      ),
    ).toMatchInlineSnapshot(`
      "$ racewright replay seed-race attach1.start detach1.strat
      on stderr:
      error: 'detach1.strat' is not enabled
        at step 2 of 2
        Did you mean 'detach1.start'? Enabled there: attach1.attachment_create detach1.start

      exit 2

      $ racewright replay seed-race attach1.start attach1.start
      on stderr:
      error: 'attach1.start' is not enabled
        at step 2 of 2
        Did you mean 'detach1.start'? Enabled there: attach1.attachment_create detach1.start

      exit 2

      $ racewright replay seed-race --init 1
      on stderr:
      error: scenario 'seed-race' has no initial state 1
        at --init
        They are counted from 0.

      exit 2"
    `);
  });
});
