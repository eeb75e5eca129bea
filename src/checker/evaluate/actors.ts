import type { AnyAction } from '../../spec/action.ts';

/**
 * Something that takes steps: a process at any label, or an action of the system or the
 * environment.
 */
export type Actor = ProcessActor | ActionActor;

export interface ProcessActor {
  readonly kind: 'process';
  readonly pid: string;
  /** The slot in the table of processes. */
  readonly slot: number;
}

export interface ActionActor {
  readonly kind: 'action' | 'fault';
  readonly action: AnyAction;
  /** The slot of the remaining budget; undefined for a fault without a bound. */
  readonly budget: number | undefined;
}

/** The name of an actor in traces and schedule entries. */
export function actorName(actor: Actor): string | undefined {
  return actor.kind === 'process' ? actor.pid : actor.action.actor;
}
