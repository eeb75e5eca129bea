/**
 * Small models with questions about what comes to be, and what an interpreter and a judge say to
 * them that share nothing with the checker: the interpreter makes the graph, the judge tries every
 * set of its states.
 */
import {
  type Fairness,
  type Property,
  type Scenario,
  type System,
  stronglyFair,
  type Trace,
  weaklyFair,
} from '../../src/index.ts';
import type { AnyProperty } from '../../src/spec/property.ts';
import { makeScenario } from '../../src/spec/scenario.ts';
import type { AnySystem } from '../../src/spec/system.ts';
import { type Claim, type Condition, type Graph, type Run, refutations } from './brute-force.ts';
import { evaluateBody, evaluateStep } from './evaluate-body.ts';
import { type Done, Interpreter, type World } from './interpreter.ts';
import { propertiesOf, type Questions, testIn } from './live-questions.ts';
import { conditionsOf, PROCESSES, unitsOf } from './live-units.ts';
import { canonical } from './reference.ts';
import type { SmallModel } from './small-form.ts';
import type { Small } from './small-model.ts';
import { scenarioOf } from './small-scenario.ts';

/** Models with more states take the judge too long. */
const STATES = 10;
/** Different actions, of which each has its bit. */
const ACTIONS = 31;

/** A claim about fair runs, and how short the beginning of a counterexample is. */
export interface Answer {
  /** The property that makes the claim, and for which entry. */
  readonly name: string;
  readonly part: string | undefined;
  readonly claim: Claim;
  readonly stem: number | undefined;
}

/** The facts about a small model. */
export interface Truth {
  readonly scenario: Scenario;
  readonly graph: Graph;
  /** The steps of the agents of the graph, by number. */
  readonly actions: readonly Done[];
  readonly conditions: readonly Condition[];
  readonly answers: readonly Answer[];
  /** The properties that a state or a step violates. */
  readonly failing: readonly string[];
  /**
   * States in which nothing but a fault can happen; in which nothing but a fault changes anything,
   * although something can.
   */
  readonly ends: { readonly stuck: number; readonly onlySelfLoops: number };
  /** Whether a run may not end in one of the former, or in one of both. */
  readonly deadlock: { readonly stuck: boolean; readonly stuttering: boolean };
  runOf(trace: Trace): Run;
}

/** A graph whose states are worlds and whose agents are actions. */
interface Known {
  readonly graph: Graph;
  readonly actions: readonly Done[];
  readonly worlds: readonly World[];
  readonly keys: readonly string[];
}

/** The truth about a small model; undefined when it is too large to be judged. */
export function truthOf(small: SmallModel, questions: Questions): Truth | undefined {
  const base = scenarioOf(small).system({});
  const known = graphOf(base);
  if (known === undefined) return undefined;
  const units = unitsOf(base);
  const chosen = questions.fairness?.map(({ strong, unit }) => ({
    strong,
    ...(units[unit % units.length] ?? PROCESSES),
  }));
  const conditions = (chosen ?? [{ strong: false, ...PROCESSES }]).flatMap(({ strong, share }) =>
    conditionsOf(strong, share, known.actions),
  );
  const fairness = chosen?.flatMap(({ strong, unit }) =>
    strong ? stronglyFair(unit) : weaklyFair(unit),
  );
  const properties = propertiesOf(questions);
  const claims = claimsOf(known, questions);
  const stems = refutations(
    known.graph,
    conditions,
    claims.map(({ claim }) => claim),
  );
  return {
    scenario: scenarioWith(base, properties, fairness),
    graph: known.graph,
    actions: known.actions,
    conditions,
    answers: claims.map((each, i) => ({ ...each, stem: stems[i] })),
    failing: failingIn(known, properties),
    ...endsOf(known, base),
    runOf: (trace) => runOf(trace, known),
  };
}

/** The graph of a system, made by the interpreter. */
function graphOf(system: AnySystem): Known | undefined {
  const model = new Interpreter(system);
  const keys = [...new Set(model.init().map(canonical))];
  const initial = 2 ** keys.length - 1;
  const edges: { from: number; agent: number; to: number }[] = [];
  const actions: Done[] = [];
  for (let from = 0; from < keys.length; from++) {
    for (const { action, after } of model.actions(JSON.parse(keys[from] ?? ''))) {
      edges.push({ from, agent: numberIn(actions, action), to: numberIn(keys, canonical(after)) });
    }
    if (keys.length > STATES || actions.length > ACTIONS) return undefined;
  }
  const worlds = keys.map((key): World => JSON.parse(key));
  return { graph: { states: keys.length, initial, edges }, actions, keys, worlds };
}

/** The number of an item in a list, to which it is added when it is not there. */
function numberIn<T>(items: T[], item: T): number {
  const known = items.findIndex((other) => canonical(other) === canonical(item));
  return known < 0 ? items.push(item) - 1 : known;
}

