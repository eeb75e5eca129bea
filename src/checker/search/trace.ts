import { type Actor, actorName } from '../evaluate/actors.ts';
import type { Edges } from '../liveness/edges.ts';
import type { Lasso } from '../liveness/lasso.ts';
import type { Taken } from '../properties/step-tests.ts';
import type { Trace } from '../result/result.ts';
import { formatEntry } from '../result/schedule-entry.ts';
import { type Candidate, Stepper, type Vector } from '../runs/stepper.ts';
import { OrbitStore } from '../symmetry/orbit-store.ts';
import type { Machine } from '../transitions/machine.ts';
import { runThroughOrbits, withExchangedStep } from './orbit-trace.ts';

/** The run that found a state, from its initial state on. */
export function traceTo(machine: Machine, state: number): Trace {
  return traceAlong(machine, pathTo(machine, state));
}

/** The run to the state in which a step is taken, and that step. */
export function traceWithStep(machine: Machine, taken: Taken): Trace {
  return withStep(machine, traceAlong(machine, pathTo(machine, taken.state)), taken);
}

function withStep(
  machine: Machine,
  before: Trace,
  { state, actor, evaluated, outcome }: Taken,
): Trace {
  const stepper = new Stepper(machine);
  const who = machine.actors[actor] as Actor;
  const { label } = evaluated;
  const entry = { actor: actorName(who), label, picks: outcome.picks };
  const { visited } = machine;
  if (visited instanceof OrbitStore) {
    return withExchangedStep(machine, visited, before, entry, who.kind !== 'process');
  }
  const last = formatEntry(entry);
  const vector = vectorOf(machine, state);
  const step = stepper.find(vector, ({ entry }) => entry === last);
  if (step === undefined) throw new Error(`the step '${last}' is not enabled in state ${state}`);
  return stepper.extend(before, vector, step);
}

/**
 * An infinite run. `loopsTo` says where it returns; if it stays, `declined` has the enabled steps.
 */
export function traceOfLasso(machine: Machine, edges: Edges, lasso: Lasso): Trace {
  const way = [...lasso.stem, ...lasso.loop];
  const path = [lasso.start, ...way.map((edge) => edges.target[edge] as number)];
  const schedule = way.map((edge) => edges.actions[edges.action[edge] as number]?.entry);
  const trace = traceAlong(machine, path, schedule);
  if (lasso.loop.length > 0) return { ...trace, loopsTo: lasso.stem.length };
  const declined = new Stepper(machine).declined(vectorOf(machine, path.at(-1) as number));
  return { ...trace, stops: true, ...(declined.length === 0 ? {} : { declined }) };
}

/** The run along these edges, and then the step `last`, if there is one. */
export function traceOfEdges(
  machine: Machine,
  edges: Edges,
  start: number,
  way: readonly number[],
  last?: Taken,
): Trace {
  const path = [start, ...way.map((edge) => edges.target[edge] as number)];
  const schedule = way.map((edge) => edges.actions[edges.action[edge] as number]?.entry);
  const trace = traceAlong(machine, path, schedule);
  return last === undefined ? trace : withStep(machine, trace, last);
}

/** The run through these states. `schedule` chooses among steps that lead to one state. */
function traceAlong(
  machine: Machine,
  path: readonly number[],
  schedule: readonly (string | undefined)[] = [],
): Trace {
  const { visited } = machine;
  if (visited instanceof OrbitStore) return runThroughOrbits(machine, visited, path);
  const stepper = new Stepper(machine);
  const vectors = path.map((at) => vectorOf(machine, at));
  const candidates = vectors.slice(1).map((after, i): Candidate => {
    const before = vectors[i] as Vector;
    const candidate = stepper.find(
      before,
      ({ outcome, entry }) =>
        entry === (schedule[i] ?? entry) && sameVector(stepper.after(before, outcome), after),
    );
    if (candidate === undefined) throw new Error(`no step leads to state ${path[i + 1]}`);
    return candidate;
  });
  const initIndex = machine.initIndexOf.get(path[0] as number) ?? 0;
  return stepper.trace(vectors[0] as Vector, initIndex, candidates);
}

function pathTo(machine: Machine, state: number): readonly number[] {
  const { parent } = machine.visited;
  const path = [state];
  for (let at = parent[state] as number; at >= 0; at = parent[at] as number) path.push(at);
  return path.reverse();
}

function vectorOf(machine: Machine, state: number): Vector {
  machine.lookAt(state);
  return Array.from({ length: machine.slots.count }, (_, slot) => machine.numberOf(slot));
}

function sameVector(one: Vector, other: Vector): boolean {
  return one.every((number, slot) => number === (other[slot] ?? 0));
}
