import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makePlace } from './run.ts';

const { run, folder } = makePlace();

const file = (name: string): string => join(folder, name);

test('racewright check --report writes each report to its file, and says what the search found', () => {
  const formats = [
    'json',
    'markdown',
    'junit',
    'sarif',
    'vitest',
    'svg',
    'grid',
    'mermaid',
    'shiviz',
    'itf',
    'dot',
    'aut',
  ];
  const flags = formats.flatMap((format) => ['--report', `${format}=out/${format}`]);
  expect(run('check', 'seed-race', ...flags)).toMatch(/VIOLATED[\s\S]*why:[\s\S]*exit 0$/);
  for (const format of formats) {
    const written = readFileSync(file(`out/${format}`), 'utf8');
    // The same out of the report file.
    expect(run('report', 'out/json', '--to', format)).toBe(
      `$ racewright report out/json --to ${format}\n${written}\nexit 0`.replace(
        /"(seconds|evaluatedTwice|statesSampled)": [\d.]+/g,
        '"$1": 0',
      ),
    );
  }
});

test('racewright check --report writes one report to standard output in place of the text', () => {
  expect(
    run('check', 'seed-race', '--set', 'detaches=0', '--report', 'junit').replace(
      / time="[^"]*"/g,
      '',
    ),
  ).toMatchInlineSnapshot(`
    "$ racewright check seed-race --set detaches=0 --report junit
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="racewright" tests="3" failures="0" errors="0">
      <testsuite name="seed-race lock=none order=count-first atomic=none attaches=1 detaches=0" tests="3" failures="0" errors="0" skipped="0">
        <properties>
          <property name="lock" value="none"/>
          <property name="order" value="count-first"/>
          <property name="atomic" value="none"/>
          <property name="attaches" value="1"/>
          <property name="detaches" value="0"/>
          <property name="states" value="5"/>
          <property name="generated" value="5"/>
          <property name="levels" value="5"/>
          <property name="complete" value="true"/>
          <property name="asExpected" value="null"/>
        </properties>
        <testcase name="always: an attached volume is reachable from its host" classname="seed-race"/>
        <testcase name="always: no connection is left without an attachment" classname="seed-race"/>
        <testcase name="deadlock: every run can go on until it is done" classname="seed-race"/>
      </testsuite>
    </testsuites>

    exit 0"
  `);
  expect(run('check', 'seed-race', '--report', 'dot', '--json')).toMatchInlineSnapshot(`
    "$ racewright check seed-race --report dot --json
    {
      "format": "racewright/report",
      "version": 2,
      "error": {
        "what": "two reports would be mixed on standard output",
        "where": "json and dot",
        "mend": "Name a file for one of them: --report dot=report.dot"
      }
    }

    exit 2"
  `);
});

test('racewright check --report says when a report has nothing to show', () => {
  expect(run('check', 'seed-race', '--set', 'lock=both', '--report', 'svg')).toMatchInlineSnapshot(`
    "$ racewright check seed-race --set lock=both --report svg
    on stderr:
    no svg report: there is no run to show: no property is violated, and none asks for a state that is reached

    exit 0"
  `);
});

test('racewright check --report names its formats', () => {
  expect(run('check', 'seed-race', '--report', 'serif=x')).toMatchInlineSnapshot(`
    "$ racewright check seed-race --report serif=x
    on stderr:
    error: there is no report format 'serif'
      at --report serif=x
      Did you mean 'sarif'? The formats: html, json, markdown, junit, sarif, github, vitest, svg, grid, pair, mermaid,
      shiviz, itf, dot, aut.

    exit 2"
  `);
});

test('racewright check --report tells where steps are defined, also in files of the user', () => {
  writeFileSync(
    file('counter.ts'),
    [
      "import { spec } from 'racewright';",
      'const counter = spec<{ n: number }>();',
      "const add = counter.flow({ name: 'add', vars: () => ({ seen: 0 }), steps: {",
      '  read(state, self) { self.seen = state.n; },',
      '  write(state, self) { state.n = self.seen + 1; },',
      '} });',
      "export const lost = counter.scenario({ name: 'lost', about: 'A lost update.', system: () => ({",
      '  init: () => ({ n: 0 }), processes: { a: add.start(), b: add.start() },',
      "  properties: [counter.always('nothing is lost', ({ n }, processes) => n === 2 || Object.values(processes).some((p) => p?.at !== 'done'))],",
      '}) });',
    ].join('\n'),
  );
  run('check', 'counter.ts', '--report', 'json=counter.json');
  const { results } = JSON.parse(readFileSync(file('counter.json'), 'utf8'));
  const { trace } = results[0].properties[0];
  const places = trace.steps.map(
    ({ label, source }: { label: string; source: { file: string; line: number } }) =>
      `${label} ${source.file}:${source.line}`,
  );
  expect([...new Set(places)].sort()).toEqual(['read counter.ts:4', 'write counter.ts:5']);
  expect(trace.why.sentences).toMatchInlineSnapshot(`
    [
      "a.read (step 1) read n before b.write (step 3) changed it; in every run with step 3 before step 1, the property holds",
    ]
  `);
});

