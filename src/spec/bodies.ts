import type { Immutable } from './draft.ts';
import type { Labels, ProcessState, ProcessTable } from './process.ts';
import type { AnyBody, AnyTest, Bounds, StepAction } from './property.ts';

/** A question about one state. */
export type Test<S, Ps extends Labels = Labels> = (
  state: Immutable<S>,
  processes: ProcessTable<Ps>,
) => boolean;

/** The processes before and after a step. */
interface ProcessesOfStep<Ps extends Labels> {
  readonly before: ProcessTable<Ps>;
  readonly after: ProcessTable<Ps>;
}

/** A question about one step. */
export type StepTest<S, Ps extends Labels = Labels> = (
  before: Immutable<S>,
  action: StepAction,
  after: Immutable<S>,
  processes: ProcessesOfStep<Ps>,
) => boolean;

/** The names of the tables of S: those of its fields that hold records by id. */
export type TableName<S> = {
  [K in keyof S]-?: S[K] extends readonly unknown[] ? never : S[K] extends object ? K : never;
}[keyof S] &
  string;

/** An entry of table K, read-only. */
export type EntryOf<S, K extends keyof S> = Immutable<NonNullable<S[K][keyof S[K]]>>;

/** A question about one entry; `outer` is the entry around the question, where there is one. */
export type TestOf<S, E, O, Ps extends Labels = Labels> = (
  entry: E,
  id: string,
  state: Immutable<S>,
  processes: ProcessTable<Ps>,
  outer: O,
) => boolean;

/** A question about an entry of table K that a step changes; undefined where it is not there. */
export type ChangeTest<S, K extends keyof S, Ps extends Labels = Labels> = (
  before: EntryOf<S, K> | undefined,
  after: EntryOf<S, K> | undefined,
  id: string,
  step: {
    readonly before: Immutable<S>;
    readonly action: StepAction;
    readonly after: Immutable<S>;
    readonly processes: ProcessesOfStep<Ps>;
  },
) => boolean;

declare const about: unique symbol;
declare const condition: unique symbol;
/** The place of an operand that asks about a whole state. Exists only for the compiler. */
export interface OfState {
  readonly [about]: 'state';
}
/** The place of an operand that asks about a step. Exists only for the compiler. */
export interface OfSteps {
  readonly [about]: 'step';
}
/**
 * The place of an operand that asks about an entry. A test inside sees that entry in this form.
 * Exists only for the compiler.
 */
export interface Outer<E, O> {
  readonly entry: E;
  readonly id: string;
  readonly outer: O;
}

/**
 * A body made of smaller ones. S is the state of the system, W the place in which the body may
 * stand. A body that does not depend on its place may stand anywhere.
 */
export interface Algebra<S, W> {
  /** Keeps bodies of different states and places apart; exists only for the compiler. */
  readonly [about]: (state: S, where: W) => void;
}

/** A function that can be called and that can also stand wherever a body can. */
export type Named<S> = ((state: S, processes: ProcessTable) => boolean) & Algebra<S, unknown>;

/** The function that may stand in place W. */
type Leaf<S, W, Ps extends Labels> =
  W extends Outer<infer E, infer O>
    ? TestOf<S, E, O, Ps>
    : W extends OfSteps
      ? StepTest<S, Ps>
      : Test<S, Ps>;

/** What may stand in place W: a function, or a body made of smaller ones. */
export type Operand<S, W, Ps extends Labels = Labels> = Leaf<S, W, Ps> | Algebra<S, W>;

/** A question about one state, in any form that is true or false of each state. */
export type Body<S, Ps extends Labels = Labels> = Operand<S, OfState, Ps>;
/** A question about one step. */
export type StepBody<S, Ps extends Labels = Labels> = Operand<S, OfSteps, Ps>;
/** A question about one step, in a place that also takes a question about a state. */
export interface OfStep<S, Ps extends Labels = Labels> {
  readonly step: StepBody<S, Ps>;
}
/** A conclusion that is asked only where its premise is true. */
export interface Given<S, W = OfState> {
  readonly [condition]: (state: S, where: W) => void;
}

/** The functions that make bodies. */
export interface Bodies<S extends object, Ps extends Labels = Labels> {
  /**
   * True where the test is true of every entry of the table, and where the table is empty. The
   * report shows `part`, a phrase that says what the test asks.
   */
  every<K extends TableName<S>, W = unknown>(
    table: K,
    test: Operand<S, Outer<EntryOf<S, K>, NoInfer<W>>, Ps>,
  ): Algebra<S, W>;
  every<K extends TableName<S>, W = unknown>(
    table: K,
    part: string,
    test: Operand<S, Outer<EntryOf<S, K>, NoInfer<W>>, Ps>,
  ): Algebra<S, W>;
  /** True where the test is true of some entry of the table, so never where the table is empty. */
  some<K extends TableName<S>, W = unknown>(
    table: K,
    test: Operand<S, Outer<EntryOf<S, K>, NoInfer<W>>, Ps>,
  ): Algebra<S, W>;
  /** True where the number of entries of which the test is true lies within `bounds`. */
  count<K extends TableName<S>, W = unknown>(
    table: K,
    bounds: Bounds,
    test: Operand<S, Outer<EntryOf<S, K>, NoInfer<W>>, Ps>,
  ): Algebra<S, W>;
  /** True where the test is true of every process, including those that are done. */
  everyProcess<W = unknown>(
    test: Operand<S, Outer<ProcessState<Ps[keyof Ps]>, NoInfer<W>>, Ps>,
  ): Algebra<S, W>;
  everyProcess<W = unknown>(
    part: string,
    test: Operand<S, Outer<ProcessState<Ps[keyof Ps]>, NoInfer<W>>, Ps>,
  ): Algebra<S, W>;
  someProcess<W = unknown>(
    test: Operand<S, Outer<ProcessState<Ps[keyof Ps]>, NoInfer<W>>, Ps>,
  ): Algebra<S, W>;
  countProcesses<W = unknown>(
    bounds: Bounds,
    test: Operand<S, Outer<ProcessState<Ps[keyof Ps]>, NoInfer<W>>, Ps>,
  ): Algebra<S, W>;

