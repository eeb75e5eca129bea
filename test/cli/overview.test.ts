import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { scenarios } from '../../src/scenarios/index.ts';
import { makePlace } from './run.ts';

const { run } = makePlace();

describe('racewright matrix', () => {
  test('racewright matrix shows the candidate fixes of the seed', () => {
    expect(
      run('matrix', 'seed-race', '--set', 'attaches=1', '--set', 'detaches=1,2'),
    ).toMatchInlineSnapshot(`
      "$ racewright matrix seed-race --set attaches=1 --set detaches=1,2
      seed-race  attaches=1

        lock     order          atomic                    detaches=1   detaches=2
        none     count-first    none                      A7     36    A11   154
                                count-disconnect          holds  22    holds  89
                                count-disconnect-delete   holds  16    holds  46
                 delete-first   none                      A8     31    A10   187
                                count-disconnect          holds  21    holds  87
                                count-disconnect-delete   holds  16    holds  46
        attach   count-first    none                      A7     36    A11   154
                                count-disconnect          holds  22    holds  89
                                count-disconnect-delete   holds  16    holds  46
                 delete-first   none                      A8     31    A10   187
                                count-disconnect          holds  21    holds  87
                                count-disconnect-delete   holds  16    holds  46
        detach   count-first    none                      A7     36    A11    99
                                count-disconnect          holds  22    holds  63
                                count-disconnect-delete   holds  16    holds  41
                 delete-first   none                      A8     31    A12    89
                                count-disconnect          holds  21    holds  61
                                count-disconnect-delete   holds  16    holds  41
        both     count-first    none                      holds  16    holds  44
                                count-disconnect          holds  14    holds  36
                                count-disconnect-delete   holds  12    holds  28
                 delete-first   none                      holds  16    holds  44
                                count-disconnect          holds  14    holds  36
                                count-disconnect-delete   holds  12    holds  28

        A  always: an attached volume is reachable from its host
        A7 36: A is violated, after 7 steps; 36 states
        48 points: 36 hold, 12 violated; expectations stated for 16, all met

      exit 0"
    `);
  });

  test('racewright matrix prints one JSON document with every point', () => {
    const output = run(
      'matrix',
      'seed-race',
      '--set',
      'attaches=1',
      '--set',
      'detaches=1',
      '--json',
    );
    const document = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
    expect(document.results).toHaveLength(24);
    expect(Object.keys(document.results[0])).toMatchInlineSnapshot(`
      [
        "scenario",
        "parameters",
        "verdict",
        "asExpected",
        "complete",
        "states",
        "generated",
        "levels",
        "seconds",
        "properties",
        "ledger",
        "warnings",
      ]
    `);
  });
});

describe('racewright list', () => {
  test('racewright list describes one scenario in full', () => {
    expect(run('list', 'seed-race')).toMatchInlineSnapshot(`
      "$ racewright list seed-race
      seed-race
        Nova hears that A is the only attachment on a shared connection and disconnects it, while B is being attached. Is a
        per-host lock in Nova enough? (Nova and Cinder at the Ocata summit, 2016.)

        --set lock=none|attach|detach|both                          who takes the per-host lock (default none)
        --set order=count-first|delete-first                        when a detach deletes its record (default count-first)
        --set atomic=none|count-disconnect|count-disconnect-delete  which steps of a detach are one (default none)
        --set attaches=0..3                                         volumes being attached (default 1)
        --set detaches=0..3                                         volumes being detached (default 1)

        the scenario states expectations for 36 points

      exit 0"
    `);
  });

  test('racewright list shows every scenario on a line of its own', () => {
    const lines = run('list', '--cloud').split('\n');
    const names = lines.map((line) => /^[a-z][^ ]*(?= )/.exec(line)?.[0]).filter((name) => name);
    expect(names).toEqual([...Object.keys(scenarios), 'exit']);
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
  });
});

describe('racewright', () => {
  test('racewright --version prints its version', () => {
    const url = new URL('../../package.json', import.meta.url);
    const { version } = JSON.parse(readFileSync(url, 'utf8'));
    expect(run('--version')).toBe(`$ racewright --version\n${version}\n\nexit 0`);
  });

  test('racewright --help explains its commands and exit codes', () => {
    expect(run('--help')).toMatchInlineSnapshot(`
      "$ racewright --help
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

      exit 0"
    `);
    expect(run('check', '--help')).toMatchInlineSnapshot(`
      "$ racewright check --help
      Usage: racewright check [options] [scenario...]

      check scenarios: visit every reachable state

      Arguments:
        scenario                  names, files (file.ts, or file.ts:name for one of
                                  several), directories, patterns; without them the
                                  scenarios of the project

      Options:
        --all                     check every point for which scenarios state an
                                  expectation
        --cloud                   the scenarios of OpenStack that come with racewright
        --set <name=value>        name=value, or several: name=value,value (default:
                                  every parameter at its default)
        --depth-first             may find a violation sooner; the counterexample is
                                  not the shortest
        --max-states <n>          stop at this many states
        --max-depth <n>           visit no state beyond this many steps
        --max-time <s>            stop after this many seconds
        --budget <time>           for all points together, 60s or 5m: each gets a
                                  share, large ones what is left
        --max-memory <mb>         stop when the search needs more megabytes than this
        --cache <folder>          take verdicts from it that were found before, and
                                  keep new ones there
        --faults <name=n,name=n>  how often faults may happen, in place of what the
                                  scenario says
        --counterexamples <n>     show up to n, which differ in the part that fails or
                                  in the actions
        --deadlock <sense>        call a state stuck when no step is enabled, or when
                                  no enabled step changes the state (choices: "stuck",
                                  "stuttering")
        --symmetry                visit one state out of all that exchanges of the
                                  things declared in \`symmetry\` make equal
        --stop-at-violation       stop at the first violation; other properties stay
                                  undecided
        --require <what,what>     end with 3 where a verdict lacks one of exhaustive,
                                  no-vacuity, all-labels, all-faults (default:
                                  nothing)
        --types                   check the types of your files first; they show
                                  misspelt names that a search does not see
        --profile                 show which slots multiply the states, and which
                                  labels take the time
        --json                    print one JSON document and nothing else
        --report <format[=file]>  write a report; can be given several times (default:
                                  none)
        --why                     say which order, pick, fault or fairness a violation
                                  needs
        --verbose                 name every property, and print every counterexample
                                  in full
        --ci                      write JUnit and SARIF to racewright-report/, and on
                                  GitHub annotations and the step summary
        --shard <i/n>             do the i-th of n parts, and print a document for
                                  'racewright merge'
        --on <redis://host>       have it done by the workers there: 'racewright
                                  worker'
        --name <name>             of --on: of two runs with one name only the first
                                  runs
        --watch                   check again whenever the scenario or the model
                                  changes
        -h, --help                show this help

      Report formats: html, json, markdown, junit, sarif, github, vitest, svg, grid, pair, mermaid, shiviz, itf, dot, aut

      Exit code: 0 as the scenario expects (or holds, where it expects nothing)
                 1 not as expected (or violated, where it expects nothing), whatever else went wrong
                 2 wrong usage, a broken model, or an output that was cut
                 3 undecided: a bound was hit, no memory was left, or Ctrl-C

      exit 0"
    `);
  });
});
