import type { Draft, Immutable } from 'immer';
import type { Pick } from './pick.ts';
import type { Processes, ProcessTable } from './process.ts';
import { refuse, refuseNameless, refuseUnknown } from './refuse.ts';

export interface ActionText<S> {
  /** Who acts; shown before the name in traces and schedule words. Leave out for the system as a whole. */
  readonly actor?: string;
  readonly name: string;
  /** The action is enabled only where this holds. Always enabled when left out. */
  readonly when?: (state: Immutable<S>, processes: ProcessTable) => boolean;
  readonly do: (state: Draft<S>, pick: Pick, processes: Processes) => void;
}

export interface FaultText<S> extends Omit<ActionText<S>, 'actor'> {
  /** How often it may happen in one run; 1 when left out. */
  readonly times?: number;
}

/** An action as the checker sees it, whatever its state type was. */
export interface AnyAction {
  readonly kind: 'action' | 'fault';
  readonly actor: string | undefined;
  readonly name: string;
  /** Budget of a fault; Infinity for an action of the system. */
  readonly times: number;
  readonly when: ((state: object, processes: ProcessTable) => boolean) | undefined;
  readonly do: (state: object, pick: never, processes: Processes) => void;
}

/** A guarded command: enabled where `when` holds, in any order, as often as it likes. */
export interface Action<S> extends AnyAction {
  readonly kind: 'action';
  /** Only for the compiler: keeps actions of different state types apart. */
  readonly state?: S;
}

/** An action of the environment: it may happen at most `times` times in a run, and never has to. */
export interface Fault<S> extends AnyAction {
  readonly kind: 'fault';
  /** The same fault with another budget; 0 switches it off. */
  atMost(times: number): Fault<S>;
  readonly state?: S;
}

export function makeAction<S>(text: ActionText<S>): Action<S> {
  checkAction(text, ['actor', 'name', 'when', 'do'], 'action');
  return Object.freeze({
    kind: 'action',
    actor: text.actor,
    name: text.name,
    times: Number.POSITIVE_INFINITY,
    // Types are forgotten here as in makeFlow: the checker passes what the types promise.
    when: text.when as unknown as AnyAction['when'],
    do: text.do as unknown as AnyAction['do'],
  });
}

export function makeFault<S>(text: FaultText<S>): Fault<S> {
  checkAction(text, ['name', 'when', 'do', 'times'], 'fault');
  const times = text.times ?? 1;
  return Object.freeze({
    kind: 'fault',
    actor: 'fault',
    name: text.name,
    times,
    when: text.when as unknown as AnyAction['when'],
    do: text.do as unknown as AnyAction['do'],
    atMost: (budget: number) => makeFault({ ...text, times: budget }),
  });
}

/** Throws a SpecError for a text that the types forbid: with a misspelt `when` it could always happen. */
function checkAction(
  text: {
    readonly actor?: unknown;
    readonly name: string;
    readonly when?: unknown;
    readonly do: unknown;
  },
  known: readonly string[],
  kind: string,
): void {
  const where = `${kind} '${text.name}'`;
  refuseUnknown(text, known, 'field of one', where);
  refuseNameless(text.name, kind === 'fault' ? 'a fault' : 'an action', where);
  if (text.actor !== undefined) refuseNameless(text.actor, 'an actor', where);
  if (typeof text.do !== 'function')
    refuse(where, 'it has no `do`', 'Say what it does: do(state) {}');
  if (text.when === undefined || typeof text.when === 'function') return;
  refuse(where, 'its `when` is no function', 'Write it like this: when: (state) => state.n > 0');
}
