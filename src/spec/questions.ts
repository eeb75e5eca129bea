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
  Deed,
  LivenessProperty,
  StateProperty,
} from './property.ts';
import { quoted, refuse } from './refuse.ts';

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

/**
 * A question about systems whose state is S; N is the sentence, where it is known when the file is
 * compiled.
 */
export type Property<S, N extends string = string> = AnyProperty & { readonly name: N } & About<S>;
export type Every<S> = AnyEvery & { readonly kind: 'every' } & About<S>;
export type Some<S> = AnyEvery & { readonly kind: 'some' } & About<S>;
export type Parts<S> = AnyParts & About<S>;
export type Given<S> = AnyGiven & About<S>;

/** A question about one state, in any form that has a value in each state. */
export type Body<S> = Test<S> | Every<S> | Some<S> | Parts<S>;
/** A question about one step, where a question about a state could stand, too. */
export interface OfStep<S> {
  readonly step: StepTest<S>;
}

/** The questions that can be asked about systems whose state is S. */
export interface Questions<S extends object> {
  /** Must be true in every reachable state. */
  always<const N extends string>(sentence: N, holds: Body<S> | Given<S>): Property<S, N>;
  /** Must be true in no reachable state. */
  never<const N extends string>(sentence: N, holds: Body<S>): Property<S, N>;
  /** Must be true in some reachable state: the guard against properties that hold because nothing happens. */
  reachable<const N extends string>(sentence: N, holds: Body<S>): Property<S, N>;
  /** Must be true of every step that is taken in a reachable state. */
  step<const N extends string>(sentence: N, holds: StepTest<S>): Property<S, N>;
  /** Every fair run comes to a state in which it is true, or to a step of which it is true. */
  eventually<const N extends string>(sentence: N, holds: Body<S> | OfStep<S>): Property<S, N>;
  /** In every fair run, whenever `from` is true, `to` is true then or later. */
  leadsTo<const N extends string>(sentence: N, from: Body<S>, to: Body<S>): Property<S, N>;
  /** The same for each entry of a table by itself; an entry that is gone counts as having arrived. */
  eachLeadsTo<K extends TableName<S>, const N extends string>(
    sentence: N,
    table: K,
    from: EntryTest<S, K>,
    to: EntryTest<S, K>,
  ): Property<S, N>;
  /** Every fair run has no last state in which it is true, or no last step of which it is true. */
  infinitelyOften<const N extends string>(sentence: N, holds: Body<S> | OfStep<S>): Property<S, N>;
  /**
   * Every fair run comes to a state from which on it stays true, or from which on every step is one
   * of which it is true. Of steps, only those count that change the state.
   */
  eventuallyAlways<const N extends string>(sentence: N, holds: Body<S> | OfStep<S>): Property<S, N>;

  /**
   * The test is true of every entry of the table, also where the table is empty. `part` says in
   * words what is asked.
   */
  every<K extends TableName<S>>(table: K, test: EntryTest<S, K>): Every<S>;
  every<K extends TableName<S>>(table: K, part: string, test: EntryTest<S, K>): Every<S>;
  /** The test is true of some entry of the table: of none where the table is empty. */
  some<K extends TableName<S>>(table: K, test: EntryTest<S, K>): Some<S>;
  /** All of several parts are true; where that must be so, the report says which one fails. */
  all(parts: { readonly [part: string]: Body<S> | Given<S> }): Parts<S>;
  /**
   * For `always`: only where `premise` is true must `conclusion` be; if the premise never is, the
   * ledger says so.
   */
  given(premise: Body<S>, conclusion: Body<S> | Given<S>): Given<S>;
}

/** The questions for one state type. Types are forgotten here: the checker passes what they promise. */
export function makeQuestions<S extends object>(): Questions<S> {
  const state = (kind: StateProperty['kind']) =>
    exactly(kind, 2, (name: string, body: unknown) =>
      Object.freeze({ kind, name, body: body as AnyBody }),
    );
  const live = (kind: LivenessProperty['kind']) =>
    exactly(kind, 2, (name: string, holds: unknown) =>
      Object.freeze({ kind, name, holds: holds as LivenessProperty['holds'] }),
    );
  const leadsTo = (name: string, table: string | undefined, from: unknown, to: unknown) =>
    Object.freeze({
      kind: 'leadsTo' as const,
      name,
      table,
      from: from as AnyEntryTest,
      to: to as AnyEntryTest,
    });
  const entries = (kind: AnyEvery['kind'], table: string, part: unknown, test: unknown) => ({
    kind,
    table,
    part: part as string | undefined,
    test: test as AnyEntryTest,
  });
  const made = {
    always: state('always'),
    never: state('never'),
    reachable: state('reachable'),
    step: exactly('step', 2, (name: string, holds: unknown) =>
      Object.freeze({ kind: 'step' as const, name, holds: holds as AnyStepTest }),
    ),
    eventually: live('eventually'),
    infinitelyOften: live('infinitelyOften'),
    eventuallyAlways: live('eventuallyAlways'),
    leadsTo: exactly('leadsTo', 3, (name: string, from: unknown, to: unknown) =>
      leadsTo(name, undefined, from, to),
    ),
    eachLeadsTo: exactly(
      'eachLeadsTo',
      4,
      // A table that is missing here would make another question of it.
      (name: string, table: string | null = null, from: unknown, to: unknown) =>
        leadsTo(name, table as string, from, to),
    ),
    every: exactly('every', 3, (table: string, ...rest: readonly unknown[]) =>
      rest.length > 1
        ? { ...entries('every', table, rest[0], rest[1]), kind: 'every' as const }
        : { ...entries('every', table, undefined, rest[0]), kind: 'every' as const },
    ),
    some: exactly('some', 2, (table: string, test: unknown) => ({
      ...entries('some', table, undefined, test),
      kind: 'some' as const,
    })),
    all: exactly('all', 1, (parts: unknown) => ({
      kind: 'parts' as const,
      parts: parts as AnyParts['parts'],
    })),
    given: exactly('given', 2, (premise: unknown, conclusion: unknown) => ({
      kind: 'given' as const,
      premise: premise as AnyBody,
      conclusion: conclusion as AnyBody,
    })),
  };
  return made as unknown as Questions<S>;
}

/**
 * The same function, which refuses arguments beyond those it takes: they would be a question that
 * is never asked.
 */
function exactly<A extends readonly never[] | readonly unknown[], R>(
  name: string,
  most: number,
  make: (...args: A) => R,
): (...args: A) => R {
  return (...args) => {
    if (args.length <= most) return make(...args);
    return refuse(
      `${name}(${quoted(args[0])}, …)`,
      `it got ${args.length} arguments, and takes at most ${most}`,
      'Remove what is too much, or put several tests into `all`.',
    );
  };
}
