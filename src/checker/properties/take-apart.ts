import type { AnyBody, AnyEvery } from '../../spec/property.ts';
import { circuitOf, fieldOf } from './bodies.ts';
import { type Answers, Place } from './circuit.ts';
import { OfSeen, type Seen } from './seen.ts';

/** A body, and the entry about which it asks. */
export interface Asking {
  readonly body: AnyBody;
  readonly place: Place | undefined;
}

/** A test that decides its property alone, wherever it has the value that the property seeks. */
export interface ClauseBody extends Asking {
  /** The names of the parts around it, from the outside. */
  readonly path: readonly string[];
  /** Those names and its entry, for messages; undefined for a property without parts. */
  readonly part: string | undefined;
  /**
   * Asked first, in this order. Where one of them is false, or the entry does not exist, the clause
   * decides nothing.
   */
  readonly premises: readonly Asking[];
  /** The value that decides the property. */
  readonly seeks: boolean;
  /** True for a premise. It decides nothing, but has to be true somewhere. */
  readonly isPremise: boolean;
}

/** A quantifier of which each entry decides alone, so that a later entry brings further clauses. */
export interface Quantified {
  /** The name of its field. */
  readonly field: string;
  readonly clausesOf: (id: string) => readonly ClauseBody[];
}

export interface TakenApart {
  /** In the order of the parts and of the known entries. */
  readonly clauses: readonly ClauseBody[];
  readonly quantified: readonly Quantified[];
}

/**
 * The value of a body that decides its property: false violates an `always`, true decides the
 * others.
 */
export const decidesWhere = (kind: 'always' | 'never' | 'reachable'): boolean => kind !== 'always';

/** The known ids of a field. */
type IdsOf = (field: string) => Iterable<string>;

/**
 * Takes a body apart into tests that decide alone where they have the value `seeks`. Of parts that
 * must all be true, and of `every`, one false test is enough; of `some`, one true test is. Tests
 * that decide only together stay one.
 */
export function takeApart(body: AnyBody, seeks: boolean, idsOf: IdsOf): TakenApart {
  return apart(body, { seeks, idsOf, path: [], premises: [], place: undefined });
}

interface Around {
  readonly seeks: boolean;
  readonly idsOf: IdsOf;
  readonly path: readonly string[];
  /** The tests are asked only where all of these are true. */
  readonly premises: readonly Asking[];
  readonly place: Place | undefined;
}

function apart(body: AnyBody, around: Around): TakenApart {
  const { seeks, path } = around;
  if (typeof body === 'function') return one(body, around);
  switch (body.kind) {
    case 'every':
    case 'some':
      return (body.kind === 'some') === seeks && around.place === undefined
        ? eachOf(body, around)
        : one(body, around);
    case 'and':
    case 'or':
      if ((body.kind === 'or') !== seeks) return one(body, around);
      return together(body.operands.map((operand) => apart(operand, around)));
    case 'parts':
      if (seeks) return one(body, around);
      return together(
        Object.entries(body.parts).map(([name, part]) =>
          apart(part, { ...around, path: [...path, name] }),
        ),
      );
    case 'not':
      return apart(body.operand, { ...around, seeks: !seeks });
    case 'implies':
      if (!seeks) return apart(body.conclusion, onlyIf(body.premise, around));
      return together([
        apart(body.premise, { ...around, seeks: false }),
        apart(body.conclusion, around),
      ]);
    case 'given': {
      const { clauses, quantified } = apart(body.conclusion, onlyIf(body.premise, around));
      const premise = one(body.premise, { ...around, seeks: true }).clauses;
      return {
        clauses: [...clauses, ...premise.map((clause) => ({ ...clause, isPremise: true }))],
        quantified,
      };
    }
    default:
      return one(body, around);
  }
}

const onlyIf = (body: AnyBody, around: Around): Around => ({
  ...around,
  premises: [...around.premises, { body, place: around.place }],
});

const together = (parts: readonly TakenApart[]): TakenApart => ({
  clauses: parts.flatMap(({ clauses }) => clauses),
  quantified: parts.flatMap(({ quantified }) => quantified),
});