  /**
   * True where all of the named parts are true. In a place that must be true, the report names the
   * part that fails.
   */
  all<W = OfState>(parts: {
    readonly [part: string]: Operand<S, NoInfer<W>, Ps> | Given<S, NoInfer<W>>;
  }): Algebra<S, W>;
  /**
   * True where all operands are true. The checker asks them in this order, up to the first that is
   * false.
   */
  and<W = OfState>(...operands: readonly Operand<S, NoInfer<W>, Ps>[]): Algebra<S, W>;
  /**
   * True where one operand is true. The checker asks them in this order, up to the first that is
   * true.
   */
  or<W = OfState>(...operands: readonly Operand<S, NoInfer<W>, Ps>[]): Algebra<S, W>;
  not<W = OfState>(operand: Operand<S, NoInfer<W>, Ps>): Algebra<S, W>;
  /**
   * True where the conclusion is true or the premise is false. The checker asks the conclusion only
   * where the premise is true.
   */
  implies<W = OfState>(
    premise: Operand<S, NoInfer<W>, Ps>,
    conclusion: Operand<S, NoInfer<W>, Ps>,
  ): Algebra<S, W>;
  /**
   * For `always`: `conclusion` must be true wherever `premise` is. If the premise is true in no
   * reachable state, the ledger says so.
   */
  given<W = OfState>(
    premise: Operand<S, NoInfer<W>, Ps>,
    conclusion: Operand<S, NoInfer<W>, Ps> | Given<S, NoInfer<W>>,
  ): Given<S, W>;
  /** Asks about the whole state in a place that takes tests of entries. */
  ofState(test: Test<S, Ps>): Algebra<S, unknown>;

  /** In a question about a step: the body is true of the state before the step. */
  before(body: Body<S, Ps>): Algebra<S, OfSteps>;
  /** In a question about a step: the body is true of the state after the step. */
  after(body: Body<S, Ps>): Algebra<S, OfSteps>;
  /**
   * True where the test is true of every entry of the table that the step changes, makes or
   * deletes.
   */
  everyChanged<K extends TableName<S>>(table: K, test: ChangeTest<S, K, Ps>): Algebra<S, OfSteps>;
  /**
   * True where the test is true of some entry of the table that the step changes, makes or deletes.
   */
  someChanged<K extends TableName<S>>(table: K, test: ChangeTest<S, K, Ps>): Algebra<S, OfSteps>;
}

/** Makes the functions. They forget the types; the checker passes what the types promise. */
export function makeBodies() {
  const entries =
    (kind: 'every' | 'some') =>
    (table: string, ...rest: readonly unknown[]) =>
      quantifier(kind, 'table', table, rest);
  const processes =
    (kind: 'every' | 'some') =>
    (...rest: readonly unknown[]) =>
      quantifier(kind, 'processes', 'processes', rest);
  const count = (over: 'table' | 'processes', table: string, bounds: unknown, test: unknown) => ({
    ...quantifier('count', over, table, [test]),
    bounds: bounds as Bounds,
  });
  const joined =
    (kind: 'and' | 'or') =>
    (...operands: readonly unknown[]) => ({ kind, operands: operands as readonly AnyBody[] });
  const pair = (kind: 'implies' | 'given') => (premise: unknown, conclusion: unknown) => ({
    kind,
    premise: premise as AnyBody,
    conclusion: conclusion as AnyBody,
  });
  const side = (kind: 'before' | 'after') => (operand: unknown) => ({
    kind,
    operand: operand as AnyBody,
  });
  const changed = (kind: 'everyChanged' | 'someChanged') => (table: string, test: unknown) => ({
    kind,
    table,
    test,
  });
  return {
    every: entries('every'),
    some: entries('some'),
    count: (table: string, bounds: unknown, test: unknown) => count('table', table, bounds, test),
    everyProcess: processes('every'),
    someProcess: processes('some'),
    countProcesses: (bounds: unknown, test: unknown) =>
      count('processes', 'processes', bounds, test),
    all: (parts: unknown) => ({ kind: 'parts' as const, parts }),
    and: joined('and'),
    or: joined('or'),
    not: (operand: unknown) => ({ kind: 'not' as const, operand: operand as AnyBody }),
    implies: pair('implies'),
    given: pair('given'),
    ofState: (test: unknown) => ({ kind: 'state' as const, test: test as AnyTest }),
    before: side('before'),
    after: side('after'),
    everyChanged: changed('everyChanged'),
    someChanged: changed('someChanged'),
  };
}

/** `rest` is the test, or the phrase for the report and the test. */
function quantifier(
  kind: 'every' | 'some' | 'count',
  over: 'table' | 'processes',
  table: string,
  rest: readonly unknown[],
) {
  const [part, test] = rest.length > 1 ? rest : [undefined, rest[0]];
  return {
    kind,
    over,
    table,
    part: part as string | undefined,
    test: test as AnyBody,
    bounds: undefined,
  };
}
