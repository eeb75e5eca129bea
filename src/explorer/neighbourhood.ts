import { afterRun } from '../checker/ends/after-run.ts';
import { failingAt } from '../checker/properties/failing-at.ts';
import type { Trace } from '../checker/result/result.ts';
import type { Graph } from '../checker/runs/graph.ts';
import type { AnyPoint } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import type { Budgets } from './read-address.ts';
import type { Walk } from './walk.ts';
import { Walker } from './walker.ts';

/** The largest number of states after the run in which to look for an end. */
const followersMax = 2_000;

/** The point of the run, and the budgets that replace the scenario's own. */
interface Asked {
  readonly parameters: AnyPoint;
  readonly faults?: Budgets | undefined;
}

/**
 * The states of a run and their direct successors, as a state graph. States beside the run are
 * never marked as deadlocks, because their own steps were not looked at.
 */
export function neighbourhoodOf(
  scenario: Scenario,
  { parameters, faults }: Asked,
  trace: Trace,
): Graph {
  const walker = new Walker(scenario, parameters, faults);
  const { walk } = walker.follow(trace.schedule, trace.initIndex);
  const numbers = new Map<string, number>();
  const violating: number[] = [];
  const numberOf = (state: Walk['init']): number => {
    const text = JSON.stringify(state);
    const known = numbers.get(text);
    if (known !== undefined) return known;
    const number = numbers.size;
    numbers.set(text, number);
    if (failingAt(walker.system, state).length > 0) violating.push(number);
    return number;
  };
  const states = [walk.init, ...walk.steps.map(({ state }) => state)];
  const along = states.map(numberOf);
  const edges = states.flatMap((_, at) =>
    walker
      .enabled(walk, at)
      .map((step) => [along[at] ?? 0, step.entry, numberOf(step.state)] as const),
  );
  const unique = new Map(edges.map((edge) => [JSON.stringify(edge), edge]));
  const last = along.at(-1) ?? 0;
  const options = { parameters, faults: faults ?? {} };
  const { prospect } = afterRun(scenario, trace, options, followersMax);
  return {
    states: numbers.size,
    initial: [along[0] ?? 0],
    violating,
    deadlocked: ['stuck', 'out_of_reach'].includes(prospect.kind) ? [last] : [],
    edges: [...unique.values()],
  };
}
