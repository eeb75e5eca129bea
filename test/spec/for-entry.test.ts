import { describe, expect, test } from 'vitest';
import { type Property, Search, spec } from '../../src/index.ts';

interface Shelf {
  jars: Record<string, { full: boolean }>;
  lids: Record<string, { on: boolean }>;
}

const shelf = spec<Shelf>();

/** Two jars, of which the second is emptied. */
const emptied = (properties: readonly Property<Shelf>[]) =>
  shelf.scenario({
    name: 'shelf',
    about: 'One of two jars is emptied.',
    parameters: {},
    system: () => ({
      init: () => ({ jars: { a: { full: true }, b: { full: true } }, lids: {} }),
      actions: [
        shelf.action({
          name: 'empty',
          do(state) {
            state.jars['b'] = { full: false };
          },
        }),
      ],
      properties,
      final: 'anywhere',
    }),
  });

const staysFull = shelf.always(
  'a jar stays full',
  shelf.every('jars', ({ full }) => full),
);

const resultOf = (...properties: readonly Property<Shelf>[]) =>
  new Search(emptied(properties), {}).run().result();

const verdictsOf = (...properties: readonly Property<Shelf>[]) =>
  resultOf(...properties).properties.map(({ name, verdict }) => [name, verdict]);

describe('forEntry', () => {
  test('forEntry asks a property of one entry, and not of the others', () => {
    expect(
      verdictsOf(staysFull, shelf.forEntry(staysFull, 'a'), shelf.forEntry(staysFull, 'b')),
    ).toEqual([
      ['a jar stays full', 'violated'],
      ['a jar stays full, of a', 'holds'],
      ['a jar stays full, of b', 'violated'],
    ]);
  });

  test('forEntry asks each part, and each operand, and the conclusion of a premise', () => {
    const inParts = shelf.always(
      'in parts',
      shelf.all({ full: shelf.every('jars', ({ full }) => full) }),
    );
    const joined = shelf.always(
      'joined',
      shelf.and(
        shelf.every('jars', ({ full }) => full),
        () => true,
      ),
    );
    const implied = shelf.always(
      'implied',
      shelf.implies(
        () => true,
        shelf.every('jars', ({ full }) => full),
      ),
    );
    for (const property of [inParts, joined, implied]) {
      expect(verdictsOf(shelf.forEntry(property, 'a'), shelf.forEntry(property, 'b'))).toEqual([
        [`${property.name}, of a`, 'holds'],
        [`${property.name}, of b`, 'violated'],
      ]);
    }
  });

  test('forEntry of an entry that never exists holds, and the ledger says that it was asked nowhere', () => {
    const { properties, ledger } = resultOf(shelf.forEntry(staysFull, 'c'));
    expect(properties.map(({ verdict }) => verdict)).toEqual(['holds']);
    expect(JSON.stringify(ledger)).toContain('a jar stays full, of c');
  });

  test.each([
    [shelf.always('whole', ({ jars }) => jars['a']?.full === true), 'the entries of no table'],
    [
      shelf.always(
        'two tables',
        shelf.and(
          shelf.every('jars', ({ full }) => full),
          shelf.every('lids', ({ on }) => on),
        ),
      ),
      'the entries of several tables',
    ],
    [shelf.never('never', ({ jars }) => jars['a']?.full === false), "it is a 'never'"],
  ])(
    'forEntry refuses a property that does not ask the entries of one table: %o',
    (property, why) => {
      expect(() => shelf.forEntry(property, 'a')).toThrow(why);
    },
  );

  test('forEntry keeps the sentence of the property in the type of its own', () => {
    const name: 'a jar stays full, of a' = shelf.forEntry(staysFull, 'a').name;
    expect(name).toBe('a jar stays full, of a');
  });
});
