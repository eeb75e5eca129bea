import * as quint from '@informalsystems/quint/dist/src/itf.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plain } from '../../../src/index.ts';
import { itf, itfValue } from '../../../src/report/formats/itf.ts';
import { plainValue, readItf } from '../../../src/report/formats/read-itf.ts';
import { worldsOf } from '../../../src/report/worlds.ts';
import { documentOf, hostile, lostCastDocument, seedRaceDocument } from '../documents.ts';
import { clock, twoLocks } from '../samples.ts';

const documents = async () => [
  await seedRaceDocument(),
  await lostCastDocument(),
  documentOf(clock),
  documentOf(twoLocks),
  documentOf(hostile),
];

/** Any value that a state can hold, except that a record called None would be taken for null. */
const plain = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.string(),
    fc.maxSafeInteger(),
    fc.array(tie('value')),
    fc.dictionary(fc.string(), tie('value')),
  ),
})).value;

describe('itf', () => {
  test('Quint reads an ITF trace', async () => {
    for (const document of await documents()) {
      const trace = JSON.parse(itf(document));
      const states = quint.ofItf(trace);
      expect(states.length).toBe(trace.states.length);
      expect(states.every(({ kind }) => kind === 'app')).toBe(true);
    }
  });

  test('an ITF trace has the types of variables whose values have one type', async () => {
    const meta = JSON.parse(itf(await seedRaceDocument()))['#meta'];
    expect(meta.varTypes).toMatchInlineSnapshot(`
      {
        "attachments": "Str -> { host: Str, status: Str, volume: Str }",
        "connections": "Str -> Str",
        "volumes": "Str -> { status: Str }",
      }
    `);
  });

  test('an ITF trace comes back from Quint with the same values', async () => {
    for (const document of (await documents()).slice(0, 4)) {
      const { states, vars } = JSON.parse(itf(document));
      const bare = states.map((state: object) => ({ ...state, '#meta': undefined }));
      const again = quint.toItf(
        vars,
        quint.ofItf({ vars, states: JSON.parse(JSON.stringify(bare)) }),
      );
      const back = JSON.parse(JSON.stringify(again.value));
      expect(readItf(JSON.stringify(back), 'q').states).toEqual(readItf(itf(document), 'r').states);
    }
  });

  test('an ITF trace can be read back: the states, the schedule, the loop', async () => {
    for (const document of await documents()) {
      const properties = document.results.flatMap((result) => result.properties);
      const trace = properties.find(({ verdict, trace }) => verdict === 'violated' && trace)?.trace;
      if (trace === undefined) throw new Error('the document has a counterexample');
      const back = readItf(itf(document), 'r');
      const states = worldsOf(trace).map(({ state, ...tables }) => ({ ...state, ...tables }));
      expect(back.states).toEqual(states);
      expect(back.schedule.slice(1)).toEqual(trace.schedule);
      expect(back.loop).toBe(trace.loopsTo);
    }
  });

  test('an ITF trace keeps every value that a state can hold', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(plainValue(JSON.parse(JSON.stringify(itfValue(value))), 'r')).toEqual(value);
      }),
    );
  });

  test('an ITF trace is read with integers in either form', () => {
    const text = '{"vars": ["a", "b"], "states": [{"a": 3, "b": {"#bigint": "-4"}}]}';
    expect(readItf(text, 'r').states).toEqual([{ a: 3, b: -4 }]);
  });

  test('an unreadable ITF trace is refused with the place', () => {
    const read = (text: string) => () => readItf(text, 'r');
    const failure = (what: string, where: string) => expect.objectContaining({ what, where });
    expect(read('{"states": []}')).toThrow(
      failure('it is not an ITF trace: it has no lists vars and states', 'r'),
    );
    expect(read('{"vars": ["a"], "states": [{"b": 1}]}')).toThrow(
      failure("it has no value for the variable 'a'", 'r, state 0'),
    );
    expect(
      read('{"vars": ["a"], "states": [{"a": {"#bigint": "123456789012345678901"}}]}'),
    ).toThrow(
      failure(
        '"123456789012345678901" is too large an integer for a state',
        "r, state 0, variable 'a'",
      ),
    );
  });
});