describe('racewright report', () => {
  test('racewright report refuses files that it cannot read', () => {
    const document = readFileSync(file('out/json'), 'utf8');
    writeFileSync(file('cut.json'), document.slice(0, 900));
    writeFileSync(file('later.json'), document.replace('"version": 2', '"version": 7'));
    const names = ['cut.json', 'later.json', 'out/itf', 'missing.json'];
    const texts = names.map((name) => run('report', name, '--to', 'svg'));
    expect(texts.join('\n\n')).toMatchInlineSnapshot(`
      "$ racewright report cut.json --to svg
      on stderr:
      error: the file is cut: it ends in the middle, on line 37
        at cut.json
        Make it again.

      exit 2

      $ racewright report later.json --to svg
      on stderr:
      error: it is a report of version 7, and this racewright reads version 2
        at later.json
        Use the racewright that wrote it, or a later one.

      exit 2

      $ racewright report out/itf --to svg
      on stderr:
      error: it is not a report of racewright
        at out/itf
        It looks like an ITF trace: racewright replay SCENARIO --itf FILE follows one.

      exit 2

      $ racewright report missing.json --to svg
      on stderr:
      error: cannot read 'missing.json': ENOENT: no such file or directory, open 'missing.json'
        Name a file that can be read, or - for standard input.

      exit 2"
    `);
  });
});

describe('racewright replay --itf', () => {
  test('racewright replay --itf follows the states of a trace', () => {
    expect(run('replay', 'seed-race', '--itf', 'out/itf')).toMatchInlineSnapshot(`
      "$ racewright replay seed-race --itf out/itf
      seed-race  lock=none order=count-first atomic=none attaches=1 detaches=1

           step                          what changes
        0  initial state                 volumes.new1: {status: available}; volumes.old1: {status: in-use}
                                         attachments.detach1: {host: host1, status: attached, volume: old1}
                                         connections.host1: up; locks.host1: null; attach1.host: host1; attach1.volume: new1
                                         detach1.alone: false; detach1.host: host1; detach1.volume: old1
        1  detach1.start                 volumes.old1.status: in-use → detaching
                                         attachments.detach1.status: attached → detaching
        2  detach1.count_attachments     detach1.alone: false → true
        3  attach1.start
        4  attach1.attachment_create     attachments.attach1: (absent) → {host: host1, status: reserved, volume: new1}
                                         volumes.new1.status: available → reserved
        5  attach1.connect_volume
        6  attach1.attachment_complete   attach1 is done; attachments.attach1.status: reserved → attached
                                         volumes.new1.status: reserved → in-use
      ✗ 7  detach1.disconnect_volume     connections.host1: up → down

        after step 7 the property is false, for attachments.attach1: an attached volume is reachable from its host
        enabled next: detach1.attachment_delete

      exit 1"
    `);
  });

  test('racewright replay --itf follows a trace of which only the states are known', () => {
    const { vars, states } = JSON.parse(readFileSync(file('out/itf'), 'utf8'));
    const bare = states.map((state: object) =>
      Object.fromEntries(
        Object.entries(state).filter(([name]) =>
          ['volumes', 'attachments', 'connections'].includes(name),
        ),
      ),
    );
    writeFileSync(
      file('bare.itf.json'),
      JSON.stringify({
        vars: vars.filter((name: string) => Object.hasOwn(bare[0], name)),
        states: bare,
      }),
    );
    expect(run('replay', 'seed-race', '--itf', 'bare.itf.json', '--json')).toMatch(
      /"name": "an attached volume is reachable from its host"/,
    );
  });

  test('racewright replay --itf says at which state it does not follow', () => {
    expect(
      run('replay', 'seed-race', '--itf', 'out/itf', '--set', 'lock=both'),
    ).toMatchInlineSnapshot(`
      "$ racewright replay seed-race --itf out/itf --set lock=both
      on stderr:
      error: state 1 of the file does not follow: 'detach1.start' does not lead there
        at out/itf
        Enabled there: attach1.start detach1.start

      exit 2"
    `);
  });
});
