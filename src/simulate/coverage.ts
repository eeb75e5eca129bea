import { actorName } from '../checker/evaluate/actors.ts';
import { subjectOf } from '../checker/result/schedule-entry.ts';
import type { Coverage } from '../checker/result/simulated.ts';
import type { Machine } from '../checker/transitions/machine.ts';
import type { AnySystem } from '../spec/system.ts';
import type { KnownGraph } from './known-graph.ts';
import { richnessBound } from './richness.ts';
import type { Runner } from './runner.ts';

/** A label is rare where it is fewer than one step in so many. */
const rareShare = 1_000;
/** The largest number of rare labels that are named. */
const rareMax = 4;

/** What runs saw of a graph. */
export function coverageOf(graph: KnownGraph, runner: Runner): Coverage {
  const { visits, discovery, runsCounted } = runner;
  const bound = richnessBound(runsCounted, visits.withSuccessors(graph.edges).tally());
  const { seen, known } = labelsOf(graph.machine, graph.parts.system);
  return {
    visited: visits.states,
    judged: graph.states,
    transitions: graph.steps,
    labels: seen,
    labelsKnown: known,
    atLeast: { ...bound, states: Math.max(bound.states, graph.states) },
    discovery: discovery.quarters,
    rarest: rarest(graph, runner),
  };
}

/** The labels of started flows, the actions and the faults: all of them, and those enabled once. */
function labelsOf(
  { evaluator, fired }: Machine,
  { actions = [], faults = [] }: AnySystem,
): { readonly seen: number; readonly known: number } {
  const labels = [...evaluator.flows.values()].flatMap((flow) =>
    flow.labels.map((label) => fired.has('process', flow.name, label)),
  );
  const others = [...actions, ...faults].map(({ kind, actor, name }) =>
    fired.has(kind, actor, name),
  );
  const all = [...labels, ...others];
  return { seen: all.filter((is) => is).length, known: all.length };
}

/** The labels that runs took so seldom that it is worth a line, the rarest first. */
function rarest({ edges }: KnownGraph, { taken, steps }: Runner): Coverage['rarest'] {
  const times = new Map<string, number>();
  for (const [action, { actor, flow, label }] of edges.actions.entries()) {
    const name = subjectOf(actor.kind === 'process' ? flow : actorName(actor), label);
    times.set(name, (times.get(name) ?? 0) + (taken[action] ?? 0));
  }
  return [...times]
    .filter(([, count]) => count * rareShare < steps)
    .sort(([, one], [, other]) => one - other)
    .slice(0, rareMax)
    .map(([label, count]) => ({ label, times: count }));
}
