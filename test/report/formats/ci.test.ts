import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { recipeName } from '../../../src/checker/runs/recipes.ts';
import { spec } from '../../../src/index.ts';
import type { ReportDocument } from '../../../src/report/document.ts';
import { github } from '../../../src/report/formats/github.ts';
import { junit } from '../../../src/report/formats/junit.ts';
import { markdown } from '../../../src/report/formats/markdown.ts';
import { sarif } from '../../../src/report/formats/sarif.ts';
import { documentOf, hostile, lostCastDocument, seedRaceDocument } from '../documents.ts';
import { clock, twoLocks } from '../samples.ts';

let documents: ReportDocument[];

beforeAll(async () => {
  const seed = await seedRaceDocument();
  const error = { what: 'it threw <Error>', where: 'scenario "x"', mend: null };
  documents = [
    seed,
    await lostCastDocument(),
    documentOf(clock),
    documentOf(twoLocks, { counterexamples: 3 }),
    documentOf(twoLocks, { statesMax: 3 }),
    documentOf(hostile),
    { ...seed, results: [], error },
  ];
});

describe('sarif', () => {
  test('a SARIF report fits the schema of SARIF 2.1.0', () => {
    const require = createRequire(import.meta.url);
    const folder = require.resolve('@microsoft/jest-sarif').replace(/index\.js$/, '');
    const schema = JSON.parse(readFileSync(`${folder}schemas/sarif-2.1.0-rtm.5.json`, 'utf8'));
    // The schema is of draft 4, whose `id` later drafts call `$id`; its string formats are not
    // looked at.
    const validate = new Ajv.default({
      strict: false,
      validateFormats: false,
      unicodeRegExp: false,
    }).compile({
      ...schema,
      $schema: undefined,
      id: undefined,
    });
    for (const document of documents) {
      expect({ valid: validate(JSON.parse(sarif(document))), errors: validate.errors }).toEqual({
        valid: true,
        errors: null,
      });
    }
    expect(validate({ version: '2.1.0', runs: [{}] })).toBe(false);
  });

  test('a SARIF report has one thread a process, in which every step stands once', () => {
    for (const document of documents) {
      const [run] = JSON.parse(sarif(document)).runs;
      const traces = document.results.flatMap(({ properties }) =>
        properties.flatMap(({ verdict, trace, others = [] }) =>
          verdict === 'violated' && trace ? [trace, ...others.map((other) => other.trace)] : [],
        ),
      );
      const flows = run.results
        .filter(({ kind }: { kind: string }) => kind === 'fail')
        .map(
          (result: {
            codeFlows?: { threadFlows: { locations: { executionOrder: number }[] }[] }[];
          }) =>
            result.codeFlows?.[0]?.threadFlows
              .flatMap(({ locations }) => locations.map(({ executionOrder }) => executionOrder))
              .sort((a, b) => a - b),
        );
      const orders = traces.map(({ steps }) => steps.map((_, i) => i + 1));
      expect(flows).toEqual(orders.map((order) => (order.length === 0 ? undefined : order)));
    }
  });
});

describe('junit', () => {
  const schema = readFileSync(new URL('junit.xsd', import.meta.url), 'utf8');
  const validate = (contents: string) =>
    validateXML({
      xml: { fileName: 'report.xml', contents },
      schema: { fileName: 'junit.xsd', contents: schema },
    });

  test('a JUnit report fits the schema of JUnit reports', async () => {
    for (const document of documents) {
      const { valid, errors } = await validate(junit(document));
      expect({ valid, errors }).toEqual({ valid: true, errors: [] });
    }
    expect(await validate('<testsuites><testsuite/></testsuites>')).toMatchObject({ valid: false });
  });

  test('a JUnit report says what its verdicts rest on', async () => {
    const counts = spec<{ n: number }>();
    const bounded = counts.scenario({
      name: 'bounded',
      about: 'Counts for ever.',
      system: () => ({
        init: () => ({ n: 0 }),
        actions: [
          counts.action({
            name: 'count',
            do: (state) => {
              state.n += 1;
            },
          }),
        ],
        within: ({ n }) => n < 3,
        final: 'anywhere',
        properties: [counts.always('it is no fraction', ({ n }) => Number.isInteger(n))],
      }),
    });
    const report = junit(documentOf(bounded));
    expect(await validate(report)).toMatchObject({ valid: true });
    expect(report).toContain(
      'constraint: 1 state outside of it (within): judged, and not expanded',
    );
  });

  test('a JUnit report fails unexpected violations and skips undecided properties', () => {
    const summary = documents
      .toSpliced(1, 1)
      .map((document) =>
        /<testsuites[^>]*>/.exec(junit(document))?.[0].replace(/ time="[^"]*"/, ''),
      );
    expect(summary).toMatchInlineSnapshot(`
      [
        "<testsuites name="racewright" tests="3" failures="0" errors="0">",
        "<testsuites name="racewright" tests="6" failures="4" errors="0">",
        "<testsuites name="racewright" tests="3" failures="2" errors="0">",
        "<testsuites name="racewright" tests="3" failures="0" errors="0">",
        "<testsuites name="racewright" tests="1" failures="1" errors="0">",
        "<testsuites name="racewright" tests="1" failures="0" errors="1">",
      ]
    `);
  });
});

