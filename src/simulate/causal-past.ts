import type { Actor } from '../checker/evaluate/actors.ts';
import type { EdgeAction } from '../checker/liveness/edges.ts';
import type { Machine } from '../checker/transitions/machine.ts';
import type { KnownGraph } from './known-graph.ts';
import { statesOf, type Way } from './ways.ts';

/**
 * The indices of the steps of a run in the causal past of its last one: the steps that wrote what
 * it read or wrote, and so on. Two steps of one process are always ordered, because both write the
 * place of the process.
 */
export function causalPast(graph: KnownGraph, way: Way): readonly number[] {
  const states = statesOf(graph, way);
  const kept: number[] = [];
  const asked = new Set<number>();
  for (let i = way.edges.length - 1; i >= 0; i--) {
    const [before, after] = [states[i] as number, states[i + 1] as number];
    const written = slotsBetween(graph.machine, before, after);
    if (kept.length > 0 && !written.some((slot) => asked.has(slot))) continue;
    kept.push(i);
    for (const slot of written) asked.add(slot);
    for (const slot of readsOf(graph, way.edges[i] as number, before)) asked.add(slot);
  }
  return kept.reverse();
}

/** The slots in which two states differ. */
function slotsBetween(machine: Machine, one: number, other: number): readonly number[] {
  const all = Array.from({ length: machine.slots.count }, (_, slot) => slot);
  machine.lookAt(one);
  const before = all.map((slot) => machine.numberOf(slot));
  machine.lookAt(other);
  return all.filter((slot) => machine.numberOf(slot) !== before[slot]);
}

function readsOf({ machine, edges }: KnownGraph, edge: number, state: number): readonly number[] {
  const { actor } = edges.actions[edges.action[edge] as number] as EdgeAction;
  const number = machine.actors.indexOf(actor as Actor);
  return machine.evaluate(number, state, false, true).order;
}
