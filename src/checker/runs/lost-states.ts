import type { AnySystem } from '../../spec/system.ts';
import { DEADLOCK, endQuestion } from '../result/end-questions.ts';

/** All reachable states of a system, numbered from 0, and the steps between them. */
export interface WholeGraph {
  readonly count: number;
  /** Whether a run may end in this state. */
  isEnd(state: number): boolean;
  /** Whether it is unknown what follows this state. */
  isOpen?(state: number): boolean;
  /** The states to which steps from this state lead, without faults. */
  own(state: number): Iterable<number>;
}

/**
 * The states that violate the question about ends: those from which no end can be reached without a
 * fault. Of a system without ends, those in which nothing but a fault is enabled. `hasProcesses`
 * says whether some state has a process.
 */
export function lostStates(
  system: AnySystem,
  hasProcesses: boolean,
  graph: WholeGraph,
): ReadonlySet<number> {
  const question = endQuestion(system, hasProcesses);
  if (question === undefined) return new Set();
  const all = Array.from({ length: graph.count }, (_, state) => state);
  const ends = all.filter((state) => graph.isEnd(state));
  if (question === DEADLOCK && (ends.length > 0 || typeof system.final === 'function')) {
    const open = all.filter((state) => graph.isOpen?.(state));
    const hopeful = comingFrom(graph, [...ends, ...open], all);
    return new Set(all.filter((state) => !hopeful.has(state)));
  }
  const isStuck = (state: number): boolean => [...graph.own(state)].length === 0;
  const isLeft = (state: number): boolean => graph.isEnd(state) || graph.isOpen?.(state) === true;
  return new Set(all.filter((state) => !isLeft(state) && isStuck(state)));
}

/** The states from which one of these can be reached without a fault. */
function comingFrom(
  graph: WholeGraph,
  ends: readonly number[],
  all: readonly number[],
): ReadonlySet<number> {
  const before = all.map((): number[] => []);
  for (const state of all) for (const to of graph.own(state)) before[to]?.push(state);
  const found = new Set(ends);
  const waiting = [...ends];
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    const fresh = (before[state] ?? []).filter((earlier) => !found.has(earlier));
    for (const earlier of fresh) found.add(earlier);
    waiting.push(...fresh);
  }
  return found;
}
