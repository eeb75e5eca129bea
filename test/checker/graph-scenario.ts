import {
  type Fairness,
  type Property,
  type Scenario,
  spec,
  stronglyFair,
  type Trace,
  type WorldState,
  weaklyFair,
} from '../../src/index.ts';
import {
  type Claim,
  type Condition,
  type Graph,
  has,
  inSteps,
  type Run,
  type StepSet,
} from './brute-force.ts';

/**
 * A graph whose edges are steps of a few agents, with assumptions and claims: what fast-check makes
 * up.
 */
export interface Drawing {
  readonly graph: Graph;
  /**
   * The kind of each agent: an action, a fault without a budget, or a process of one of two flows.
   */
  readonly agents: readonly ('action' | 'fault' | 'north' | 'south')[];
  /** Undefined for the assumption of a scenario without one. */
  readonly fairness: readonly Assumption[] | undefined;
  readonly claims: readonly Claim[];
  /** A claim of each entry of a table. */
  readonly each: readonly LeadsTo[];
}

/**
 * The place where a scenario keeps the state: a number, or the only entry of a table, which grows.
 */
export type Kept = 'number' | 'entry';

export type LeadsTo = Extract<Claim, { kind: 'leadsTo' }>;

export interface Assumption {
  readonly kind: 'weak' | 'strong';
  /**
   * A number means that agent: an action or a fault, or the label of its flow if it is a process.
   */
  readonly unit: 'anything' | 'processes' | 'north' | 'south' | number;
  /** Only steps from and to these states. */
  readonly where?: Pick<StepSet, 'from' | 'to'> | undefined;
}

interface Place {
  at: number;
  readonly here: { [state: string]: true };
  readonly items: { readonly [id: string]: number };
}

const model = spec<Place>();

/** The view of a guard, a property or a recipe. */
type Seen = { readonly at: number; readonly here: object };

/** The place of the run. */
function placeOf({ at, here }: Seen, kept: Kept): number {
  return kept === 'number' ? at : Number(Object.keys(here)[0]?.slice(1));
}

function moveTo(place: Place, to: number, kept: Kept): void {
  if (kept === 'number') place.at = to;
  else {
    delete place.here[`s${placeOf(place, kept)}`];
    place.here[`s${to}`] = true;
  }
}

const actorOf = (agents: Drawing['agents'], agent: number) =>
  agents[agent] === 'fault' ? 'fault' : `a${agent}`;
const labelOf = (agents: Drawing['agents'], agent: number) =>
  agents[agent] === 'action' || agents[agent] === 'fault' ? `act${agent}` : 'go';
/** Which agent took a step, by the actor and the label. */
export function agentIn(
  agents: Drawing['agents'],
  actor: string | undefined,
  label: string,
): number {
  return agents.findIndex((_, i) => actorOf(agents, i) === actor && labelOf(agents, i) === label);
}

/** The step of an agent in a place: along one of its edges, which it picks. */
function movesOf({ graph }: Drawing, kept: Kept) {
  const targets = (agent: number, place: Seen): readonly number[] => {
    const from = placeOf(place, kept);
    const edges = graph.edges.filter((edge) => edge.agent === agent && edge.from === from);
    return [...new Set(edges.map(({ to }) => to))];
  };
  return {
    canMove: (agent: number, place: Seen): boolean => targets(agent, place).length > 0,
    move: (
      agent: number,
      place: Place,
      pick: (name: string, options: readonly number[]) => number,
    ): void => moveTo(place, pick('to', targets(agent, place)), kept),
  };
}

/** Flows, actions, faults and processes: one for each agent of the graph. */
function agentsOf(drawing: Drawing, kept: Kept) {
  const { agents } = drawing;
  const { canMove, move } = movesOf(drawing, kept);
  const guarded = (agent: number) => ({
    when: (place: Seen) => canMove(agent, place),
    do: (place: Place, pick: (name: string, options: readonly number[]) => number) =>
      move(agent, place, pick),
  });
  const flowNamed = (name: 'north' | 'south') =>
    model.flow({
      name,
      steps: {
        go: {
          when: (place, { pid }) => canMove(Number(pid.slice(1)), place),
          do: (place, { pid }, pick) => {
            move(Number(pid.slice(1)), place, pick);
            return 'go';
          },
        },
      },
    });
  const flows = { north: flowNamed('north'), south: flowNamed('south') };
  const actions = agents.flatMap((kind, i) =>
    kind === 'action' ? [model.action({ actor: `a${i}`, name: `act${i}`, ...guarded(i) })] : [],
  );
  const faults = agents.flatMap((kind, i) =>
    kind === 'fault'
      ? [model.fault({ name: `act${i}`, times: Number.POSITIVE_INFINITY, ...guarded(i) })]
      : [],
  );
  const processes = agents.flatMap((kind, i) =>
    kind === 'north' || kind === 'south' ? [[`a${i}`, flows[kind].start()] as const] : [],
  );
  return { flows, actions, faults, processes: Object.fromEntries(processes) };
}

