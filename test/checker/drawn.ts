import {
  type Action,
  check,
  type Fairness,
  type Property,
  type PropertyResult,
  type Result,
  type Scenario,
  spec,
  type Trace,
  type WorldState,
} from '../../src/index.ts';

/** A system that is a drawing: a number that goes along arrows. */
export interface Place {
  x: number;
}

/** The vocabulary for drawings. */
export const drawing = spec<Place>();

/** One action that goes along these arrows. */
export function arrows(
  name: string,
  ...pairs: readonly (readonly [from: number, to: number])[]
): Action<Place> {
  const targets = (x: number) => pairs.filter(([from]) => from === x).map(([, to]) => to);
  return drawing.action({
    name,
    when: ({ x }) => targets(x).length > 0,
    do: (place, pick) => {
      const to = targets(place.x);
      // A choice only where there is one, so that schedule entries stay short.
      place.x = to.length === 1 ? (to[0] ?? place.x) : pick('to', to);
    },
  });
}

/** The scenario of a drawing. It starts at 0 and may end anywhere unless something else is said. */
export function drawn(text: {
  readonly init?: readonly number[];
  readonly actions: readonly Action<Place>[];
  readonly properties: readonly Property<Place>[];
  readonly fairness?: readonly Fairness[];
}): Scenario {
  const { init = [0], fairness = [], ...rest } = text;
  return drawing.scenario({
    name: 'drawn',
    about: 'A number that goes along arrows.',
    system: () => ({ init: () => init.map((x) => ({ x })), fairness, final: 'anywhere', ...rest }),
  });
}

/**
 * The result breadth first, once it is made sure that depth first has the same verdicts and
 * figures.
 */
export function bothOrders(scenario: Scenario): Result {
  const [one, other] = [check(scenario), check(scenario, { order: 'depth_first' })];
  const facts = ({ properties, states, generated, levels }: Result) =>
    JSON.stringify([
      properties.map(({ name, verdict }) => [name, verdict]),
      states,
      generated,
      levels,
    ]);
  if (facts(one) !== facts(other)) {
    throw new Error(`breadth first ${facts(one)}\ndepth first ${facts(other)}`);
  }
  return one;
}

/**
 * The states of a run: `0 (2 4)` goes from 0 to 2 and 4 and then round and round, `0 1 stops` stops
 * in 1.
 */
export function shown(trace: Trace | undefined): string {
  if (trace === undefined) return 'no trace';
  const { init, steps, loopsTo } = trace;
  const at = ({ state }: WorldState) => String(state['x']);
  const path = [at(init), ...steps.map((step) => at(step.state))];
  if (loopsTo === undefined) return `${path.join(' ')} stops`;
  if (path.at(-1) !== path[loopsTo]) throw new Error(`it does not return: ${path.join(' ')}`);
  const loop = path.slice(loopsTo, -1).join(' ');
  return [...path.slice(0, loopsTo), `(${loop})`].join(' ');
}

/** `holds`, or `violated` with the states of the counterexample. */
function answerOf({ verdict, trace }: PropertyResult): string {
  return verdict === 'violated' ? `violated: ${shown(trace)}` : verdict;
}

/** The answers to all properties of a drawing, in either order. */
export function answers(scenario: Scenario): readonly string[] {
  return bothOrders(scenario).properties.map(answerOf);
}
