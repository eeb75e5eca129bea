import { expect, test } from 'vitest';
import { nearest, nearestOf } from '../../src/cli/arguments/nearest.ts';
import { makePlace } from './run.ts';

const { run } = makePlace();

test('wrong usage without a command prints the help', () => {
  expect(run()).toMatchInlineSnapshot(`
    "$ racewright 
    on stderr:
    Usage: racewright [options] [command]

    Try every interleaving of a concurrent protocol, and show the shortest way into
    a race.

    Options:
      -V, --version                           print the version
      -h, --help                              show this help

    Commands:
      init [folder]                           begin a project: a configuration, a scenario, its test, a workflow for CI
      list [options] [scenario...]            list the scenarios and their parameters
      check [options] [scenario...]           check scenarios: visit every reachable state
      simulate [options] [scenario...]        take random runs of scenarios that are too large to check
      matrix [options] [scenario...]          check every combination of parameters, as a table
      merge <file...>                         put the parts of a command together that '--shard' made
      replay [options] [scenario] [entry...]  follow a schedule step by step
      report [options] <file>                 turn the report of a check into another format
      explore [options] [scenario]            take the steps of a scenario in the browser
      exposure [options]                      check which release of OpenStack has which known race
      atlas [options]                         check what happens when any two requests of OpenStack meet
      graph [options] <scenario>              draw the states of a small scenario
      playground [options]                    write and check models in the browser, or write the page to a folder
      mcp                                     answer a coding agent: a server of the Model Context Protocol on stdio
      worker [options] <address>              do tasks for commands with '--on', until Ctrl-C
      completion [options] [shell]            print what makes a shell complete commands, flags and scenarios
      help [command]                          display help for command

    A scenario is a name from 'racewright list', or a TypeScript file of your own: ./my-lock.ts
    Without one the command means those of the project: those that racewright.config.ts names.

      racewright init                                 begin a project
      racewright check                                check its scenarios
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

test('wrong usage of a command names the known ones', () => {
  expect(answers('chek seed-race', 'seed-race')).toMatchInlineSnapshot(`
    "$ racewright chek seed-race
    on stderr:
    error: there is no command 'chek'
      Did you mean 'check'? The commands: init, list, check, simulate, matrix, merge, replay, report, explore, exposure,
      atlas, graph, playground, mcp, worker, completion.

    exit 2

    $ racewright seed-race
    on stderr:
    error: there is no command 'seed-race'
      To check that scenario: racewright check seed-race

    exit 2"
  `);
});

test('wrong usage is told without the characters that would change how it is read', () => {
  const output = answers('check a\u202eb', 'check seed-race --set lock=\u001b[31mno', 'a\u200bb');
  expect(output.match(/error: .*|at .*/g)).toEqual([
    "error: there is no scenario 'a\\u202eb'",
    "error: '\\u001b[31mno' is not a value of parameter 'lock'",
    'at --set lock=\\u001b[31mno',
    "error: there is no command 'a\\u200bb'",
  ]);
});

test('wrong usage of any length is compared by its beginning', () => {
  const long = 'x'.repeat(70_000);
  expect(nearest(long, ['seed-race', long.slice(1), 'y'.repeat(70_000)])).toBe(long.slice(1));
  expect(nearestOf(long, ['seed-race', long.slice(1)], 1)).toEqual([long.slice(1)]);
  expect(run('check', long).length).toBeLessThan(90_000);
});

test('wrong usage of a scenario names the known ones', () => {
  const output = answers('check', 'check sed-race', 'check sed-race --json');
  // Which they are and how many changes with each scenario that is added.
  const names = /The nearest of \d+ scenarios: seed-race, [^']*/g;
  expect(
    output.replace(names, 'The nearest of <n> scenarios: seed-race, <names> '),
  ).toMatchInlineSnapshot(`
    "$ racewright check
    on stderr:
    error: no scenario is named, and no racewright.config.ts is in this folder or around it
      Name a file of yours: ./my-lock.ts. 'racewright init' begins a project; --cloud means the scenarios of OpenStack.

    exit 2

    $ racewright check sed-race
    on stderr:
    error: there is no scenario 'sed-race'
      Did you mean 'seed-race'? The nearest of <n> scenarios: seed-race, <names> 'racewright list --cloud' shows all. A file of your own is named with its path: ./my-lock.ts

    exit 2

    $ racewright check sed-race --json
    {
      "format": "racewright/report",
      "version": 2,
      "error": {
        "what": "there is no scenario 'sed-race'",
        "where": null,
        "mend": "Did you mean 'seed-race'? The nearest of <n> scenarios: seed-race, <names> 'racewright list --cloud' shows all. A file of your own is named with its path: ./my-lock.ts"
      }
    }

    exit 2"
  `);
});

test('wrong usage of a parameter names the known ones, and their values', () => {
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

test('wrong usage of a setting without its flag says how to write it', () => {
  expect(answers('check seed-race --set attaches=1 detaches=2')).toMatchInlineSnapshot(`
    "$ racewright check seed-race --set attaches=1 detaches=2
    on stderr:
    error: 'detaches=2' stands where a scenario is expected
      Did you mean '--set detaches=2'? Each parameter has a --set of its own.

    exit 2"
  `);
});

test('wrong usage of a schedule says which step, and what was enabled', () => {
  expect(
    answers(
      'replay seed-race attach1.start detach1.strat',
      'replay seed-race attach1.start attach1.start',
      'replay seed-race --init 1',
    ),
  ).toMatchInlineSnapshot(`
    "$ racewright replay seed-race attach1.start detach1.strat
    seed-race  lock=none order=count-first atomic=none attaches=1 detaches=1

         step            what changes
      0  initial state   volumes.new1: {status: available}; volumes.old1: {status: in-use}
                         attachments.detach1: {host: host1, status: attached, volume: old1}; connections.host1: up
                         locks.host1: null; attach1.host: host1; attach1.volume: new1; detach1.alone: false
                         detach1.host: host1; detach1.volume: old1
      1  attach1.start

      no property is violated on the way
      enabled next: attach1.attachment_create detach1.start

    on stderr:
    error: 'detach1.strat' is not enabled
      at step 2 of 2
      Did you mean 'detach1.start'? Enabled there: attach1.attachment_create detach1.start

    exit 2

    $ racewright replay seed-race attach1.start attach1.start
    seed-race  lock=none order=count-first atomic=none attaches=1 detaches=1

         step            what changes
      0  initial state   volumes.new1: {status: available}; volumes.old1: {status: in-use}
                         attachments.detach1: {host: host1, status: attached, volume: old1}; connections.host1: up
                         locks.host1: null; attach1.host: host1; attach1.volume: new1; detach1.alone: false
                         detach1.host: host1; detach1.volume: old1
      1  attach1.start

      no property is violated on the way
      enabled next: attach1.attachment_create detach1.start

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
