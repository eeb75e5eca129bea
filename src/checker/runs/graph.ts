import type { Scenario } from '../../spec/scenario.ts';
import { failingAt } from '../properties/failing-at.ts';
import type { CheckOptions } from '../result/options.ts';
import { vectorKey } from '../state/vector-key.ts';
import { lostStates } from './lost-states.ts';
import { processesExist } from './processes-exist.ts';
import { stepperFor, type Vector } from './stepper.ts';
import { mayEnd } from './stuck.ts';

/** Every reachable state by its number, in the order of discovery, and every step. */
export interface Graph {
  readonly states: number;
  readonly initial: readonly number[];
  /** States in which a property of states fails. */
  readonly violating: readonly number[];
  /**
   * States in which no step is enabled although the run must not end, or from which no end can be
   * reached without a fault.
   */
  readonly deadlocked: readonly number[];
  readonly edges: readonly (readonly [from: number, entry: string, to: number])[];
}

/**
 * The state graph of a scenario, in breadth-first order; undefined when it has more than
 * `statesMax` states.
 */
export function graphOf(
  scenario: Scenario,
  options: Pick<CheckOptions, 'parameters' | 'faults'> & { readonly statesMax: number },
): Graph | undefined {
  const { stepper, initial, system } = stepperFor(scenario, options);
  const states: Vector[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (vector: Vector): number => {
    const key = vectorKey(vector);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, states.length);
    states.push(vector);
    return states.length - 1;
  };
  const first = [...new Set(initial.map(numberOf))];
  const violating: number[] = [];
  const own: number[][] = [];
  const isEnd: boolean[] = [];
  const isOpen: boolean[] = [];
  const edges: (readonly [number, string, number])[] = [];
  for (let state = 0; state < states.length; state++) {
    if (states.length > options.statesMax) return undefined;
    const vector = states[state] as Vector;
    const world = stepper.world(vector);
    if (failingAt(system, world).length > 0) violating.push(state);
    const outside = stepper.isOutside(vector);
    isOpen.push(outside);
    isEnd.push(!outside && mayEnd(system, world));
    const targets: number[] = [];
    for (const { actor, entry, outcome } of stepper.enabled(vector)) {
      const to = numberOf(stepper.after(vector, outcome));
      edges.push([state, entry, to]);
      if (actor.kind !== 'fault') targets.push(to);
    }
    own.push(targets);
  }
  const lost = lostStates(system, processesExist(stepper.slots), {
    count: states.length,
    isEnd: (state) => isEnd[state] === true,
    isOpen: (state) => isOpen[state] === true,
    own: (state) => own[state] ?? [],
  });
  return { states: states.length, initial: first, violating, deadlocked: [...lost], edges };
}
