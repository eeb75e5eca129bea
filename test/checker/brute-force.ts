/**
 * A judge of fair runs on graphs of a few states, written from the definitions and without the
 * checker: it tries every set of states as the set that a run visits for ever. Source: Lamport,
 * Specifying Systems, 8.4 to 8.9.
 *
 * Sets of states and of agents are bit masks. A run takes steps that exist, and may stand still
 * anywhere, also for ever. Only steps that change the state count as steps of an agent.
 */
export interface Graph {
  readonly states: number;
  readonly initial: number;
  readonly edges: readonly Edge[];
}

export interface Edge {
  readonly from: number;
  readonly agent: number;
  readonly to: number;
}

/** Fairness of some agents taken together, of all of their steps or of those `where` allows. */
export interface Condition {
  readonly kind: 'weak' | 'strong';
  readonly agents: number;
  readonly where?: Pick<StepSet, 'from' | 'to'> | undefined;
}

/** The claim about every fair run. */
export type Claim =
  | { readonly kind: 'eventually' | 'infinitelyOften' | 'eventuallyAlways'; readonly holds: number }
  | {
      readonly kind: 'eventuallyStep' | 'infinitelyOftenStep' | 'eventuallyAlwaysStep';
      readonly step: StepSet;
    }
  | { readonly kind: 'leadsTo'; readonly from: number; readonly to: number };

/** Steps of one of these agents from one of these states to one of those. */
export interface StepSet {
  readonly agents: number;
  readonly from: number;
  readonly to: number;
}

/**
 * A run: steps one after the other, then those from `loopsTo` on again and again; it stands still
 * without.
 */
export interface Run {
  readonly start: number;
  readonly steps: readonly Edge[];
  readonly loopsTo: number | undefined;
}

/** The part of a run that it does again and again, and from some moment on alone. */
interface Forever {
  readonly states: number;
  readonly steps: readonly Edge[];
}

export const has = (set: number, member: number): boolean => (set & (1 << member)) !== 0;
const within = (set: number, other: number): boolean => (set & ~other) === 0;
const changes = ({ from, to }: Edge): boolean => from !== to;

export const inSteps = ({ agents, from, to }: StepSet, edge: Edge): boolean =>
  has(agents, edge.agent) && has(from, edge.from) && has(to, edge.to);

/** Whether a step is one of those that a condition is about. */
function isOf({ agents, where }: Condition, edge: Edge): boolean {
  if (!has(agents, edge.agent)) return false;
  return where === undefined || (has(where.from, edge.from) && has(where.to, edge.to));
}

/** The states in which some agent of a condition can take a step. */
function enabledIn({ edges }: Graph, condition: Condition): number {
  const able = edges.filter((edge) => changes(edge) && isOf(condition, edge));
  return able.reduce((set, { from }) => set | (1 << from), 0);
}

/**
 * Weak: not from some moment on enabled all the time without a step. Strong: not again and again
 * without.
 */
function isFair(graph: Graph, conditions: readonly Condition[], { states, steps }: Forever) {
  return conditions.every((condition) => {
    if (steps.some((edge) => isOf(condition, edge))) return true;
    const enabled = enabledIn(graph, condition) & states;
    return condition.kind === 'weak' ? enabled !== states : enabled === 0;
  });
}

/** The states to which a run has to come and in which it has to stay in order to refute a claim. */
function arena({ states }: Graph, claim: Claim): number {
  const all = 2 ** states - 1;
  if (claim.kind === 'leadsTo') return all & ~claim.to;
  return claim.kind === 'eventually' || claim.kind === 'infinitelyOften' ? all & ~claim.holds : all;
}

/**
 * Whether doing this again and again refutes a claim, given that what came before does not stand
 * against it.
 */
function refutes(claim: Claim, { states, steps }: Forever, arena: number): boolean {
  if (!within(states, arena)) return false;
  if (claim.kind === 'eventuallyAlwaysStep') {
    return steps.some((edge) => !inSteps(claim.step, edge));
  }
  return claim.kind !== 'eventuallyAlways' || !within(states, claim.holds);
}

/** The states that can be reached from one of them without leaving them. */
function reachableWithin(states: number, steps: readonly Edge[], backwards: boolean): number {
  let reached = states & -states;
  for (let before = 0; before !== reached; ) {
    before = reached;
    for (const { from, to } of steps) {
      const [here, there] = backwards ? [to, from] : [from, to];
      if (has(reached, here)) reached |= 1 << there;
    }
  }
  return reached;
}

/** A run can do all of it again and again only if it can go from everywhere to everywhere. */
function isConnected({ states, steps }: Forever): boolean {
  return (
    reachableWithin(states, steps, false) === states &&
    reachableWithin(states, steps, true) === states
  );
}

/** Everything that a fair run can do for ever in known states, a set of steps being avoided. */
function fairForevers(
  graph: Graph,
  conditions: readonly Condition[],
  known: number,
  avoided: StepSet | undefined,
): readonly Forever[] {
  const usable = graph.edges.filter(
    (edge) => changes(edge) && (avoided === undefined || !inSteps(avoided, edge)),
  );
  const forevers: Forever[] = [];
  for (let states = 1; states < 2 ** graph.states; states++) {
    if (!within(states, known)) continue;
    // Nothing is lost by taking every step there is: more steps connect more and are fairer.
    const steps = usable.filter(({ from, to }) => has(states, from) && has(states, to));
    const forever = { states, steps };
    if (isConnected(forever) && isFair(graph, conditions, forever)) forevers.push(forever);
  }
  return forevers;
}

