import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { withdrawals } from '../../../examples/withdraw.ts';
import type { Scenario } from '../../../src/index.ts';
import { gridSvg } from '../../../src/report/diagram/grid-svg.ts';
import { pairSvg } from '../../../src/report/diagram/pair-svg.ts';
import type { ReportDocument } from '../../../src/report/document.ts';
import { documentOf, hostile, lostCastDocument, seedRaceDocument } from '../documents.ts';
import { clock, twoLocks } from '../samples.ts';

const anySvg = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/2000/svg">
  <xs:element name="svg"><xs:complexType mixed="true">
    <xs:sequence><xs:any namespace="##targetNamespace" processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:anyAttribute processContents="skip"/>
  </xs:complexType></xs:element>
</xs:schema>`;

const validate = (contents: string) =>
  validateXML({
    xml: { fileName: 'picture.svg', contents },
    schema: { fileName: 'svg.xsd', contents: anySvg },
  });

const joined = (...documents: readonly ReportDocument[]): ReportDocument => ({
  format: 'racewright/report',
  version: 2,
  results: documents.flatMap(({ results }) => results),
});

const withdrawn = (lock: 'no' | 'yes') =>
  documentOf(withdrawals as Scenario, { parameters: { lock } });

test('pictures of several points are well-formed, with ids that differ and text for names', async () => {
  const some = [
    await seedRaceDocument(),
    await lostCastDocument(),
    documentOf(clock),
    documentOf(twoLocks),
    documentOf(hostile),
    withdrawn('yes'),
  ];
  const pairs = some.flatMap((left, i) =>
    some.slice(i).map((right) => pairSvg(joined(left, right))),
  );
  for (const text of [...pairs, gridSvg(joined(...some)), ...some.map(gridSvg)]) {
    const { valid, errors } = await validate(text);
    expect({ valid, errors }).toEqual({ valid: true, errors: [] });
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(text).not.toMatch(/<[^>]*\s(?:on\w+|href)=|<script|[\u202a-\u202e\u2066-\u2069]/);
  }
});

test('a pair has the counterexample of one point and what holds at the other', () => {
  const text = pairSvg(joined(withdrawn('no'), withdrawn('yes')));
  expect([...text.matchAll(/data-step="(\d+)"/g)].map(([, n]) => Number(n))).toEqual([
    1, 2, 3, 4, 5, 6,
  ]);
  expect(text).toContain('withdrawals lock=no');
  expect(text).toContain('✓ the account is never overdrawn');
  expect(text).toContain('17 states; every reachable state was visited');
});

test.each([0, 1, 3])('a pair of %d points is refused', (count) => {
  const documents = Array.from({ length: count }, () => withdrawn('no'));
  expect(() => pairSvg(joined(...documents))).toThrow('two points stand side by side');
});

test('a point that was cut off is called undecided in the picture, and not said to hold', () => {
  const cut = documentOf(withdrawals as Scenario, { parameters: { lock: 'yes' }, statesMax: 5 });
  const text = pairSvg(joined(cut, cut));
  expect(text).toContain('? the account is never overdrawn');
  expect(text).toContain('not every state was visited');
  expect(text).not.toContain('✓');
  expect(gridSvg(joined(cut, cut))).toContain('2 points, 2 undecided');
});

test('a grid has a row for each point, with its verdict, steps and states', () => {
  const text = gridSvg(joined(withdrawn('no'), withdrawn('yes')));
  const words = [...text.matchAll(/<text[^>]*>([^<]*)</g)].map(([, word]) => word);
  expect(words).toEqual([
    'withdrawals: 2 points, 1 hold, 1 violated',
    ...['lock', 'verdict', 'violated', 'states'],
    ...['no', '✗ violated', 'the account is never overdrawn (6 steps)', '37'],
    ...['yes', '✓ holds', '', '17'],
  ]);
  expect(() => gridSvg(joined())).toThrow('there are no results to show');
});
