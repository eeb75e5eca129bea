import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check, spec } from '../../src/index.ts';

/** Records in records, up to the numbers in them. */
interface Tree {
  [name: string]: number | Tree;
}
type State = { [field: string]: Tree };
type Path = readonly string[];

const data = spec<State>();

/** Names that are other paths when they are joined by dots. */
const name = fc.constantFrom('x', 'a', 'b', 'a.b', '', 'undefined');
const fields = ['t', 'undefined', 'processes'] as const;
const entry = fc.dictionary(name, fc.nat(1), { maxKeys: 3, noNullPrototype: true });
const table = fc.dictionary(name, entry, { maxKeys: 3, noNullPrototype: true });
const state: fc.Arbitrary<State> = fc.record({ t: table, undefined: table, processes: table });

const path = fc
  .tuple(fc.constantFrom(...fields), fc.array(name, { maxLength: 2 }))
  .map(([field, names]) => [field, ...names]);

/** A question about one place of a state. */
type Asked =
  | { readonly is: 'equal'; readonly path: Path; readonly to: number }
  | { readonly is: 'keys'; readonly path: Path; readonly atLeast: number }
  | { readonly is: 'in' | 'own'; readonly path: Path; readonly name: string }
  | { readonly is: 'text'; readonly path: Path; readonly length: number }
  | { readonly is: 'values' | 'spread' | 'loop'; readonly path: Path; readonly to: number };

const asked: fc.Arbitrary<Asked> = fc.oneof(
  fc.record({ is: fc.constant('equal' as const), path, to: fc.nat(1) }),
  fc.record({ is: fc.constant('keys' as const), path, atLeast: fc.nat(3) }),
  fc.record({ is: fc.constantFrom('in' as const, 'own' as const), path, name }),
  fc.record({ is: fc.constant('text' as const), path, length: fc.nat(30) }),
  fc.record({
    is: fc.constantFrom('values' as const, 'spread' as const, 'loop' as const),
    path,
    to: fc.nat(1),
  }),
);

/** A question, or two of which the second is asked where the first one leaves it open. */
interface Test {
  readonly questions: readonly Asked[];
  readonly join: 'and' | 'or';
  /** The tables that are taken before the first question, in place of again and again. */
  readonly held: readonly string[];
}

const asks: fc.Arbitrary<Test> = fc.record({
  questions: fc.array(asked, { minLength: 1, maxLength: 4 }),
  join: fc.constantFrom('and' as const, 'or' as const),
  held: fc.subarray([...fields]),
});

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** What a model finds at a path, as it goes there from record to record. */
function found(from: Tree, names: Path): unknown {
  let at: unknown = from;
  for (const each of names) at = isTree(at) ? at[each] : undefined;
  return at;
}

function answer(question: Asked, at: unknown): boolean {
  if (question.is === 'equal') return at === question.to;
  if (!isTree(at)) return at === undefined;
  switch (question.is) {
    case 'keys':
      return Object.keys(at).length >= question.atLeast;
    case 'in':
      return question.name in at;
    case 'own':
      return Object.hasOwn(at, question.name);
    case 'text':
      return JSON.stringify(at).length > question.length;
    case 'values':
      return Object.values(at).some((value) => value === question.to);
    case 'spread':
      return Object.entries({ ...at }).some(([, value]) => isTree(value));
    case 'loop':
      for (const each in at) if (at[each] === question.to) return true;
      return false;
  }
}

function isTrue({ questions, join, held }: Test, of: State): boolean {
  const taken = new Map(held.map((field) => [field, of[field] as Tree]));
  const ask = (question: Asked): boolean => {
    const [field = '', ...rest] = question.path;
    return answer(question, found(taken.get(field) ?? (of[field] as Tree), rest));
  };
  return join === 'and' ? questions.every(ask) : questions.some(ask);
}

/** Every path of a state, and below the last record every name that it could have. */
function pathsOf(tree: Tree, names: readonly string[], above: Path = []): readonly Path[] {
  return names.flatMap((each) => {
    const value = tree[each];
    const here = [...above, each];
    return [here, ...pathsOf(isTree(value) ? value : {}, above.length < 2 ? allNames : [], here)];
  });
}
const allNames = ['x', 'a', 'b', 'a.b', '', 'undefined'];

/** Another state with the values that were read of the first one. */
function withRead(
  other: State,
  read: readonly { readonly path: string; readonly value?: unknown }[],
  first: State,
): State {
  const made = structuredClone(other);
  const paths: Path[] = [];
  for (const { path: text, value } of read) {
    const meant = pathsOf(first, fields).filter(
      (each) => each.join('.') === text && isDeepStrictEqual(found(first, each), value),
    );
    expect(meant.length, JSON.stringify([text, value, read])).toBeGreaterThan(0);
    for (const each of meant) write(made, each, value);
    paths.push(...meant);
  }
  // Where all of a record was read, one by one, no other name is in it.
  for (const each of pathsOf(first, fields)) {
    const [from, to] = [found(first, each), found(made, each)];
    if (!(isTree(from) && isTree(to) && Object.keys(from).length > 0)) continue;
    if (!Object.keys(from).every((key) => isBelow([...each, key], paths))) continue;
    for (const key of Object.keys(to)) if (!Object.hasOwn(from, key)) delete to[key];
  }
  return made;
}

/** Whether one of the paths leads to this place or to one below. */
const isBelow = (place: Path, paths: readonly Path[]): boolean =>
  paths.some((each) => place.every((key, i) => each[i] === key));

function write(into: Tree, [first = '', ...rest]: Path, value: unknown): void {
  if (rest.length > 0) {
    if (!isTree(into[first])) into[first] = {};
    write(into[first] as Tree, rest, value);
  } else if (value === undefined) delete into[first];
  else into[first] = structuredClone(value) as number | Tree;
}

function scenarioOf(asking: Test, init: State) {
  return data.scenario({
    name: 'data',
    about: 'One state.',
    system: () => ({
      init: () => structuredClone(init),
      final: 'anywhere',
      properties: [data.always('it is true', (seen) => isTrue(asking, seen as State))],
    }),
  });
}

test('a test is false in every state with the values that it read where it was false', () => {
  const seed = Number(process.env['RACEWRIGHT_SEED'] ?? 20_261_201);
  const agreement = fc.property(
    asks,
    state,
    fc.array(state, { maxLength: 8 }),
    (asking, one, others) => {
      const [property] = check(scenarioOf(asking, one)).properties;
      expect(property?.verdict).toBe(isTrue(asking, one) ? 'holds' : 'violated');
      if (property?.verdict === 'holds') return;
      const { read = [] } = property ?? {};
      expect(read.length).toBeGreaterThan(0);
      for (const other of others) expect(isTrue(asking, withRead(other, read, one))).toBe(false);
    },
  );
  fc.assert(agreement, { seed, numRuns: 1_000 });
});
