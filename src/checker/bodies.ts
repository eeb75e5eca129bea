import type { ProcessTable } from '../spec/process.ts';
import type {
  AnyBody,
  AnyEntryTest,
  AnyEvery,
  AnyProperty,
  AnyStepTest,
  Deed,
} from '../spec/property.ts';
import { SpecError } from '../spec/spec-error.ts';
import type { Slots } from './slots.ts';
import { requireBoolean } from './take-step.ts';

/** A state as questions see it: through the views of a search, or as plain data. */
export interface Seen {
  readonly state: object;
  readonly processes: ProcessTable;
}

/**
 * Whether a body is true of a state. Throws what a test throws, and a SpecError for an answer that
 * is neither true nor false.
 */
export function isTrue(body: AnyBody, seen: Seen): boolean {
  if (typeof body === 'function') return requireBoolean(body(seen.state, seen.processes));
  switch (body.kind) {
    case 'given':
      return !isTrue(body.premise, seen) || isTrue(body.conclusion, seen);
    case 'parts':
      return Object.values(body.parts).every((part) => isTrue(part, seen));
    case 'every':
      return idsIn(body.table, seen).every((id) => isTrueOf(body.test, body.table, id, seen));
    case 'some':
      return idsIn(body.table, seen).some((id) => isTrueOf(body.test, body.table, id, seen));
  }
}

/** Whether a test is true of an entry; `absent` where there is no such entry. */
export function isTrueOf(
  test: AnyEntryTest,
  table: string,
  id: string,
  seen: Seen,
  absent = false,
): boolean {
  const entry = tableIn(table, seen)[id];
  // No entry is undefined: that is no plain data.
  if (entry === undefined) return absent;
  return requireBoolean(test(entry, id, seen.state, seen.processes));
}

/** Whether a test is true of a step. */
export function isTrueOfStep(
  test: AnyStepTest,
  before: Seen,
  { actor, label, picks }: Deed,
  after: Seen,
): boolean {
  const processes = { before: before.processes, after: after.processes };
  return requireBoolean(test(before.state, { actor, label, picks }, after.state, processes));
}

/** The ids of the entries that a table has in this state. */
const idsIn = (table: string, seen: Seen): readonly string[] => Object.keys(tableIn(table, seen));

// That the field is a table is made sure of when a system is loaded.
const tableIn = (table: string, { state }: Seen) =>
  (state as { readonly [table: string]: { readonly [id: string]: unknown } })[table] ?? {};

/**
 * A test that decides its property by itself where it has the value that the property looks for.
 */
export interface ClauseBody {
  /**
   * Names of the parts on the way to it and the entry that it asks about; undefined for a property
   * without parts.
   */
  readonly part: string | undefined;
  readonly holds: (seen: Seen) => boolean;
  /** The entry that it asks about. */
  readonly entry: { readonly table: string; readonly id: string } | undefined;
  /** For a premise: it decides nothing, but has to be true somewhere. */
  readonly isPremise: boolean;
}

/**
 * A quantifier of which each entry decides by itself, so that a later entry brings a further
 * clause.
 */
export interface Quantified {
  readonly table: string;
  readonly clauseOf: (id: string) => ClauseBody;
}

export interface TakenApart {
  /** In the order of the parts and of the entries that are known. */
  readonly clauses: readonly ClauseBody[];
  readonly quantified: readonly Quantified[];
}

/**
 * The value of the body that decides a property: an `always` is violated where it is false, the
 * others decided where it is true.
 */
export const decidesWhere = (kind: 'always' | 'never' | 'reachable'): boolean => kind !== 'always';

/**
 * Takes a body apart into tests of which each decides alone where it has the value `decides`: all
 * parts and the test of every entry must be true, and one that is false is enough; the test of some
 * entry is enough where it is true. What decides only together is one test. `idsOf` tells the
 * entries of a table that are known.
 */
export function takeApart(
  body: AnyBody,
  decides: boolean,
  idsOf: (table: string) => Iterable<string>,
): TakenApart {
  return apart(body, { decides, idsOf, path: [], premises: [] });
}

interface Around {
  readonly decides: boolean;
  readonly idsOf: (table: string) => Iterable<string>;
  readonly path: readonly string[];
  /** What is asked is asked only where all of these are true. */
  readonly premises: readonly AnyBody[];
}