/** The assumptions of the drawing, about the agents of the system; undefined when it has none. */
function fairnessOf(
  { agents, fairness }: Drawing,
  { flows, actions, faults }: ReturnType<typeof agentsOf>,
  kept: Kept,
): readonly Fairness[] | undefined {
  const unitOf = (unit: Assumption['unit']) => {
    if (unit === 'anything' || unit === 'processes') return unit;
    const kind = typeof unit === 'number' ? agents[unit] : unit;
    if (kind === 'north' || kind === 'south') {
      return typeof unit === 'number' ? flows[kind].at('go') : flows[kind];
    }
    const found = [...actions, ...faults].find(({ name }) => name === `act${unit}`);
    if (found === undefined) throw new Error(`there is no agent ${unit}`);
    return found;
  };
  return fairness?.flatMap(({ kind, unit, where }): readonly Fairness[] => {
    const meant = unitOf(unit);
    if (where === undefined) return kind === 'weak' ? weaklyFair(meant) : stronglyFair(meant);
    return model[kind === 'weak' ? 'weaklyFair' : 'stronglyFair'](
      meant,
      (before, _action, after) =>
        has(where.from, placeOf(before, kept)) && has(where.to, placeOf(after, kept)),
    );
  });
}

/**
 * The scenario whose reachable states and steps are those of the graph, and which asks for its
 * claims.
 */
export function scenarioOf(drawing: Drawing, kept: Kept): Scenario {
  const { graph } = drawing;
  const agents = agentsOf(drawing, kept);
  const fairness = fairnessOf(drawing, agents, kept);
  const items = Object.fromEntries(drawing.each.map((_, i) => [`i${i}`, i]));
  const initial = [...Array(graph.states).keys()].filter((state) => has(graph.initial, state));
  return model.scenario({
    name: 'drawing',
    about: 'A graph of a few states.',
    system: () => ({
      init: () =>
        initial.map((state) =>
          kept === 'number'
            ? { at: state, here: {}, items }
            : { at: -1, here: { [`s${state}`]: true as const }, items },
        ),
      actions: agents.actions,
      faults: agents.faults,
      processes: agents.processes,
      properties: propertiesOf(drawing, kept),
      final: 'anywhere' as const,
      ...(fairness === undefined ? {} : { fairness }),
    }),
  });
}

/** The kind of property that claims it, when it is given a test of steps. */
const stepKinds = {
  eventuallyStep: 'eventually',
  infinitelyOftenStep: 'infinitelyOften',
  eventuallyAlwaysStep: 'eventuallyAlways',
} as const;

/** The claims as properties, named by their number, and the claim of each entry as the last. */
function propertiesOf({ agents, claims, each }: Drawing, kept: Kept): readonly Property<Place>[] {
  const isIn = (set: number) => (place: Seen) => has(set, placeOf(place, kept));
  const properties = claims.map((claim, i): Property<Place> => {
    const name = String(i);
    switch (claim.kind) {
      case 'leadsTo':
        return model.leadsTo(name, isIn(claim.from), isIn(claim.to));
      case 'eventuallyStep':
      case 'infinitelyOftenStep':
      case 'eventuallyAlwaysStep':
        return model[stepKinds[claim.kind]](name, {
          step: (before, { actor, label }, after) => {
            const agent = agentIn(agents, actor, label);
            return inSteps(claim.step, {
              from: placeOf(before, kept),
              agent,
              to: placeOf(after, kept),
            });
          },
        });
      default:
        return model[claim.kind](name, isIn(claim.holds));
    }
  });
  if (each.length === 0) return properties;
  const from = each.map((claim) => claim.from);
  const to = each.map((claim) => claim.to);
  const last = model.eachLeadsTo(
    String(claims.length),
    'items',
    (item, _id, place) => has(from[item] ?? 0, placeOf(place, kept)),
    (item, _id, place) => has(to[item] ?? 0, placeOf(place, kept)),
  );
  return [...properties, last];
}

/** The assumptions about the agents. */
export function conditionsOf({ agents, fairness }: Drawing): readonly Condition[] {
  const those = (is: (kind: Drawing['agents'][number]) => boolean) =>
    agents.flatMap((kind, i) => (is(kind) ? [1 << i] : []));
  const unitsOf = (unit: Assumption['unit']): readonly number[] => {
    if (unit === 'anything') {
      return [those((kind) => kind !== 'fault').reduce((set, one) => set | one, 0)];
    }
    if (unit === 'processes') return those((kind) => kind === 'north' || kind === 'south');
    const kind = typeof unit === 'number' ? agents[unit] : unit;
    const isFlow = kind === 'north' || kind === 'south';
    return isFlow ? those((other) => other === kind) : [1 << Number(unit)];
  };
  const assumed = fairness ?? [{ kind: 'weak', unit: 'processes' } as const];
  return assumed.flatMap(({ kind, unit, where }: Assumption) =>
    unitsOf(unit).map((set): Condition => ({ kind, agents: set, where })),
  );
}

/** Which state of the graph a state of the scenario is. */
export function stateOf({ state }: WorldState): number {
  // The fields are those of Place, as the scenario wrote them.
  const place = { at: Number(state['at']), here: state['here'] as object };
  return placeOf(place, place.at < 0 ? 'entry' : 'number');
}

/** A trace as a run through the graph. */
export function runOf({ agents }: Drawing, { init, steps, loopsTo }: Trace): Run {
  const path = [init, ...steps.map((step) => step.state)].map(stateOf);
  return {
    start: path[0] ?? Number.NaN,
    steps: steps.map(({ actor, label }, i) => ({
      from: path[i] ?? Number.NaN,
      agent: agentIn(agents, actor, label),
      to: path[i + 1] ?? Number.NaN,
    })),
    loopsTo,
  };
}
