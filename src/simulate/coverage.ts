import { actorName } from '../checker/evaluate/actors.ts';
import { subjectOf } from '../checker/result/schedule-entry.ts';
import type { Coverage } from '../checker/result/simulated.ts';
import type { KnownGraph } from './known-graph.ts';
import { richnessBound } from './richness.ts';
import type { Runner } from './runner.ts';

/** A label is rare where it is fewer than one step in so many. */
const rareShare = 1_000;
/** The largest number of rare labels that are named. */
const rareMax = 4;

/** What is kept of a graph that was left. */
export interface Past {
  /** By label, how often runs took it. */
  readonly times: ReadonlyMap<string, number>;
  /** The labels of started flows, the actions and the faults: whether each was enabled once. */
  readonly labels: ReadonlyMap<string, boolean>;
  /** What was seen of the first graph. */
  readonly first: Pick<Coverage, 'visited' | 'judged' | 'transitions' | 'atLeast' | 'discovery'>;
}

/** What runs saw of a graph, and which labels they took there and in the graphs before. */
export function coverageOf(graph: KnownGraph, runner: Runner, past?: Past): Coverage {
  const { first, labels, times } = pastOf(graph, runner, past);
  return {
    ...first,
    labels: [...labels.values()].filter((is) => is).length,
    labelsKnown: labels.size,
    rarest: rarest(times, runner.steps),
  };
}

/** What is to be kept of this graph and those before. */
export function pastOf(graph: KnownGraph, runner: Runner, past?: Past): Past {
  const labels = new Map(past?.labels);
  for (const [name, is] of labelsOf(graph)) labels.set(name, is || labels.get(name) === true);
  return {
    times: timesOf(graph, runner, past?.times),
    labels,
    first: past?.first ?? statesOf(graph, runner),
  };
}

function statesOf(graph: KnownGraph, { visits, discovery, runsCounted }: Runner): Past['first'] {
  const bound = richnessBound(runsCounted, visits.withSuccessors(graph.edges).tally());
  return {
    visited: visits.states,
    judged: graph.states,
    transitions: graph.steps,
    atLeast: { ...bound, states: Math.max(bound.states, graph.states) },
    discovery: discovery.quarters,
  };
}

function labelsOf({ machine, parts }: KnownGraph): readonly (readonly [string, boolean])[] {
  const { evaluator, fired } = machine;
  const { actions = [], faults = [] } = parts.system;
  const labels = [...evaluator.flows.values()].flatMap((flow) =>
    flow.labels.map((label) => ['process', flow.name, label] as const),
  );
  const others = [...actions, ...faults].map(
    ({ kind, actor, name }) => [kind, actor, name] as const,
  );
  return [...labels, ...others].map(([kind, owner, name]) => [
    JSON.stringify([kind, owner, name]),
    fired.has(kind, owner, name),
  ]);
}

/** By label, how often runs took it. */
function timesOf(
  { edges }: KnownGraph,
  { taken }: Runner,
  before?: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const times = new Map(before);
  for (const [action, { actor, flow, label }] of edges.actions.entries()) {
    const name = subjectOf(actor.kind === 'process' ? flow : actorName(actor), label);
    times.set(name, (times.get(name) ?? 0) + (taken[action] ?? 0));
  }
  return times;
}

/** The labels that runs took so seldom that it is worth a line, the rarest first. */
function rarest(times: ReadonlyMap<string, number>, steps: number): Coverage['rarest'] {
  return [...times]
    .filter(([, count]) => count * rareShare < steps)
    .sort(([, one], [, other]) => one - other)
    .slice(0, rareMax)
    .map(([label, count]) => ({ label, times: count }));
}
