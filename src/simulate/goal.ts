import type { Evaluated } from '../checker/evaluate/evaluated.ts';
import type { Taken } from '../checker/properties/step-tests.ts';
import type { AnyProperty, StepProperty } from '../spec/property.ts';
import type { KnownGraph } from './known-graph.ts';

/** Where a run may end as a counterexample of a property. */
export interface Goal {
  /** Whether it may end in this state. */
  readonly isMet: (state: number) => boolean;
  /** True where every counterexample of the property ends so. */
  readonly isWhole: boolean;
  /** For a property of steps, the step to take there. */
  readonly step?: (state: number) => Taken | undefined;
}

/** The goal of a violated property; `target` is the state in which its violation was found. */
export function goalOf(
  graph: KnownGraph,
  property: AnyProperty | undefined,
  target: number,
): Goal | undefined {
  if (property === undefined) return { isMet: (state) => state === target, isWhole: false };
  const where = `property '${property.name}'`;
  if (property.kind === 'step') return stepGoal(graph, property, where);
  if (property.kind !== 'always' && property.kind !== 'never') return undefined;
  const holds = graph.parts.clauses.question(property.body, where);
  const sought = property.kind === 'never';
  return { isMet: remembered((state) => holds(state) === sought), isWhole: true };
}

function stepGoal({ parts, machine }: KnownGraph, { holds }: StepProperty, where: string): Goal {
  const question = parts.steps.question(holds, where);
  const step = (state: number): Taken | undefined => {
    for (let actor = 0; actor < machine.actors.length; actor++) {
      const leaf = machine.leafOf(actor, state);
      const evaluated = machine.leaves.evaluated[leaf] as Evaluated;
      for (const outcome of evaluated.outcomes) {
        const taken = { state, actor, evaluated, outcome };
        if (!question(taken)) return taken;
      }
    }
    return undefined;
  };
  return { isMet: remembered((state) => step(state) !== undefined), isWhole: true, step };
}

/** Asks once for each state. */
function remembered(ask: (state: number) => boolean): (state: number) => boolean {
  const known = new Map<number, boolean>();
  return (state) => {
    const before = known.get(state);
    if (before !== undefined) return before;
    const answer = ask(state);
    known.set(state, answer);
    return answer;
  };
}
