import {
  type Bodies,
  type Body,
  type EntryOf,
  type Given,
  makeBodies,
  type OfState,
  type OfStep,
  type Operand,
  type Outer,
  type StepBody,
  type TableName,
} from './bodies.ts';
import { forEntry } from './for-entry.ts';
import type { Labels } from './process.ts';
import type {
  AnyBody,
  AnyProperty,
  AnyStepBody,
  LivenessProperty,
  ReachableStep,
  StateProperty,
} from './property.ts';
import type { AbstractionMap, AbstractSystem, Implements } from './refinement.ts';
import { isRecord, quoted, refuse } from './refuse.ts';

declare const about: unique symbol;

/** A question about systems whose state is S. N is the sentence, if the compiler knows it. */
export type Property<S, N extends string = string> = AnyProperty & {
  readonly name: N;
  /** Keeps questions about different state types apart; exists only for the compiler. */
  readonly [about]?: (state: S) => void;
};

/** The questions that can be asked about systems whose state is S. */
export interface Questions<S extends object, Ps extends Labels = Labels> extends Bodies<S, Ps> {
  /** Must be true in every reachable state. */
  always<const N extends string>(sentence: N, holds: Body<S, Ps> | Given<S>): Property<S, N>;
  /**
   * Asks an `always` that asks each entry of a table of the entry `id` only: `forEntry(property,
   * 'v1')`. If that entry never exists, the ledger says so. Throws a SpecError for a property that
   * does not ask the entries of one table.
   */
  forEntry<const N extends string, const I extends string>(
    property: Property<S, N>,
    id: I,
  ): Property<S, `${N}, of ${I}`>;
  /** Must be true in no reachable state. */
  never<const N extends string>(sentence: N, holds: Body<S, Ps>): Property<S, N>;
  /**
   * Must be true in some reachable state, or of some step that is taken in one. It guards against
   * properties that hold because nothing happens.
   */
  reachable<const N extends string>(
    sentence: N,
    holds: Body<S, Ps> | OfStep<S, Ps>,
  ): Property<S, N>;
  /** Must be true of every step that is taken in a reachable state. */
  step<const N extends string>(sentence: N, holds: StepBody<S, Ps>): Property<S, N>;
  /**
   * Each initial state is an initial state of `abstract`, and each step is one of its steps or
   * changes nothing there. `map` returns the abstract state that a state stands for. A fault of
   * `abstract` may happen there as often as it likes; its properties, fairness and constraint do
   * not count. The check throws a SpecError when the map names what `abstract` does not have.
   */
  implements<A extends object, const N extends string>(
    sentence: N,
    abstract: AbstractSystem<A>,
    map: AbstractionMap<S, A, Ps>,
  ): Property<S, N>;
  /** Every fair run reaches a state of which it is true, or a step of which it is true. */
  eventually<const N extends string>(
    sentence: N,
    holds: Body<S, Ps> | OfStep<S, Ps>,
  ): Property<S, N>;
  /** In every fair run, whenever `from` is true, `to` is true then or later. */
  leadsTo<const N extends string>(sentence: N, from: Body<S, Ps>, to: Body<S, Ps>): Property<S, N>;
  /**
   * Like `leadsTo`, for each entry of a table by itself. An entry that no longer exists counts as
   * having arrived.
   */
  eachLeadsTo<K extends TableName<S>, const N extends string>(
    sentence: N,
    table: K,
    from: Operand<S, Outer<EntryOf<S, K>, OfState>, Ps>,
    to: Operand<S, Outer<EntryOf<S, K>, OfState>, Ps>,
  ): Property<S, N>;
  /** In every fair run it is true again and again, of states or of steps. */
  infinitelyOften<const N extends string>(
    sentence: N,
    holds: Body<S, Ps> | OfStep<S, Ps>,
  ): Property<S, N>;
  /**
   * Every fair run reaches a state from which on it is true of every state, or of every step that
   * changes the state.
   */
  eventuallyAlways<const N extends string>(
    sentence: N,
    holds: Body<S, Ps> | OfStep<S, Ps>,
  ): Property<S, N>;
}

/**
 * Makes the questions for one state type. They forget the types; the checker passes what the types
 * promise.
 */
export function makeQuestions<S extends object, Ps extends Labels = Labels>(): Questions<S, Ps> {
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
      from: from as AnyBody,
      to: to as AnyBody,
    });
  const bodies = makeBodies();
  const made = {
    always: state('always'),
    forEntry: exactly('forEntry', 2, forEntry),
    never: state('never'),
    reachable: exactly('reachable', 2, reachable),
    step: exactly('step', 2, (name: string, holds: unknown) =>
      Object.freeze({ kind: 'step' as const, name, holds: holds as AnyBody }),
    ),
    implements: exactly('implements', 3, implementing),
    eventually: live('eventually'),
    infinitelyOften: live('infinitelyOften'),
    eventuallyAlways: live('eventuallyAlways'),
    leadsTo: exactly('leadsTo', 3, (name: string, from: unknown, to: unknown) =>
      leadsTo(name, undefined, from, to),
    ),
    eachLeadsTo: exactly(
      'eachLeadsTo',
      4,
      // Without its table the call would mean `leadsTo`, so `null` marks the missing argument.
      (name: string, table: string | null = null, from: unknown, to: unknown) =>
        leadsTo(name, table as string, from, to),
    ),
    ...bodies,
    every: exactly('every', 3, bodies.every),
    some: exactly('some', 2, bodies.some),
    count: exactly('count', 3, bodies.count),
    everyProcess: exactly('everyProcess', 2, bodies.everyProcess),
    someProcess: exactly('someProcess', 1, bodies.someProcess),
    countProcesses: exactly('countProcesses', 2, bodies.countProcesses),
    all: exactly('all', 1, bodies.all),
    not: exactly('not', 1, bodies.not),
    implies: exactly('implies', 2, bodies.implies),
    given: exactly('given', 2, bodies.given),
    ofState: exactly('ofState', 1, bodies.ofState),
    before: exactly('before', 1, bodies.before),
    after: exactly('after', 1, bodies.after),
    everyChanged: exactly('everyChanged', 2, bodies.everyChanged),
    someChanged: exactly('someChanged', 2, bodies.someChanged),
  };
  return made as unknown as Questions<S, Ps>;
}

/**
 * The same function, but it throws a SpecError for surplus arguments, which would be questions that
 * are never asked.
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
      'Remove the surplus arguments, or put several tests into `all`.',
    );
  };
}

/** Whether a body is { step } and nothing else. */
function isOfStep(body: unknown): body is AnyStepBody {
  return isRecord(body) && Object.keys(body).join() === 'step';
}

function reachable(name: string, body: unknown): StateProperty | ReachableStep {
  // With another field beside it `step` stays part of the body, which is then refused.
  return isOfStep(body)
    ? Object.freeze({ kind: 'reachable' as const, name, step: body.step })
    : Object.freeze({ kind: 'reachable' as const, name, body: body as AnyBody });
}

function implementing(name: string, abstract: unknown, map: unknown): Implements {
  return Object.freeze({
    kind: 'implements',
    name,
    abstract: abstract as AbstractSystem,
    map: map as Implements['map'],
  });
}
