import { expect, test } from 'vitest';
import { lossy } from './lossy-model.ts';
import { makePlace } from './run.ts';

const { run, write } = makePlace();
write({ 'lossy.ts': lossy });

const answers = (...commands: readonly string[]): string =>
  commands.map((command) => run(...command.split(' '))).join('\n\n');

test('wrong usage of a flag names the known ones', () => {
  expect(
    answers(
      'check seed-race --max-state 3',
      'check seed-race --set',
      'check seed-race --max-states many',
      'check seed-race --max-time 0',
      'matrix',
      'graph seed-race again',
    ),
  ).toMatchInlineSnapshot(`
    "$ racewright check seed-race --max-state 3
    on stderr:
    error: there is no flag '--max-state'
      at racewright check
      Did you mean '--max-states'? The flags: --all, --cloud, --set, --depth-first, --max-states, --max-depth, --max-time,
      --budget, --max-memory, --cache, --faults, --counterexamples, --deadlock, --symmetry, --stop-at-violation, --require,
      --types, --profile, --json, --report, --why, --verbose, --ci, --shard, --on, --name, --watch, --help.

    exit 2

    $ racewright check seed-race --set
    on stderr:
    error: --set has no value
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
    error: no scenario is named, and no racewright.config.ts is in this folder or around it
      Name a file of yours: ./my-lock.ts. 'racewright init' begins a project; --cloud means the scenarios of OpenStack.

    exit 2

    $ racewright graph seed-race again
    on stderr:
    error: too many arguments for 'graph'. Expected 1 argument but got 2.
      at racewright graph
      Usage: racewright graph [options] <scenario>

    exit 2"
  `);
});

test('wrong usage of a flag says which values it takes', () => {
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
    error: --faults has no value
      at racewright check
      Write it like this: --faults name=n,name=n. The faults: message_lost.

    exit 2

    $ racewright check --faults
    on stderr:
    error: --faults has no value
      at racewright check
      Write it like this: --faults name=n,name=n. 'racewright list' shows the scenarios.

    exit 2

    $ racewright exposure --release
    on stderr:
    error: --release has no value
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
      Write it like this: --to format. The formats: html, json, markdown, junit, sarif, github, vitest, svg, grid, pair,
      mermaid, shiviz, itf, dot, aut.

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

test('two flags of which only the last would count are refused', () => {
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

test('wrong usage of a number guesses none', () => {
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