const one = (body: AnyBody, around: Around): TakenApart => ({
  clauses: [
    {
      body,
      place: around.place,
      path: around.path,
      part: wordsOf(around),
      premises: around.premises,
      seeks: around.seeks,
      isPremise: false,
    },
  ],
  quantified: [],
});

/** `its part: the part of that (volumes.v1)`. */
function wordsOf({ path, place }: Pick<Around, 'path' | 'place'>, inner: readonly Place[] = []) {
  const words = path.length === 0 ? undefined : path.join(': ');
  const places = place === undefined ? inner : [place, ...inner];
  if (places.length === 0) return words;
  const names = places.map(nameOf).join(', ');
  return words === undefined ? names : `${words} (${names})`;
}

/** The part of a clause in a state that it decides, with the deciding entries inside of it. */
export function partIn({ body, place, path, seeks }: ClauseBody, seen: Seen): string | undefined {
  return wordsOf({ path, place }, [...deciding({ body, place }, seeks, new OfSeen(seen))]);
}

/** The entries that decide the value of a body, one inside another, as far as one alone decides. */
function* deciding(asking: Asking, value: boolean, answers: Answers): Iterable<Place> {
  const { body, place } = asking;
  if (typeof body === 'function') return;
  const first = (operands: readonly AnyBody[]): Iterable<Place> => {
    const found = operands.find((one) => answerTo({ body: one, place }, answers) === value);
    return found === undefined ? [] : deciding({ body: found, place }, value, answers);
  };
  if (body.kind === 'not') yield* deciding({ body: body.operand, place }, !value, answers);
  else if (body.kind === 'implies' && !value) yield* first([body.conclusion]);
  else if (body.kind === 'parts' && !value) yield* first(Object.values(body.parts));
  else if (body.kind === (value ? 'or' : 'and')) yield* first(body.operands);
  else if (body.kind === (value ? 'some' : 'every')) {
    const field = fieldOf(body);
    const ids = answers.idsOf({ field, side: 'here', owner: undefined, held: undefined });
    const places = ids.map((id) => new Place(field, id, 'here', place));
    const found = places.find(
      (one) => answerTo({ body: body.test, place: one }, answers) === value,
    );
    if (found === undefined) return;
    yield found;
    yield* deciding({ body: body.test, place: found }, value, answers);
  }
}

/** `volumes.v1`. */
const nameOf = ({ field, id }: Place): string => `${field.replace(/^#/, '')}.${id}`;

function eachOf(body: AnyEvery, around: Around): TakenApart {
  const field = fieldOf(body);
  const { part, test } = body;
  const path = part === undefined ? around.path : [...around.path, part];
  const entry = (id: string) =>
    apart(test, { ...around, path, place: new Place(field, id, 'here', undefined) });
  const parts = Array.from(around.idsOf(field), entry);
  return {
    // Quantifiers inside of an entry stay whole.
    clauses: parts.flatMap(({ clauses }) => clauses),
    quantified: [{ field, clausesOf: (id) => entry(id).clauses }],
  };
}

/** The part of the first clause that decides in this state; undefined when none does. */
export function decidingClause(
  body: AnyBody,
  seeks: boolean,
  seen: Seen,
): { readonly part: string | undefined } | undefined {
  const found = firstDeciding(body, seeks, seen);
  return found === undefined ? undefined : { part: partIn(found, seen) };
}

/** The first clause that decides in this state; undefined when none does. */
export function firstDeciding(body: AnyBody, seeks: boolean, seen: Seen): ClauseBody | undefined {
  const answers = new OfSeen(seen);
  const { clauses } = takeApart(body, seeks, (field) =>
    answers.idsOf({ field, side: 'here', owner: undefined, held: undefined }),
  );
  return clauses.find((clause) => !clause.isPremise && decides(clause, answers));
}

function decides({ body, place, premises, seeks }: ClauseBody, answers: Answers): boolean {
  if (place !== undefined && !answers.isThere(place)) return false;
  const areTrue = premises.every((premise) => answerTo(premise, answers));
  return areTrue && answerTo({ body, place }, answers) === seeks;
}

/** Whether the body of a clause is true of its entry. */
export const answerTo = (asking: Asking, answers: Answers): boolean =>
  circuitOf(asking.body, { ...asking, side: 'here', where: '', owner: undefined }).value(answers);
