import type { Immutable } from 'immer';
import type { ProcessTable } from './process.ts';
import type {
  AnyBody,
  AnyEntryTest,
  AnyEvery,
  AnyGiven,
  AnyParts,
  AnyProperty,
  AnyStepTest,
  AnyTest,
  Deed,
  LivenessProperty,
  StateProperty,
} from './property.ts';

/** A question about one state. */
export type Test<S> = (state: Immutable<S>, processes: ProcessTable) => boolean;

/** A question about one step. */
export type StepTest<S> = (
  before: Immutable<S>,
  deed: Deed,
  after: Immutable<S>,
  processes: { readonly before: ProcessTable; readonly after: ProcessTable },
) => boolean;

/** The names of the tables of S: those of its fields that hold records by id. */
export type TableName<S> = {
  [K in keyof S]-?: S[K] extends readonly unknown[] ? never : S[K] extends object ? K : never;
}[keyof S] &
  string;

/** A question about one entry of table K. */
export type EntryTest<S, K extends keyof S> = (
  entry: Immutable<NonNullable<S[K][keyof S[K]]>>,
  id: string,
  state: Immutable<S>,
  processes: ProcessTable,
) => boolean;

declare const about: unique symbol;
/** Keeps questions about different state types apart; exists only for the compiler. */
interface About<S> {
  readonly [about]?: (state: S) => void;
}

export type Property<S> = AnyProperty & About<S>;
export type Every<S> = AnyEvery & { readonly kind: 'every' } & About<S>;
export type Some<S> = AnyEvery & { readonly kind: 'some' } & About<S>;
export type Parts<S> = AnyParts & About<S>;
export type Given<S> = AnyGiven & About<S>;

/** The questions that can be asked about systems whose state is S. */
export interface Questions<S extends object> {
  /** Must be true in every reachable state. */
  always(sentence: string, holds: Test<S> | Every<S> | Parts<S> | Given<S>): Property<S>;
  /** Must be true in no reachable state. */
  never(sentence: string, holds: Test<S> | Some<S>): Property<S>;
  /** Must be true in some reachable state: the guard against properties that hold because nothing happens. */
  reachable(sentence: string, holds: Test<S> | Some<S>): Property<S>;
  /** Must be true of every step that is taken in a reachable state. */
  step(sentence: string, holds: StepTest<S>): Property<S>;
  /** Every fair run comes to a state in which it is true. */
  eventually(sentence: string, holds: Test<S>): Property<S>;
  /** In every fair run, whenever `from` is true, `to` is true then or later. */
  leadsTo(sentence: string, from: Test<S>, to: Test<S>): Property<S>;
  /** The same for each entry of a table by itself; an entry that is gone counts as having arrived. */
  eachLeadsTo<K extends TableName<S>>(
    sentence: string,
    table: K,
    from: EntryTest<S, K>,
    to: EntryTest<S, K>,
  ): Property<S>;
  /** Every fair run has no last state in which it is true, or no last step of which it is true. */
  infinitelyOften(sentence: string, holds: Test<S> | { readonly step: StepTest<S> }): Property<S>;
  /** Every fair run comes to a state from which on it stays true. */
  eventuallyAlways(sentence: string, holds: Test<S>): Property<S>;

  /** The test must hold for every entry of the table. `part` says in words what is asked. */
  every<K extends TableName<S>>(table: K, test: EntryTest<S, K>): Every<S>;
  every<K extends TableName<S>>(table: K, part: string, test: EntryTest<S, K>): Every<S>;
  /** The test holds for some entry of the table: for `never` and `reachable`. */
  some<K extends TableName<S>>(table: K, test: EntryTest<S, K>): Some<S>;
  /** All of several parts; the report says which one fails. */
  all(parts: { readonly [part: string]: Test<S> | Every<S> | Parts<S> }): Parts<S>;
  /** Only where `premise` holds must `conclusion`; if the premise never holds, the ledger says so. */
  given(premise: Test<S>, conclusion: Test<S>): Given<S>;
}

/** The questions for one state type. Types are forgotten here: the checker passes what they promise. */
export function makeQuestions<S extends object>(): Questions<S> {
  const state = (kind: StateProperty['kind']) => (name: string, body: unknown) =>
    Object.freeze({ kind, name, body: body as AnyBody });
  const live = (kind: LivenessProperty['kind']) => (name: string, holds: unknown) =>
    Object.freeze({ kind, name, holds: holds as LivenessProperty['holds'] });
  const leadsTo = (name: string, table: string | undefined, from: unknown, to: unknown) =>
    Object.freeze({
      kind: 'leadsTo' as const,
      name,
      table,
      from: from as AnyEntryTest,
      to: to as AnyEntryTest,
    });
  return {
    always: state('always'),
    never: state('never'),
    reachable: state('reachable'),
    step: (name, holds) => Object.freeze({ kind: 'step', name, holds: holds as AnyStepTest }),
    eventually: live('eventually'),
    infinitelyOften: live('infinitelyOften'),
    eventuallyAlways: live('eventuallyAlways'),
    leadsTo: (name, from, to) => leadsTo(name, undefined, from, to),
    eachLeadsTo: leadsTo,
    every: (table: string, ...rest: readonly unknown[]) => ({
      kind: 'every',
      table,
      part: rest.length > 1 ? (rest[0] as string) : undefined,
      test: rest.at(-1) as AnyEntryTest,
    }),
    some: (table, test) => ({
      kind: 'some',
      table,
      part: undefined,
      test: test as unknown as AnyEntryTest,
    }),
    all: (parts) => ({ kind: 'parts', parts: parts as unknown as AnyParts['parts'] }),
    given: (premise, conclusion) => ({
      kind: 'given',
      premise: premise as unknown as AnyTest,
      conclusion: conclusion as unknown as AnyTest,
    }),
  };
}