describe('markdown', () => {
  test('a Markdown report has the verdicts, the diagram and the steps', async () => {
    expect(markdown(await seedRaceDocument())).toMatchInlineSnapshot(`
      "### seed-race

      lock=none order=count-first atomic=none attaches=1 detaches=1

      | verdict | kind | property | steps |
      | --- | --- | --- | ---: |
      | ❌ violated | always | an attached volume is reachable from its host (attachments.attach1) | 7 |
      | ✅ holds | always | no connection is left without an attachment |  |
      | ✅ holds | deadlock | every run can go on until it is done |  |

      36 states, every reachable state visited; as expected.

      #### an attached volume is reachable from its host: attachments.attach1

      \`\`\`mermaid
      sequenceDiagram
        participant p1 as attach1
        participant p2 as detach1
        p1->>p1: 1 start
        p2->>p2: 2 start
        p2->>p2: 3 count_attachments
        p1->>p1: 4 attachment_create
        p1->>p1: 5 connect_volume
        p1->>p1: 6 attachment_complete
        rect rgba(220, 50, 47, 0.25)
        p2->>p2: 7 disconnect_volume
        end
        Note over p2: ✗ an attached volume is reachable from its host
      \`\`\`

      <details><summary>The 7 steps, and what they change</summary>

      | step | who does what | what changes | where |
      | ---: | --- | --- | --- |
      | 1 | <code>attach1.start</code> |  |  |
      | 2 | <code>detach1.start</code> | <code>volumes.old1.status: in-use → detaching</code><br><code>attachments.detach1.status: attached → detaching</code> |  |
      | 3 | <code>detach1.count&#95;attachments</code> | <code>processes.detach1.vars.alone: false → true</code> |  |
      | 4 | <code>attach1.attachment&#95;create</code> | <code>attachments.attach1: (absent) → &#123;host: host1, status: reserved, volume: new1&#125;</code><br><code>volumes.new1.status: available → reserved</code> |  |
      | 5 | <code>attach1.connect&#95;volume</code> |  |  |
      | 6 | <code>attach1.attachment&#95;complete</code> | <code>attachments.attach1.status: reserved → attached</code><br><code>volumes.new1.status: reserved → in-use</code> |  |
      | ❌ 7 | <code>detach1.disconnect&#95;volume</code> | <code>connections.host1: up → down</code> |  |

      Replay it: <code>racewright replay seed-race --set lock=none --set order=count-first --set atomic=none --set attaches=1 --set detaches=1 attach1.start detach1.start detach1.count&#95;attachments attach1.attachment&#95;create attach1.connect&#95;volume attach1.attachment&#95;complete detach1.disconnect&#95;volume</code>

      </details>
      "
    `);
  });

  test('a Markdown report lets no name become markup', () => {
    const text = markdown(documents[5] as ReportDocument);
    const outside = text.replace(/```mermaid[\s\S]*?```/g, '');
    const tags = new Set(outside.match(/<[^>]*>/g));
    expect([...tags].sort()).toEqual([
      '</code>',
      '</details>',
      '</summary>',
      '<br>',
      '<code>',
      '<details>',
      '<summary>',
    ]);
  });
});

describe('github', () => {
  test('a GitHub report annotates the racing steps, at their lines', async () => {
    const step = { file: 'src/a,b.ts', line: 3, column: 5 };
    const names = [
      ['detach', 'count_attachments'],
      ['attach', 'attachment_create'],
      ['detach', 'disconnect_volume'],
    ] as const;
    const sources = new Map(
      names.map(([flow, label], i) => [
        recipeName(flow, undefined, label),
        { ...step, line: i + 1 },
      ]),
    );
    expect(github(await seedRaceDocument({ sources }))).toMatchInlineSnapshot(`
      "::notice file=src/a%2Cb.ts,line=3,col=5,title=seed-race%3A an attached volume is reachable from its host::step 7, detach1.disconnect_volume: an attached volume is reachable from its host (attachments.attach1) fails in seed-race lock=none order=count-first atomic=none attaches=1 detaches=1
      "
    `);
  });

  test('a GitHub annotation is one line, and there are at most ten, whatever the names', () => {
    for (const document of documents) {
      const lines = github(document).split('\n').slice(0, -1);
      expect(lines.length).toBeLessThanOrEqual(10);
      for (const line of lines) expect(line).toMatch(/^::(?:error|notice) [^\r]*::/);
    }
  });
});
