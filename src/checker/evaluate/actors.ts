import type { AnyAction } from '../../spec/action.ts';

/**
 * Something that can take steps: a process, whatever label it stands at, or an action of the system
 * or environment.
 */
export type Actor = ProcessActor | ActionActor;

export interface ProcessActor {
  readonly kind: 'process';
  readonly pid: string;
  /** Its slot in the table of processes. */
  readonly slot: number;
}

export interface ActionActor {
  readonly kind: 'action' | 'fault';
  readonly action: AnyAction;
  /** The slot of a fault's remaining budget; undefined when it may happen any number of times. */
  readonly budget: number | undefined;
}

/** How an actor is called in traces and schedule entries. */
export function actorName(actor: Actor): string | undefined {
  return actor.kind === 'process' ? actor.pid : actor.action.actor;
}