/**
 * For each claim: after how many steps, at the least, a fair run that refutes it can have come to a
 * state to which it returns again and again (or in which it stands still); undefined when every
 * fair run satisfies the claim. Only runs count that visit no other than the states `known`; steps
 * that lead out of them are enabled all the same.
 */
export function refutations(
  graph: Graph,
  conditions: readonly Condition[],
  claims: readonly Claim[],
  known = 2 ** graph.states - 1,
): readonly (number | undefined)[] {
  const all = fairForevers(graph, conditions, known, undefined);
  return claims.map((claim) => {
    const avoids = claim.kind === 'infinitelyOftenStep' || claim.kind === 'eventuallyStep';
    const forevers = avoids ? fairForevers(graph, conditions, known, claim.step) : all;
    const stay = arena(graph, claim);
    const good = forevers
      .filter((forever) => refutes(claim, forever, stay))
      .reduce((set, { states }) => set | states, 0);
    return stepsTo(graph, claim, stay, good, known);
  });
}

/**
 * The fewest steps to one of the states `good` along a beginning that does not stand against
 * refuting the claim.
 */
function stepsTo(
  graph: Graph,
  claim: Claim,
  stay: number,
  good: number,
  known: number,
): number | undefined {
  // A run that refutes 'eventually' has to stay from the start; one that refutes 'leadsTo' from
  // some `from` on.
  const mayStayFrom = claim.kind === 'leadsTo' ? stay & claim.from : stay;
  // And one that refutes that a step is taken at all takes no such step on its way either.
  const way =
    claim.kind === 'eventuallyStep'
      ? { ...graph, edges: graph.edges.filter((edge) => !inSteps(claim.step, edge)) }
      : graph;
  const mustStay = claim.kind === 'eventually' || claim.kind === 'eventuallyStep';
  let free = graph.initial & known;
  let staying = free & mayStayFrom;
  for (let taken = 0; taken <= 2 * graph.states; taken++) {
    if ((staying & good) !== 0) return taken;
    const stayed = successors(way, staying) & stay & known;
    free = successors(graph, free) & known;
    staying = mustStay ? stayed : stayed | (free & mayStayFrom);
  }
  return undefined;
}

function successors({ edges }: Graph, states: number): number {
  const from = edges.filter((edge) => has(states, edge.from));
  return from.reduce((set, { to }) => set | (1 << to), 0);
}

/** Why a run is no counterexample to the claim; undefined when it is one. */
export function objection(
  graph: Graph,
  conditions: readonly Condition[],
  claim: Claim,
  { start, steps, loopsTo }: Run,
): string | undefined {
  if (!has(graph.initial, start)) return 'it does not begin in an initial state';
  const path = [start, ...steps.map(({ to }) => to)];
  for (const [i, step] of steps.entries()) {
    if (step.from !== path[i]) return `step ${i} does not begin where the one before it ends`;
    const exists = graph.edges.some(
      ({ from, agent, to }) => from === step.from && agent === step.agent && to === step.to,
    );
    if (!exists || !changes(step)) return `step ${i} is no step of the graph`;
  }
  const turn = loopsTo ?? steps.length;
  if (loopsTo !== undefined && !(turn < steps.length && path.at(-1) === path[turn])) {
    return 'it does not return to where its loop begins';
  }
  const forever: Forever = {
    states: path.slice(turn).reduce((set, state) => set | (1 << state), 0),
    steps: steps.slice(turn),
  };
  if (!isFair(graph, conditions, forever)) return 'it is not fair';
  return satisfies(claim, path, steps, forever) ? 'it satisfies the claim' : undefined;
}

/**
 * The claim, read off one run: the states of its beginning and first round, and the steps that it
 * repeats for ever.
 */
function satisfies(
  claim: Claim,
  path: readonly number[],
  way: readonly Edge[],
  { states, steps }: Forever,
): boolean {
  switch (claim.kind) {
    case 'eventually':
      return path.some((state) => has(claim.holds, state));
    case 'infinitelyOften':
      return (states & claim.holds) !== 0;
    case 'eventuallyAlways':
      return within(states, claim.holds);
    case 'eventuallyStep':
      return way.some((edge) => inSteps(claim.step, edge));
    case 'eventuallyAlwaysStep':
      return steps.every((edge) => inSteps(claim.step, edge));
    case 'infinitelyOftenStep':
      return steps.some((edge) => inSteps(claim.step, edge));
    case 'leadsTo': {
      // Every visit of `from` is followed by `to`, be it in the beginning or in the part that is
      // repeated.
      const arrives = (i: number) => path.slice(i).some((state) => has(claim.to, state));
      const isAnswered = (i: number) => arrives(i) || (states & claim.to) !== 0;
      return path.every((state, i) => !has(claim.from, state) || isAnswered(i));
    }
  }
}
