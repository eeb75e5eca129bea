import { beforeAll, describe, expect, test } from 'vitest';
import { spec } from '../../../src/index.ts';
import type { ReportDocument } from '../../../src/report/document.ts';
import { aut } from '../../../src/report/formats/aut.ts';
import { dot } from '../../../src/report/formats/dot.ts';
import { junit } from '../../../src/report/formats/junit.ts';
import { markdown } from '../../../src/report/formats/markdown.ts';
import { mermaid } from '../../../src/report/formats/mermaid.ts';
import { sarif } from '../../../src/report/formats/sarif.ts';
import { shiviz } from '../../../src/report/formats/shiviz.ts';
import { vitest } from '../../../src/report/formats/vitest.ts';
import { withoutCommands } from '../../../src/spec/visible.ts';
import { documentOf } from '../documents.ts';

/** Names that a format may take for one another, or for the system as a whole. */
const names = [
  'a b',
  'a  b',
  'a\0b',
  'a\u202eb',
  'a_b',
  'a.b',
  'system',
  'constructor',
  "a'b",
  'a"b',
];
const s = spec<{ n: number }>();

const step =
  (name: string) =>
  (state: { n: number }, _self: unknown, pick: (...of: [string, string[]]) => string) => {
    pick(name, [name]);
    state.n += 1;
  };
const alike = s.scenario({
  name: 'alike',
  about: 'Names that look alike.',
  system: () => ({
    init: () => ({ n: 0 }),
    processes: Object.fromEntries(
      names
        .filter((name) => !(name in Object.prototype))
        .map((name) => [
          name,
          s.flow({ name: `flow ${name}`, steps: { [name]: step(name) } as never }).start(),
        ]),
    ),
    actions: ['constructor', undefined].map((actor) =>
      s.action({
        ...(actor === undefined ? {} : { actor }),
        name: `tick ${actor}`,
        when: (state) => state.n === 0,
        do(state) {
          state.n += 1;
        },
      }),
    ),
    final: 'anywhere',
    properties: [
      s.never('n is large', (state) => state.n >= names.length),
      s.never('n is large!', (state) => state.n >= names.length),
      s.never('n is\0large', (state) => state.n >= names.length),
    ],
  }),
});

let document: ReportDocument;
beforeAll(async () => {
  document = documentOf(alike);
}, 120_000);

const matches = (text: string, form: RegExp): readonly string[] =>
  [...text.matchAll(form)].map(([, found = '']) => found);

/** As many different ones as there are. */
function expectDifferent(found: readonly string[], atLeast: number): void {
  expect([...new Set(found)]).toEqual(found);
  expect(found.length).toBeGreaterThanOrEqual(atLeast);
}

describe('names that look alike stay different in', () => {
  test('names that look alike stay different in Mermaid', () => {
    expectDifferent(matches(mermaid(document), /participant p\d+ as (.*)/g), names.length);
  });

  test('names that look alike stay different in ShiViz', () => {
    const [, events = ''] = shiviz(document).split(/^=== \d.* ===$/m);
    const hosts = matches(events, /^(\S+) \{.*\}$/gm);
    expectDifferent(hosts, names.length);
    expect(events).not.toContain('null');
  });

  test('names that look alike stay different in SARIF', () => {
    const [run] = JSON.parse(sarif(document)).runs;
    expectDifferent(
      run.tool.driver.rules.map(({ id }: { id: string }) => id),
      3,
    );
    const [{ threadFlows }] = run.results[0].codeFlows;
    expectDifferent(
      threadFlows.map(({ id }: { id: string }) => id),
      names.length,
    );
  });

  test('names that look alike stay different in JUnit', () => {
    expectDifferent(matches(junit(document), /<testcase name="([^"]*)"/g), 3);
  });

  test('names that look alike stay different in aut and dot', () => {
    const words = document.results[0]?.properties.find(({ trace }) => trace)?.trace?.schedule ?? [];
    expectDifferent(matches(aut(document), /^\(\d+,"([^"]*)",\d+\)$/gm), words.length);
    expectDifferent(matches(dot(document), /label = "( {2}[^"]*)"/g), words.length);
  });

  test('names that look alike stay different in every format, without anything that a terminal or an editor would take for a command', () => {
    for (const format of [mermaid, shiviz, sarif, junit, markdown, aut, dot, vitest])
      for (const line of format(document).split('\n')) expect(withoutCommands(line)).toBe(line);
  });
});
