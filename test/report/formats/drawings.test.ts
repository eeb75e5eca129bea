import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { Window } from 'happy-dom';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ReportDocument } from '../../../src/report/document.ts';
import { aut } from '../../../src/report/formats/aut.ts';
import { dot } from '../../../src/report/formats/dot.ts';
import { mermaid } from '../../../src/report/formats/mermaid.ts';
import { shiviz, shivizDelimiter, shivizParser } from '../../../src/report/formats/shiviz.ts';
import { firstRunOf } from '../../../src/report/runs.ts';
import { documentOf, hostile, lostCastDocument, seedRaceDocument } from '../documents.ts';
import { clock, twoLocks } from '../samples.ts';

let documents: ReportDocument[];

beforeAll(async () => {
  documents = [
    await seedRaceDocument(),
    await lostCastDocument(),
    documentOf(clock),
    documentOf(twoLocks),
    documentOf(hostile),
  ];
});

describe('mermaid', () => {
  test('Mermaid reads the Mermaid diagram', async () => {
    // Mermaid cleans texts by means of a DOM, also where it only parses.
    const window = new Window();
    Object.assign(globalThis, { window, document: window.document });
    const { default: reader } = await import('mermaid');
    for (const document of documents) {
      expect(await reader.parse(mermaid(document))).toMatchObject({ diagramType: 'sequence' });
    }
    await expect(
      reader.parse(`${mermaid(documents[0] as ReportDocument)}  p1->>`),
    ).rejects.toThrow();
  });

  test('the Mermaid diagram shows calls, lost messages, and the failing step', async () => {
    expect(mermaid(await seedRaceDocument())).toMatchInlineSnapshot(`
      "sequenceDiagram
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
      "
    `);
    expect(mermaid(await lostCastDocument()).match(/^.*-x.*$/gm)).toMatchInlineSnapshot(`
      [
        "  p1-xp3: 8 cast_detach_volume",
      ]
    `);
  });
});

describe('shiviz', () => {
  test('the regular expression of a ShiViz log matches it, one event a step', () => {
    for (const document of documents) {
      const [parser, delimiter, ...lines] = shiviz(document).trimEnd().split('\n');
      expect([parser, delimiter]).toEqual([shivizParser, shivizDelimiter]);
      const text = lines.join('\n');
      const runs = text
        .split(new RegExp(shivizDelimiter, 'gm'))
        .filter((_, i) => i % 2 === 0)
        .slice(1);
      const traces = document.results.flatMap(({ properties }) =>
        properties.flatMap(({ verdict, trace }) =>
          verdict === 'violated' && trace ? [trace] : [],
        ),
      );
      expect(runs.length).toBe(traces.length);
      for (const [i, run] of runs.entries()) {
        const events = [...run.matchAll(new RegExp(shivizParser, 'g'))];
        expect(events.length).toBe(traces[i]?.steps.length);
      }
    }
  });

  test('a ShiViz log counts each host from 1, and never knows more of another than there was', () => {
    const runs = documents.flatMap((document) =>
      shiviz(document)
        .split(/^=== .* ===$/m)
        .slice(1),
    );
    for (const run of runs) checkClocks(run);
  });

  test('a ShiViz log orders two steps that touch the same slot', async () => {
    expect(shiviz(await seedRaceDocument())).toMatchInlineSnapshot(`
      "(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})
      ^=== (?<trace>.*) ===$
      === 1 seed-race lock=none order=count-first atomic=none attaches=1 detaches=1: an attached volume is reachable from its host ===
      attach1.start
      attach1 {"attach1":1}
      detach1.start
      detach1 {"detach1":1}
      detach1.count_attachments
      detach1 {"detach1":2}
      attach1.attachment_create
      attach1 {"attach1":2,"detach1":2}
      attach1.connect_volume
      attach1 {"attach1":3,"detach1":2}
      attach1.attachment_complete
      attach1 {"attach1":4,"detach1":2}
      detach1.disconnect_volume
      detach1 {"detach1":3,"attach1":3}
      "
    `);
  });
});

function checkClocks(run: string): void {
  const own = new Map<string, number>();
  for (const { groups } of run.matchAll(new RegExp(shivizParser, 'g'))) {
    const host = groups?.['host'] ?? '';
    const clock: { [host: string]: number } = JSON.parse(groups?.['clock'] ?? '{}');
    expect(clock[host]).toBe((own.get(host) ?? 0) + 1);
    own.set(host, clock[host] ?? 0);
    for (const [other, count] of Object.entries(clock)) {
      expect(own.get(other)).toBeGreaterThanOrEqual(count);
    }
  }
}

/**
 * Reads an Aldebaran file by the manual page `aut` of CADP: `des (<initial>, <transitions>,
 * <states>)`, then per line `(<from>, <label>, <to>)`, where a label is in double quotes, of
 * printable characters without one.
 */
function readAut(text: string) {
  const [head = '', ...lines] = text.replace(/\n$/, '').split('\n');
  const [, first, transitions, states] =
    /^des *\( *(\d+) *, *(\d+) *, *(\d+) *\) *$/.exec(head) ?? [];
  const edges = lines.map((line) => {
    const [all, from, label, to] =
      /^\( *(\d+) *, *"([^"\p{Cc}]*)" *, *(\d+) *\) *$/u.exec(line) ?? [];
    if (all === undefined) throw new Error(`this is no transition: ${line}`);
    return { from: Number(from), label: label ?? '', to: Number(to) };
  });
  if (edges.length !== Number(transitions)) throw new Error('the head counts other transitions');
  return { first: Number(first), states: Number(states), edges };
}

describe('dot and aut', () => {
  test('Graphviz reads the dot file, which draws every state and step', async () => {
    const graphviz = await Graphviz.load();
    for (const document of documents) {
      const svg = graphviz.dot(dot(document));
      const [, transitions, states] = /des \(\d+,(\d+),(\d+)\)/.exec(aut(document)) ?? [];
      expect(svg.match(/class="node"/g)?.length).toBe(Number(states));
      expect(svg.match(/class="edge"/g)?.length ?? 0).toBe(Number(transitions));
    }
  });

  test('the grammar that CADP publishes reads the aut file, and no state is missing in its count', () => {
    for (const document of documents) {
      const { first, states, edges: encoded } = readAut(aut(document));
      // What would end or escape a label is written as in addresses.
      const edges = encoded.map((edge) => ({ ...edge, label: decodeURIComponent(edge.label) }));
      expect(first).toBeLessThan(states);
      for (const { from, to } of edges) expect(Math.max(from, to)).toBeLessThan(states);
      const words = firstRunOf(document).trace.schedule;
      // The run of the report is a path in the graph, from the first state on.
      let here = new Set([
        first,
        ...edges.filter(({ label }) => label === 'init').map(({ to }) => to),
      ]);
      for (const word of words) {
        here = new Set(
          edges.filter(({ from, label }) => here.has(from) && label === word).map(({ to }) => to),
        );
        expect([word, here.size > 0]).toEqual([word, true]);
      }
    }
  });

  test('the aut file says how many transitions follow', () => {
    for (const document of documents) {
      const [head = '', ...lines] = aut(document).trimEnd().split('\n');
      expect(head).toMatch(new RegExp(`^des \\(\\d+,${lines.length},\\d+\\)$`));
      for (const line of lines) expect(line).toMatch(/^\(\d+,"[^"]*",\d+\)$/);
    }
  });
});
