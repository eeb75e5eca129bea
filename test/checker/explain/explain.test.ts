import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterRun } from '../../../src/checker/ends/after-run.ts';
import {
  type ExplainOptions,
  type Explanation,
  explain,
} from '../../../src/checker/explain/explain.ts';
import { ShortestRuns } from '../../../src/checker/explain/shortest-runs.ts';
import { failingAt } from '../../../src/checker/properties/failing-at.ts';
import type { Trace, WorldState } from '../../../src/checker/result/result.ts';
import { scheduleOf, stateAt, type Walk } from '../../../src/explorer/walk.ts';
import { Walker } from '../../../src/explorer/walker.ts';
import {
  type CheckOptions,
  check,
  failuresOf,
  OUT_OF_REACH,
  type PropertyResult,
  replay,
  type Scenario,
} from '../../../src/index.ts';
import { whyRecord } from '../../../src/report/why-text.ts';
import { seedRace } from '../../../src/scenarios/proofs-of-concept/seed-race.ts';
import { sharedConnection } from '../../../src/scenarios/proofs-of-concept/shared-connection.ts';
import { clock, twoLocks } from '../../report/samples.ts';
import { smallModel } from '../small-arbitrary.ts';
import { scenarioOf } from '../small-scenario.ts';

type Reached = Parameters<typeof failingAt>[2];

interface Explained {
  readonly property: PropertyResult;
  readonly explanation: Explanation;
}

/** Every counterexample that can be explained, with its explanation. */
function explained(
  scenario: Scenario,
  options: CheckOptions = {},
  smallerStatesMax = 0,
): readonly Explained[] {
  const { parameters, properties } = check(scenario, options);
  return properties.flatMap((property) => {
    const { verdict, trace } = property;
    if (verdict !== 'violated' || trace === undefined) return [];
    const isShortest = options.order !== 'depth_first';
    const runs = { parameters, statesMax: isShortest ? 2_000 : 0 };
    const shortestRuns = new ShortestRuns(scenario, trace.initIndex, runs);
    const asked: ExplainOptions = { parameters, smallerStatesMax, shortestRuns };
    const explanation = explain(scenario, property, trace, asked);
    return explanation === undefined ? [] : [{ property, explanation }];
  });
}

/** The steps after which the property fails in the run of these words. */
function failsIn(
  scenario: Scenario,
  words: readonly string[],
  name: string,
  options: CheckOptions,
  init: number,
) {
  const asked = { ...options, init };
  const failures = failuresOf(scenario, replay(scenario, words, asked), asked);
  return failures.filter((failure) => failure.name === name).map(({ step }) => step);
}

/**
 * Judged by other means than those by which it was found: the words are replayed, and the failures
 * looked for.
 */
function expectSound(
  scenario: Scenario,
  { property, explanation }: Explained,
  options: CheckOptions,
): void {
  const { name, trace: original } = property;
  const { trace, irrelevant, reasons, switches } = explanation;
  const failsAfter = (words: readonly string[]) =>
    failsIn(scenario, words, name, options, trace.initIndex);
  expect(trace.schedule.length).toBe(original?.schedule.length);
  if (!explanation.isFewest) {
    expect([...trace.schedule].sort()).toEqual([...(original?.schedule ?? [])].sort());
  }
  expect(failsAfter(trace.schedule)).not.toEqual([]);
  expect(switches).toBeLessThanOrEqual(switchesIn(original?.steps ?? []));
  expect(failsAfter(trace.schedule.filter((_, i) => !irrelevant.includes(i)))).not.toEqual([]);
  for (const { race, steps } of reasons?.found ?? []) {
    if (race === undefined) continue;
    const [one, other] = steps.map((step) => trace.steps[step]);
    for (const slot of race.slots) {
      expect([...(one?.writes ?? []), ...(other?.writes ?? [])]).toContain(slot);
      expect(one?.reads).toContain(slot);
      expect(other?.reads).toContain(slot);
    }
  }
}

/**
 * The fewest switches of all counterexamples as short as this one that end in the same part, by
 * trying every run.
 */
function fewestOfAll(scenario: Scenario, property: PropertyResult): number {
  const { name, kind, trace } = property;
  const end = property.failingPart === OUT_OF_REACH ? 'out_of_reach' : 'stuck';
  const walker = new Walker(scenario, {});
  const length = trace?.steps.length ?? 0;
  const isEnd = (walk: Walk): boolean => {
    const step = walk.steps.at(-1);
    if (step === undefined) return true;
    if (kind === 'deadlock') {
      const { init, initIndex, steps } = walk;
      // The fields that a walk has are those that a trace is followed by.
      const trace = { init, initIndex, steps: steps as Trace['steps'], schedule: scheduleOf(walk) };
      return afterRun(scenario, trace, {}, 2_000).prospect.kind === end;
    }
    const before = stateAt(walk, walk.steps.length - 1);
    return partAt(walker, name, step.state, { before, step }) === wanted;
  };
  const last = trace?.steps.at(-1);
  const before = trace?.steps.at(-2)?.state ?? trace?.init;
  const wanted =
    last === undefined || before === undefined
      ? undefined
      : partAt(walker, name, last.state, { before, step: last });
  let fewest = Number.POSITIVE_INFINITY;
  const go = (walk: Walk): void => {
    if (walk.steps.length === length) {
      if (isEnd(walk)) fewest = Math.min(fewest, switchesIn(walk.steps));
      return;
    }
    for (const step of walker.enabled(walk, walk.steps.length)) {
      go({ ...walk, steps: [...walk.steps, step] });
    }
  };
  go(walker.begin(trace?.initIndex ?? 0));
  return length === 0 ? 0 : fewest;
}

