import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { check } from '../../src/index.ts';
import { reportJsonSchema } from '../../src/report/document-schema.ts';
import { readReport, type UnreadableReport } from '../../src/report/read-report.ts';
import { worldsOf } from '../../src/report/worlds.ts';
import { builtIn, documentOf, hostile, lostCastDocument, seedRaceDocument } from './documents.ts';
import { clock, twoLocks } from './samples.ts';

const schemaFile = new URL('../../schemas/report.schema.json', import.meta.url);

async function refusal(text: string): Promise<object> {
  const error: unknown = await readReport(text, 'r.json').catch((thrown: unknown) => thrown);
  // Whatever else is thrown has none of the three and fails the comparison.
  const { what, where, mend } = error as UnreadableReport;
  return { what, where, mend };
}

test('the report file fits the published schema', async () => {
  const validate = new Ajv.Ajv2020({ strict: false }).compile(
    JSON.parse(readFileSync(schemaFile, 'utf8')),
  );
  const documents = [
    await seedRaceDocument(),
    await lostCastDocument(),
    documentOf(clock),
    documentOf(twoLocks, { counterexamples: 3 }),
    documentOf(hostile),
    documentOf(twoLocks, { statesMax: 3 }),
  ];
  for (const document of documents) {
    expect({ valid: validate(document), errors: validate.errors }).toEqual({
      valid: true,
      errors: null,
    });
    expect(await readReport(JSON.stringify(document), 'r.json')).toEqual(document);
  }
  expect(validate({ ...documents[0], version: 1 })).toBe(false);
});

test('the report file has a published schema that is up to date: npm run schemas', () => {
  expect(`${JSON.stringify(reportJsonSchema(), null, 2)}\n`).toBe(readFileSync(schemaFile, 'utf8'));
});

test('the report file holds every state of a run, by what each step changes', async () => {
  for (const scenario of [await builtIn('seed-race'), clock, twoLocks, hostile]) {
    const { properties } = check(scenario);
    const records = documentOf(scenario).results[0]?.properties ?? [];
    const traces = properties.map(({ trace }) => trace);
    expect(records.map(({ trace }) => trace && worldsOf(trace))).toEqual(
      traces.map((trace) => trace && [trace.init, ...trace.steps.map(({ state }) => state)]),
    );
  }
});

test('the report file keeps fields of a later minor version', async () => {
  const later = { ...(await seedRaceDocument()), mood: 'good' };
  expect(await readReport(JSON.stringify(later), 'r.json')).toEqual(later);
});

test('a report file that is cut anywhere is refused', async () => {
  const text = JSON.stringify(await seedRaceDocument(), null, 2);
  for (const share of [0.1, 0.33, 0.5, 0.77, 0.99]) {
    const cut = text.slice(0, Math.floor(text.length * share));
    expect(await refusal(cut)).toEqual({
      what: `the file is cut: it ends in the middle, on line ${cut.split('\n').length}`,
      where: 'r.json',
      mend: 'Make it again.',
    });
  }
  expect(await refusal(' \n')).toMatchObject({ what: 'the file is empty' });
});

test('a file that is no report is refused', async () => {
  expect(await refusal('{"format": "racewright/report", "version": 1, "results": []}')).toEqual({
    what: 'it is a report of version 1, and this racewright reads version 2',
    where: 'r.json',
    mend: "Make it anew with 'racewright check … --report json=FILE'.",
  });
  expect(await refusal('{"format": "racewright/report", "version": 3, "results": []}')).toEqual({
    what: 'it is a report of version 3, and this racewright reads version 2',
    where: 'r.json',
    mend: 'Use the racewright that wrote it, or a later one.',
  });
  expect(await refusal('{"vars": [], "states": []}')).toEqual({
    what: 'it is not a report of racewright',
    where: 'r.json',
    mend: 'It looks like an ITF trace: racewright replay SCENARIO --itf FILE follows one.',
  });
  expect(await refusal('[1, 2')).toMatchObject({
    what: 'the file is cut: it ends in the middle, on line 1',
  });
  expect(await refusal('<html>')).toMatchObject({
    what: expect.stringMatching(/^it is not JSON: /),
  });
  expect(await refusal('{"format": "racewright/report", "version": 2, "trace": {}}')).toMatchObject(
    {
      what: 'it has no results',
    },
  );
  expect(
    await refusal('{"format": "racewright/report", "version": 2, "results": [{"scenario": 7}]}'),
  ).toMatchObject({
    what: 'it is not a whole report: results[0].scenario: Invalid input: expected string, received number',
  });
});
