import type { Machine } from './machine.ts';
import type { Trace } from './result.ts';
import { type Candidate, Stepper, type Vector } from './stepper.ts';

/** The run by which a state was found, from its initial state on. */
export function traceTo(machine: Machine, state: number): Trace {
  const { parent } = machine.visited;
  const path = [state];
  for (let at = parent[state] as number; at >= 0; at = parent[at] as number) path.push(at);
  path.reverse();
  const stepper = new Stepper(machine);
  const vectors = path.map((at) => vectorOf(machine, at));
  const candidates = vectors.slice(1).map((after, i) => {
    const before = vectors[i] as Vector;
    const candidate = stepper
      .enabled(before)
      .find(({ outcome }) => sameVector(stepper.after(before, outcome), after));
    if (candidate === undefined) throw new Error(`no step leads to state ${path[i + 1]}`);
    return candidate satisfies Candidate;
  });
  const initIndex = path[0] as number;
  return stepper.trace(vectors[0] as Vector, initIndex, candidates);
}

function vectorOf(machine: Machine, state: number): Vector {
  machine.lookAt(state);
  return Array.from({ length: machine.slots.count }, (_, slot) => machine.numberOf(slot));
}

function sameVector(one: Vector, other: Vector): boolean {
  return one.every((number, slot) => number === (other[slot] ?? 0));
}
