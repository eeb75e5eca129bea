import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explain } from '../../../src/checker/explain/explain.ts';
import type { LassoReason } from '../../../src/checker/explain/lasso.ts';
import type { Assumed } from '../../../src/checker/explain/missing-fairness.ts';
import { check, type Trace } from '../../../src/index.ts';
import { type Condition, type Graph, refutations } from '../brute-force.ts';
import type { Done } from '../interpreter.ts';
import { type Truth, truthOf } from '../live-model.ts';
import type { Questions } from '../live-questions.ts';
import { smallCond, smallModel } from '../small-arbitrary.ts';

/** Little is assumed, so that there is something to miss. */
const questions: fc.Arbitrary<Questions> = fc.record({
  fairness: fc.oneof(
    fc.constant([]),
    fc.array(fc.record({ strong: fc.boolean(), unit: fc.nat({ max: 99 }) }), { maxLength: 2 }),
  ),
  conds: fc.array(smallCond, { minLength: 8, maxLength: 8 }),
  actor: fc.constantFrom('p0', 'p1', 'system'),
});

const nameOf = ({ actor, label }: Done): string =>
  actor === undefined ? label : `${actor}.${label}`;

/** The conditions of an assumption: one for each process, one for an action. */
function conditionsOf({ actions }: Truth, { kind, of, name }: Assumed): Condition[] {
  const together = new Map<string, number>();
  for (const [i, action] of actions.entries()) {
    const isMeant =
      of === 'action'
        ? action.kind === 'action' && nameOf(action) === name
        : action.kind === 'process' && (of === 'processes' || action.flow === name);
    if (!isMeant) continue;
    const who = of === 'action' ? name : (action.actor ?? '');
    together.set(who, (together.get(who) ?? 0) | (1 << i));
  }
  return [...together.values()].map((agents) => ({ kind, agents }));
}

/** Whether every run that is fair in this way, too, satisfies the property. */
function holds(
  truth: Truth,
  name: string,
  assumed: readonly Assumed[],
  graph: Graph = truth.graph,
): boolean {
  const conditions = [...truth.conditions, ...assumed.flatMap((each) => conditionsOf(truth, each))];
  const claims = truth.answers.filter((answer) => answer.name === name).map(({ claim }) => claim);
  return refutations(graph, conditions, claims).every((stem) => stem === undefined);
}

/** Everything that can be taken away from a set of assumptions, or made weak in it. */
function smaller(assumed: readonly Assumed[]): readonly (readonly Assumed[])[] {
  return assumed.flatMap((one) => [
    assumed.filter((each) => each !== one),
    ...(one.kind === 'weak'
      ? []
      : [assumed.map((each) => (each === one ? { ...each, kind: 'weak' as const } : each))]),
  ]);
}

/** All that is there, treated as fairly as can be. */
function everything({ actions }: Truth): readonly Assumed[] {
  const names = actions.filter(({ kind }) => kind === 'action').map(nameOf);
  return [
    { kind: 'strong', of: 'processes', name: '' },
    ...[...new Set(names)].map((name): Assumed => ({ kind: 'strong', of: 'action', name })),
  ];
}

/** The graph without the faults that a reason speaks of. */
function withoutFaults(
  { graph, actions }: Truth,
  { schedule: words }: Trace,
  { steps, isAll }: LassoReason['faults'][number],
): Graph {
  const names = steps.map((step) => (words[step] ?? '').split('[')[0]);
  const isOut = (action: Done | undefined): boolean =>
    action?.kind === 'fault' && (isAll || names.includes(nameOf(action)));
  return { ...graph, edges: graph.edges.filter(({ agent }) => !isOut(actions[agent])) };
}

function expectTrue(truth: Truth, name: string, trace: Trace, lasso: LassoReason): string[] {
  const { enough, neverEnough } = lasso.fairness;
  for (const assumed of enough) {
    expect([name, assumed, holds(truth, name, assumed)]).toEqual([name, assumed, true]);
    for (const less of smaller(assumed)) {
      expect([name, less, holds(truth, name, less)]).toEqual([name, less, false]);
    }
  }
  if (neverEnough || lasso.starving.length === 0) {
    expect([name, holds(truth, name, everything(truth))]).toEqual([name, false]);
  }
  for (const fault of lasso.faults) {
    const graph = withoutFaults(truth, trace, fault);
    expect([name, fault, holds(truth, name, [], graph)]).toEqual([name, fault, true]);
  }
  return [
    ...enough.map(({ length }) => (length > 1 ? 'several' : 'one')),
    ...(neverEnough ? ['never'] : []),
    ...lasso.faults.map(() => 'fault'),
  ];
}

/** Judges the explanation of every violated liveness property; returns the kinds of its parts. */
function judged(truth: Truth): string[] {
  return check(truth.scenario).properties.flatMap((property) => {
    const { name, trace, verdict } = property;
    const isAsked = truth.answers.some((answer) => answer.name === name);
    if (!isAsked || trace === undefined || verdict !== 'violated') return [];
    const { lasso } = explain(truth.scenario, property, trace, { smallerStatesMax: 500 }) ?? {};
    return lasso === undefined ? [] : expectTrue(truth, name, trace, lasso);
  });
}

describe('missing fairness', () => {
  test('missing fairness is that which a judge of every set of states names, for random models', () => {
    const told = new Set<string>();
    fc.assert(
      fc.property(smallModel, questions, (small, asked) => {
        const truth = truthOf(small, asked);
        fc.pre(truth !== undefined);
        if (truth !== undefined) for (const kind of judged(truth)) told.add(kind);
      }),
      { numRuns: 120 * Number(process.env['RACEWRIGHT_RUNS'] ?? 1) },
    );
    expect(['one', 'never'].filter((kind) => !told.has(kind))).toEqual([]);
  });
});
