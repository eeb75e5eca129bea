import { expect, test } from 'vitest';
import { subjectOf } from '../../../src/checker/result/schedule-entry.ts';
import { scenarios } from '../../../src/scenarios/index.ts';
import { KnownGraph } from '../../../src/simulate/known-graph.ts';
import { askedOf } from '../../../src/simulate/options.ts';
import { Runner } from '../../../src/simulate/runner.ts';
import { simulateTimed } from '../../../src/simulate/timed/timed.ts';
import type { Scenario } from '../../../src/spec/scenario.ts';

/** Points at which a scenario refuses to be built have no steps. */
const refusing = new Set(['refused']);

/** The labels of flows that start in some runs, and faults that may happen, without a duration. */
function untimed(scenario: Scenario): readonly string[] {
  const graph = new KnownGraph(scenario, {});
  new Runner(graph, askedOf({ runs: 1, depth: 100 })).advance(200);
  const { machine, parts } = graph;
  const labels = [...machine.evaluator.flows.values()].flatMap(({ name, labels: all }) =>
    all.map((label) => ({ step: subjectOf(name, label), label })),
  );
  const faults = (parts.system.faults ?? [])
    .filter(({ times }) => times > 0)
    .map(({ actor, name }) => ({ step: subjectOf(actor, name), label: name }));
  const known = scenario.durations ?? {};
  return [...labels, ...faults]
    .filter(({ step, label }) => !Object.hasOwn(known, step) && !Object.hasOwn(known, label))
    .map(({ step }) => step);
}

test('every step of every scenario that comes with racewright has a duration', async () => {
  const missing = new Map<string, readonly string[]>();
  for (const [name, load] of Object.entries(scenarios)) {
    if (refusing.has(name)) continue;
    const steps = untimed(await load());
    if (steps.length > 0) missing.set(name, steps);
  }
  expect(missing).toEqual(new Map());
}, 60_000);

test('a fault that may come does not hold up the end of a round', async () => {
  const scenario = await (scenarios['crash-windows'] as () => Promise<Scenario>)();
  const { rounds, days, stuck, likelihoods } = simulateTimed(scenario, { rounds: 300 });
  expect({ rounds, stuck }).toEqual({ rounds: 300, stuck: 0 });
  // A crash comes once in 28 hours.
  expect(days).toBeLessThan(1);
  const [status] = likelihoods.filter(({ isNever }) => !isNever);
  const crash = status?.sensitivity?.find(({ step }) => step === 'crash');
  const now = status?.exact?.perRequest ?? Number.NaN;
  // So seldom that twice as many crashes come to twice as many violations.
  expect((crash?.halved.value ?? 0) / now).toBeCloseTo(2, 3);
});