/** The claims of the properties about fair runs, as sets of states and actions. */
function claimsOf({ actions, worlds }: Known, questions: Questions): Omit<Answer, 'stem'>[] {
  const setOf = (is: (world: World) => boolean) =>
    worlds.reduce((set, world, i) => (is(world) ? set | (1 << i) : set), 0);
  const where = (n: number) =>
    setOf(({ state, processes }) => testIn(questions, n)(state, processes));
  const { actor } = questions;
  const agents = actions.reduce(
    (set, action, i) => (action.actor === actor ? set | (1 << i) : set),
    0,
  );
  const all = 2 ** worlds.length - 1;
  const tableOf = ({ state }: World) => (state as unknown as Small).deep;
  const ids = [...new Set(worlds.flatMap((world) => Object.keys(tableOf(world))))].sort();
  const each = ids.map((id) => {
    const present = setOf((world) => id in tableOf(world));
    const positive = setOf((world) => (tableOf(world)[id]?.n ?? 0) > 0);
    const claim = {
      kind: 'leadsTo',
      from: positive & where(5),
      to: all & ~(present & positive & ~where(6)),
    };
    return { name: 'each', part: `deep.${id}`, claim: claim as Claim };
  });
  const whole: Claim[] = [
    { kind: 'eventually', holds: where(0) },
    { kind: 'infinitelyOften', holds: where(1) },
    { kind: 'eventuallyAlways', holds: where(2) },
    { kind: 'leadsTo', from: where(3), to: where(4) },
    { kind: 'infinitelyOftenStep', step: { agents, from: all, to: all } },
  ];
  return [...whole.map((claim) => ({ name: claim.kind, part: undefined, claim })), ...each];
}

/** The properties that one state or one step is enough to violate. */
function failingIn(
  { graph, actions, worlds }: Known,
  properties: readonly AnyProperty[],
): string[] {
  const fails = (property: AnyProperty) => {
    if ('body' in property) {
      const wanted = property.kind === 'always';
      return worlds.some(
        ({ state, processes }) => evaluateBody(property.body, state, processes) !== wanted,
      );
    }
    if (property.kind !== 'step') return false;
    return graph.edges.some(({ from, agent, to }) => {
      const [before, action, after] = [worlds[from], actions[agent], worlds[to]];
      if (!(before && action && after)) throw new Error('an edge without ends');
      return !evaluateStep(property.holds, { before, action: { ...action, picks: {} }, after });
    });
  };
  return properties.filter(fails).map(({ name }) => name);
}

/** The ends of runs, and whether runs may end. */
function endsOf(
  { graph, actions, worlds }: Known,
  system: AnySystem,
): Pick<Truth, 'ends' | 'deadlock'> {
  const model = new Interpreter(system);
  model.init(); // makes its flows known
  const own = graph.edges.filter(({ agent }) => actions[agent]?.kind !== 'fault');
  const ends = worlds.flatMap((world, state) => {
    const leaving = own.filter(({ from }) => from === state);
    if (leaving.some(({ to }) => to !== state)) return [];
    return [{ isStuck: leaving.length === 0, isFinal: model.isFinal(world) }];
  });
  const stuck = ends.filter(({ isStuck }) => isStuck);
  // A system without processes and without `final` has no ends that could be out of reach.
  const hasEnds =
    typeof system.final === 'function' ||
    Object.keys(system.processes ?? {}).length > 0 ||
    worlds.some(({ processes }) => Object.keys(processes).length > 0);
  let hopeful = worlds.map((world) => model.isFinal(world));
  for (const _ of worlds) {
    const known = hopeful;
    hopeful = known.map(
      (is, state) => is || own.some(({ from, to }) => from === state && known[to]),
    );
  }
  const isEndless = system.final === undefined && !hopeful.includes(true);
  const isLost = hasEnds && !isEndless && hopeful.includes(false);
  return {
    ends: { stuck: stuck.length, onlySelfLoops: ends.length - stuck.length },
    deadlock: {
      stuck: isLost || stuck.some(({ isFinal }) => !isFinal),
      stuttering: isLost || ends.some(({ isFinal }) => !isFinal),
    },
  };
}

function scenarioWith(
  base: AnySystem,
  properties: readonly Property<Small>[],
  fairness: readonly Fairness[] | undefined,
): Scenario {
  return makeScenario({
    name: 'small-and-live',
    about: 'Made up by fast-check.',
    system: () => ({
      // It is a system of small states, of which the type was forgotten.
      ...(base as unknown as System<Small>),
      properties,
      ...(fairness === undefined ? {} : { fairness }),
    }),
  });
}

/** A trace as a run through the graph. */
function runOf({ init, steps, loopsTo }: Trace, { keys, actions }: Known): Run {
  const worlds = [init, ...steps.map(({ state }) => state)];
  const path = worlds.map((world) => keys.indexOf(canonical(world)));
  const taken = steps.map(({ actor, label }, i) => {
    const flow = worlds[i]?.processes[actor ?? '']?.flow;
    const is = (action: Done) =>
      action.actor === actor && action.label === label && action.flow === flow;
    return { from: path[i] ?? -1, agent: actions.findIndex(is), to: path[i + 1] ?? -1 };
  });
  return { start: path[0] ?? -1, steps: taken, loopsTo };
}
