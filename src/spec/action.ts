import type { Draft, Immutable } from './draft.ts';
import type { Pick } from './pick.ts';
import type { Labels, Processes, ProcessTable } from './process.ts';
import { refuse, refuseNameless, refuseUnknown } from './refuse.ts';

export interface ActionOptions<S, Ps extends Labels = Labels> {
  /**
   * Who acts. Traces and schedule entries show it before the name. An action without it belongs to
   * the system as a whole.
   */
  readonly actor?: string;
  readonly name: string;
  /** The action is enabled only in states in which this is true; without it, in every state. */
  readonly when?: (state: Immutable<S>, processes: ProcessTable<Ps>) => boolean;
  readonly do: (state: Draft<S>, pick: Pick, processes: Processes<Ps>) => void;
}

export interface FaultOptions<S, Ps extends Labels = Labels>
  extends Omit<ActionOptions<S, Ps>, 'actor'> {
  /** How often it may happen in one run; 1 by default. */
  readonly times?: number;
}

/** An action with its state type forgotten, as the checker sees it. */
export interface AnyAction {
  readonly kind: 'action' | 'fault';
  readonly actor: string | undefined;
  readonly name: string;
  /** Budget of a fault; Infinity for an action of the system. */
  readonly times: number;
  readonly when: ((state: object, processes: ProcessTable) => boolean) | undefined;
  readonly do: (state: object, pick: never, processes: Processes) => void;
}

/**
 * A guarded command: it can happen in every state in which `when` is true, in any order, as often
 * as it likes.
 */
export interface Action<S> extends AnyAction {
  readonly kind: 'action';
  /** Keeps actions of different state types apart; exists only for the compiler. */
  readonly state?: S;
}

/** An action of the environment: it may happen at most `times` times in a run, and never has to. */
export interface Fault<S> extends AnyAction {
  readonly kind: 'fault';
  /** Returns the same fault with another budget; a budget of 0 switches it off. */
  atMost(times: number): Fault<S>;
  readonly state?: S;
}

export function makeAction<S, Ps extends Labels = Labels>(
  options: ActionOptions<S, Ps>,
): Action<S> {
  checkAction(options, ['actor', 'name', 'when', 'do'], 'action');
  return Object.freeze({
    kind: 'action',
    actor: options.actor,
    name: options.name,
    times: Number.POSITIVE_INFINITY,
    // The types are forgotten here, as in makeFlow. The checker passes what they promise.
    when: options.when as unknown as AnyAction['when'],
    do: options.do as unknown as AnyAction['do'],
  });
}

export function makeFault<S, Ps extends Labels = Labels>(options: FaultOptions<S, Ps>): Fault<S> {
  checkAction(options, ['name', 'when', 'do', 'times'], 'fault');
  const times = options.times ?? 1;
  return Object.freeze({
    kind: 'fault',
    actor: 'fault',
    name: options.name,
    times,
    when: options.when as unknown as AnyAction['when'],
    do: options.do as unknown as AnyAction['do'],
    atMost: (budget: number) => makeFault({ ...options, times: budget }),
  });
}

/**
 * Throws a SpecError for options that the types forbid. With a misspelt `when`, for example, the
 * action would be enabled in every state.
 */
function checkAction(
  options: {
    readonly actor?: unknown;
    readonly name: string;
    readonly when?: unknown;
    readonly do: unknown;
  },
  known: readonly string[],
  kind: string,
): void {
  const where = `${kind} '${options.name}'`;
  refuseUnknown(options, known, 'field of one', where);
  refuseNameless(options.name, kind === 'fault' ? 'a fault' : 'an action', where);
  if (options.actor !== undefined) refuseNameless(options.actor, 'an actor', where);
  if (typeof options.do !== 'function')
    refuse(where, 'it has no `do`', 'Say what it does: do(state) {}');
  if (options.when === undefined || typeof options.when === 'function') return;
  refuse(where, 'its `when` is no function', 'Write it like this: when: (state) => state.n > 0');
}