/** Which part of the property fails there, as a text; undefined where it holds. */
function partAt(walker: Walker, name: string, world: WorldState, reached: Reached) {
  const failing = failingAt(walker.system, world, reached).find(
    ({ property }) => property.name === name,
  );
  return failing === undefined ? undefined : `part ${failing.part ?? ''}`;
}

function switchesIn(steps: readonly { readonly actor: string | undefined }[]): number {
  return steps.filter(({ actor }, i) => i > 0 && steps[i - 1]?.actor !== actor).length;
}

test('an explanation of the seed’s race names the reads that came too early', () => {
  const [only] = explained(seedRace, {}, 1_000);
  expect(only && whyRecord(only.explanation, {}).sentences).toMatchInlineSnapshot(`
    [
      "detach1.count_attachments (step 2) read attachments.attach1 before attach1.attachment_create (step 4) changed it; in every run with step 4 before step 2, the property holds",
      "attach1.connect_volume (step 5) read connections.host1 before detach1.disconnect_volume (step 7) changed it; in every run with step 7 before step 5, the property holds",
    ]
  `);
});

test('an explanation gathers the steps of each process', () => {
  const [only] = explained(seedRace);
  expect(only?.explanation.trace.schedule).toMatchInlineSnapshot(`
    [
      "detach1.start",
      "detach1.count_attachments",
      "attach1.start",
      "attach1.attachment_create",
      "attach1.connect_volume",
      "attach1.attachment_complete",
      "detach1.disconnect_volume",
    ]
  `);
});

test('an explanation leaves out steps that a longer run does not need', () => {
  const parameters = { attaches: 2 };
  const [property] = check(seedRace).properties;
  const race = property?.trace?.schedule ?? [];
  const words = [
    'attach2.start',
    ...race.slice(0, 4),
    'attach2.attachment_create',
    ...race.slice(4),
  ];
  const trace = replay(seedRace, words, { parameters });
  if (property === undefined) throw new Error('the scenario has a property');
  const options: ExplainOptions = { parameters, smallerStatesMax: 0 };
  const explanation = explain(seedRace, { ...property, trace }, trace, options);
  if (explanation === undefined) throw new Error('it is a safety property');
  const left = explanation.irrelevant.map((i) => explanation.trace.schedule[i]);
  expect(left).toEqual(['attach2.start', 'attach2.attachment_create']);
  expectSound(seedRace, { property: { ...property, trace }, explanation }, { parameters });
});

test('a replay bears an explanation out for a depth-first counterexample', () => {
  const options: CheckOptions = {
    order: 'depth_first',
    parameters: { attaches: 3, detaches: 2 },
  };
  const all = explained(seedRace, options);
  expect(all.length).toBe(1);
  for (const one of all) expectSound(seedRace, one, options);
});

test('an explanation leaves nothing out of a shortest counterexample', () => {
  for (const [scenario, options] of [
    [seedRace, {}],
    [seedRace, { parameters: { detaches: 2 } }],
    [twoLocks, {}],
  ] as const) {
    for (const { explanation } of explained(scenario, options))
      expect(explanation.irrelevant).toEqual([]);
  }
});

test('an explanation finds the smallest numbers at which the property fails', () => {
  const parameters = { attaches: 3, detaches: 2 };
  const [only] = explained(seedRace, { parameters }, 100_000);
  expect(only?.explanation.smallest).toEqual({
    parameters: { attaches: 1, detaches: 1 },
    steps: 7,
  });
});

test('an explanation has no shortest counterexample with fewer switches, for random models', () => {
  fc.assert(
    fc.property(smallModel, (small) => {
      const scenario = scenarioOf(small);
      for (const { property, explanation } of explained(scenario, { statesMax: 300 })) {
        expect(explanation.isFewest).toBe(true);
        // Trying every run of more steps takes too long.
        if (explanation.trace.steps.length > 6) continue;
        expect(explanation.switches).toBe(fewestOfAll(scenario, property));
      }
    }),
    { numRuns: 60 },
  );
});

test('an explanation finds fewer switches than gathering the steps of each process does', () => {
  const saved = explained(sharedConnection).filter(({ property, explanation }) => {
    const { trace } = property;
    if (trace === undefined) return false;
    const gathered = explain(sharedConnection, property, trace, { smallerStatesMax: 0 });
    return gathered !== undefined && explanation.switches < gathered.switches;
  });
  expect(saved.length).toBeGreaterThan(0);
  for (const one of saved) {
    expect(one.explanation.isFewest).toBe(true);
    expectSound(sharedConnection, one, {});
  }
});

test('an explanation of liveness needs searches, and is missing without them', () => {
  const kinds = explained(clock).map(({ property }) => property.kind);
  expect(kinds).toEqual(['never', 'step']);
});

test('a replay bears an explanation out, for every parameter of the seed', () => {
  for (const { given } of seedRace.expect) {
    const options: CheckOptions = { parameters: JSON.parse(JSON.stringify(given)) };
    for (const one of explained(seedRace, options)) expectSound(seedRace, one, options);
  }
});

test('a replay bears an explanation out, for random models', () => {
  fc.assert(
    fc.property(
      smallModel,
      fc.constantFrom<CheckOptions>({}, { order: 'depth_first' }),
      (small, options) => {
        const scenario = scenarioOf(small);
        for (const one of explained(scenario, { ...options, statesMax: 500 }))
          expectSound(scenario, one, {});
      },
    ),
    { numRuns: 150 },
  );
});
