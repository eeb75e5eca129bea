import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Walk } from './walk.ts';

/** The number of colours for actors in the style sheet; the border of further ones is broken. */
const colours = 8;

/** The place of each operation in the order of appearance, from 0. */
export type ActorOrder = ReadonlyMap<string, number>;

/** The order for the steps of the page; empty outside of a page with a run. */
export const Actors = createContext<ActorOrder>(new Map());

/** All processes of one operation have one colour: `detach1`, `detach1/nova`. */
const operationOf = (actor: string): string => actor.split('/')[0] ?? actor;

/** The operations of a walk: those of its processes, and actors as they take their first step. */
export function actorOrder({ init, steps }: Pick<Walk, 'init' | 'steps'>): ActorOrder {
  const actors = [...Object.keys(init.processes), ...steps.map(({ actor }) => actor ?? '')];
  const operations = new Set(
    actors.filter((actor) => !['', 'fault'].includes(actor)).map(operationOf),
  );
  return new Map([...operations].map((operation, i) => [operation, i]));
}

/**
 * The class that gives an actor its colour, by its place among the others. Colour only helps,
 * because the name stands beside it.
 */
export function useActorClass(actor: string): string {
  const order = useContext(Actors);
  if (actor === 'fault') return 'actor-fault';
  const place = order.get(operationOf(actor));
  if (place === undefined) return '';
  return `actor-${place % colours}${place < colours ? '' : ' actor-again'}`;
}
