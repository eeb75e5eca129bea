import { beforeAll, describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { ReportDocument } from '../../../src/report/document.ts';
import { svg } from '../../../src/report/formats/svg.ts';
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

/** Any element of SVG with any content of SVG: what does not parse is no XML at all. */
const anySvg = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/2000/svg">
  <xs:element name="svg"><xs:complexType mixed="true">
    <xs:sequence><xs:any namespace="##targetNamespace" processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:anyAttribute processContents="skip"/>
  </xs:complexType></xs:element>
</xs:schema>`;

function validate(contents: string) {
  return validateXML({
    xml: { fileName: 'run.svg', contents },
    schema: { fileName: 'svg.xsd', contents: anySvg },
  });
}

describe('svg', () => {
  test('an SVG diagram is well-formed, with elements of its own only', async () => {
    for (const document of documents) {
      const text = svg(document);
      const { valid, errors } = await validate(text);
      expect({ valid, errors }).toEqual({ valid: true, errors: [] });
      const elements = new Set([...text.matchAll(/<([a-z]+)/gi)].map(([, name]) => name));
      const known = ['circle', 'desc', 'g', 'path', 'rect', 'style', 'svg', 'text', 'title'];
      expect(known).toEqual(expect.arrayContaining([...elements]));
      expect(text).not.toMatch(/<[^>]*\s(?:on\w+|href)=|[\u202a-\u202e\u2066-\u2069]/);
    }
    expect(await validate('<svg xmlns="http://www.w3.org/2000/svg"><text></svg>')).toMatchObject({
      valid: false,
    });
  });

  test('an SVG diagram has a group for each step, and marks the one after which the property fails', () => {
    for (const document of documents) {
      const { trace, property } = firstRunOf(document);
      const steps = [...svg(document).matchAll(/data-step="(\d+)"/g)].map(([, step]) =>
        Number(step),
      );
      expect(steps).toEqual(trace.steps.map((_, i) => i + 1));
      const fails =
        property.verdict === 'violated' && trace.loopsTo === undefined && trace.steps.length > 0;
      expect(svg(document).match(/class="fail"/g)?.length ?? 0).toBe(fails ? 1 : 0);
    }
  });

  test('an SVG diagram draws calls, answers, lost messages, and the locks', () => {
    const text = svg(documents[1] as ReportDocument);
    const count = (mark: RegExp) => text.match(mark)?.length;
    const { trace } = firstRunOf(documents[1] as ReportDocument);
    const starts = trace.steps.flatMap(({ actor, changes }) =>
      changes.filter(
        ({ path, before }) =>
          path.startsWith('processes.') && before === undefined && path !== `processes.${actor}`,
      ),
    );
    expect(count(/<path class="call"/g)).toBe(starts.length);
    expect(count(/class="cross"/g)).toBe(1);
    const taken = trace.steps.flatMap(({ changes }) =>
      changes.filter(({ path, after }) => path.startsWith('locks.') && typeof after === 'string'),
    );
    expect(count(/class="lock"/g)).toBe(taken.length);
  });

  test('an SVG diagram keeps every text within its width', () => {
    for (const document of documents) {
      const text = svg(document);
      const width = Number(/width="(\d+)"/.exec(text)?.[1]);
      for (const [, x, content = ''] of text.matchAll(
        /<text class="(?:word|soft|note|fail-text|race-text)" x="([\d.]+)"[^>]*>([^<]*)</g,
      )) {
        const characters = [...content.replace(/&#\d+;/g, '.')].length;
        expect(Number(x) + characters * 6.65).toBeLessThanOrEqual(width + 1);
      }
    }
  });

  test('an SVG diagram of a run of 5,000 steps is drawn up to a bound', () => {
    const [result] = (documents[2] as ReportDocument).results;
    const run = firstRunOf(documents[0] as ReportDocument);
    const step = run.trace.steps[2];
    if (result === undefined || step === undefined) throw new Error('the documents have results');
    const steps = Array.from({ length: 5000 }, () => ({ ...step, changes: [] }));
    const trace = { ...run.trace, steps, words: steps.map(() => 'detach1.count') };
    const properties = [{ ...run.property, trace }];
    const document = {
      ...(documents[0] as ReportDocument),
      results: [{ ...run.result, properties }],
    };
    expect(svg(document).match(/data-step/g)?.length).toBe(1000);
  });
});