function apart(body: AnyBody, around: Around): TakenApart {
  const { decides, path, premises } = around;
  const kind = typeof body === 'function' ? 'test' : body.kind;
  if (typeof body === 'function' || kind === (decides ? 'every' : 'some')) {
    return one(clause(around, (seen) => isTrue(body, seen)));
  }
  switch (body.kind) {
    case 'every':
    case 'some': {
      const clauseOf = (id: string) => entryClause(body, id, around);
      const clauses = Array.from(around.idsOf(body.table), clauseOf);
      return { clauses, quantified: [{ table: body.table, clauseOf }] };
    }
    case 'parts': {
      if (decides) return one(clause(around, (seen) => isTrue(body, seen)));
      const parts = Object.entries(body.parts).map(([name, part]) =>
        apart(part, { ...around, path: [...path, name] }),
      );
      return {
        clauses: parts.flatMap((part) => part.clauses),
        quantified: parts.flatMap((part) => part.quantified),
      };
    }
    case 'given': {
      const within = { ...around, premises: [...premises, body.premise] };
      const { clauses, quantified } = apart(body.conclusion, within);
      // What is asked of a premise is asked everywhere: it is true where those around it are true,
      // too.
      const asked = { ...around, premises: [] };
      const premise = clause(asked, (seen) => areTrue(within.premises, seen));
      return { clauses: [...clauses, { ...premise, isPremise: true }], quantified };
    }
  }
}

const one = (body: ClauseBody): TakenApart => ({ clauses: [body], quantified: [] });

const areTrue = (bodies: readonly AnyBody[], seen: Seen): boolean =>
  bodies.every((body) => isTrue(body, seen));

/** A test that is asked only where the premises around it are true. */
function clause({ path, premises }: Around, holds: (seen: Seen) => boolean): ClauseBody {
  const part = path.length === 0 ? undefined : path.join(': ');
  const asked =
    premises.length === 0 ? holds : (seen: Seen) => !areTrue(premises, seen) || holds(seen);
  return { part, holds: asked, entry: undefined, isPremise: false };
}

/** The test of one entry. An entry that is absent decides nothing. */
function entryClause({ table, part, test }: AnyEvery, id: string, around: Around): ClauseBody {
  const words = [...around.path, ...(part === undefined ? [] : [part])];
  const name = `${table}.${id}`;
  return {
    ...clause(around, (seen) => isTrueOf(test, table, id, seen, !around.decides)),
    part: words.length === 0 ? name : `${words.join(': ')} (${name})`,
    entry: { table, id },
  };
}

/**
 * The tests of a body in one state, in the order of its parts and entries, with their values.
 * Premises are left out.
 */
export function* clausesIn(
  body: AnyBody,
  decides: boolean,
  seen: Seen,
): Iterable<{ readonly part: string | undefined; readonly holds: boolean }> {
  const { clauses } = takeApart(body, decides, (table) => idsIn(table, seen));
  for (const { part, holds, isPremise } of clauses) {
    if (!isPremise) yield { part, holds: holds(seen) };
  }
}

function tablesIn(body: AnyBody): readonly string[] {
  if (typeof body === 'function') return [];
  switch (body.kind) {
    case 'given':
      return [...tablesIn(body.premise), ...tablesIn(body.conclusion)];
    case 'parts':
      return Object.values(body.parts).flatMap(tablesIn);
    default:
      return [body.table];
  }
}

/** Throws a SpecError for a property that asks about the entries of what is no table. */
export function checkTables(properties: readonly AnyProperty[], slots: Slots): void {
  for (const property of properties) {
    for (const table of tablesOf(property)) mustBeTable(slots, table, property.name);
  }
}

/** The tables whose entries a property asks one by one. */
export function tablesOf(property: AnyProperty): readonly string[] {
  if ('body' in property) return tablesIn(property.body);
  if (property.kind === 'leadsTo') {
    // Without a table both are bodies.
    if (property.table !== undefined) return [property.table];
    return [property.from, property.to].flatMap((body) => tablesIn(body as AnyBody));
  }
  return typeof property.holds === 'object' && 'kind' in property.holds
    ? tablesIn(property.holds)
    : [];
}

function mustBeTable(slots: Slots, name: string, property: string): void {
  const isOwn = !name.startsWith('#');
  if (isOwn && slots.fields.get(name)?.kind === 'table') return;
  const tables = [...slots.fields.values()]
    .filter((field) => field.kind === 'table' && !field.name.startsWith('#'))
    .map((field) => `'${field.name}'`);
  const known = `The tables are ${tables.join(', ') || 'none'}: fields that are records by id in the initial state.`;
  throw new SpecError({
    what: `it asks about the entries of '${name}', which is not a table`,
    where: `property '${property}'`,
    mend:
      name === 'processes'
        ? 'Go through the processes in a test: (state, processes) => Object.values(processes).every(…)'
        : known,
  });
}
