import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  check,
  failuresOf,
  replay,
  type Scenario,
  Simulation,
  simulate,
  spec,
  type Trace,
} from '../../src/index.ts';
import { resultLines } from '../../src/report/result-text.ts';
import { seedRace } from '../../src/scenarios/proofs-of-concept/seed-race.ts';
import { canonical, type Reference, referenceWithin } from '../checker/reference.ts';
import { smallModel } from '../checker/small-arbitrary.ts';
import { scenarioOf } from '../checker/small-scenario.ts';
import { wide } from '../report/report-text.ts';
import { detour } from './detour.ts';

/** Every claim of a simulation agrees with a checker that shares no code with it. */
function expectTrue(scenario: Scenario, known: Reference, seed: number): void {
  const options = { runs: 40, depth: 40, seed } as const;
  const { verdict, properties, simulated } = simulate(scenario, {
    ...options,
    strategy: seed % 2 === 0 ? 'random' : 'pct',
    // With room for few states, they are forgotten between runs.
    ...(seed % 3 === 0 ? { statesMax: 1 + (seed % 30) } : {}),
  });
  expect(verdict).not.toBe('holds');
  expect(simulated?.coverage.judged).toBeLessThanOrEqual(known.states.size);
  for (const { name, kind, verdict: answer, trace } of properties) {
    if (answer === 'undecided') continue;
    expect(answer).toBe(kind === 'reachable' ? 'holds' : 'violated');
    const least = known.decided.get(kind === 'deadlock' ? 'deadlock' : name);
    expect(trace?.steps.length).toBeGreaterThanOrEqual(least ?? Number.POSITIVE_INFINITY);
    const isShortest = simulated?.found[name]?.minimal === 'shortest';
    if (isShortest) expect(trace?.steps.length).toBe(least);
    expectRun(trace, known);
    if (trace === undefined || kind === 'reachable') continue;
    const { schedule, initIndex: init } = trace;
    const failures = failuresOf(scenario, replay(scenario, schedule, { init }));
    expect(failures.map((failure) => failure.name)).toContain(name);
  }
}

/** Each state of a run follows from the one before. */
function expectRun(trace: Trace | undefined, known: Reference): void {
  const states = [trace?.init, ...(trace?.steps ?? []).map(({ state }) => state)].map(canonical);
  for (const [i, state] of states.slice(1).entries()) {
    expect(known.states.get(states[i] ?? '')?.successors.has(state)).toBe(true);
  }
}

test('a simulation of a random model says nothing that a simple checker denies', () => {
  fc.assert(
    fc.property(smallModel, fc.nat(1000), (model, seed) => {
      const scenario = scenarioOf(model);
      const known = referenceWithin(scenario, 300);
      fc.pre(known !== undefined);
      if (known !== undefined) expectTrue(scenario, known, seed);
    }),
    { numRuns: 30 },
  );
});

test('runs go on where there is no room for their states, and what was found is kept', () => {
  const asked = { seed: 1, runs: 60 } as const;
  const { properties, simulated, ledger } = simulate(seedRace, { ...asked, statesMax: 20 });
  const whole = simulate(seedRace, asked);
  expect(simulated).toMatchObject({ runs: 60, steps: 480, longestRun: 8 });
  expect(simulated?.parts).toBeGreaterThan(10);
  expect(whole.simulated?.parts).toBeUndefined();
  // No graph of a run has all labels.
  expect(simulated?.coverage).toMatchObject({ labels: 8, labelsKnown: 8 });
  expect(ledger.neverTaken).toEqual([]);
  expect(simulated?.coverage.judged).toBeLessThan(36);
  const shown = (of: typeof properties) => of.map(({ name, verdict }) => [name, verdict]);
  expect(shown(properties)).toEqual(shown(whole.properties));
  const lost = 'an attached volume is reachable from its host';
  expect(simulated?.found[lost]).toEqual(whole.simulated?.found[lost]);
});

test('with room for no state at all each run has its own graph', () => {
  for (const strategy of ['random', 'pct'] as const) {
    const runs = 130;
    const { simulated } = simulate(seedRace, { seed: 3, runs, statesMax: 1, strategy });
    expect(simulated).toMatchObject({ runs, parts: runs, steps: 8 * runs });
    if (strategy === 'pct') expect(simulated?.pct).toMatchObject({ actors: 2, steps: 8, runs: 30 });
  }
});

test('at each point of the race a simulation sees the states and steps of a search', () => {
  for (const { given = {} } of seedRace.expect) {
    const exact = check(seedRace, { parameters: given });
    const { simulated, properties } = simulate(seedRace, { parameters: given, runs: 5_000 });
    const { judged = 0, transitions = 0 } = simulated?.coverage ?? {};
    expect(judged).toBeLessThanOrEqual(exact.states);
    expect(judged).toBeGreaterThan(0.9 * exact.states);
    expect(transitions <= exact.generated - 1).toBe(true);
    if (transitions === exact.generated - 1) expect(judged).toBe(exact.states);
    const violated = (of: typeof properties) =>
      of
        .filter(({ verdict }) => verdict === 'violated')
        .map(({ name, trace }) => [name, trace?.steps.length]);
    expect(violated(properties)).toEqual(violated(exact.properties));
  }
});

test('the same seed gives the same runs, and another seed gives others', () => {
  const scheduleOf = (seed: number) =>
    simulate(seedRace, { seed, runs: 3 }).simulated?.coverage.discovery;
  expect(scheduleOf(4)).toEqual(scheduleOf(4));
  const all = Array.from({ length: 20 }, (_, seed) => JSON.stringify(scheduleOf(seed)));
  expect(new Set(all).size).toBeGreaterThan(1);
});

const lamp = spec<{ on: boolean; ticks: number }>();

const tick = lamp.action({
  name: 'tick',
  do: (state) => {
    state.ticks += 1;
  },
});

/** Two actions turn a lamp on and off, for ever. */
const endless = lamp.scenario({
  name: 'endless',
  about: 'A lamp that is turned on and off for ever.',
  system: () => ({
    init: () => ({ on: false, ticks: 0 }),
    actions: [
      lamp.action({
        name: 'turn',
        do: (state) => {
          state.on = !state.on;
        },
      }),
      lamp.action({
        name: 'tick',
        do: (state) => {
          state.ticks = (state.ticks + 1) % 3;
        },
      }),
    ],
    final: 'anywhere',
    properties: [
      lamp.eventually('the lamp is on in the end', ({ on }) => on),
      lamp.step(
        'a tick is never the second one',
        (before, _action, after) => !(before.ticks === 1 && after.ticks === 2),
      ),
    ],
  }),
});

test('discovery is told by steps, so that one long run is enough to see it', () => {
  const counting = lamp.scenario({
    name: 'counting',
    about: 'A counter without an end.',
    system: () => ({
      init: () => ({ on: false, ticks: 0 }),
      actions: [tick],
      final: 'anywhere',
    }),
  });
  const { simulated } = simulate(counting, { runs: 1, depth: 3_000 });
  expect(simulated?.coverage.discovery).toEqual([1, 1, 1, 1]);
  const again = simulate(endless, { runs: 1, depth: 3_000 }).simulated;
  expect(again?.coverage.discovery.slice(1)).toEqual([0, 0, 0]);
});

test('runs that never end are cut at the depth, and that is said', () => {
  const { simulated } = simulate(endless, { runs: 7, depth: 20 });
  expect(simulated).toMatchObject({ runs: 7, runsCut: 7, longestRun: 20, steps: 140 });
});

test('a loop that runs close violates a property of whole runs', () => {
  const { properties } = simulate(endless, { runs: 20, depth: 20 });
  const live = properties.find(({ kind }) => kind === 'eventually');
  expect(live?.verdict).toBe('violated');
  const { schedule = [], loopsTo, stops } = live?.trace ?? {};
  const again = replay(endless, schedule, {
    ...(loopsTo === undefined ? {} : { loopsTo }),
    ...(stops === undefined ? {} : { stops }),
  });
  expect(failuresOf(endless, again).map(({ name }) => name)).toContain(live?.name);
});

test('a step that violates a property is judged although no run takes it', () => {
  const { properties } = simulate(endless, { runs: 100, depth: 1 });
  // One step leads to the state with one tick, whose second tick no run of one step can take.
  expect(properties.find(({ kind }) => kind === 'step')?.trace?.schedule).toEqual(['tick', 'tick']);
});

test.each([
  [{ seed: 1.5 }, /the seed is 1.5/],
  [{ seed: -1 }, /the seed is -1/],
  [{ seed: Number.NaN }, /the seed is NaN/],
  [{ seed: 2 ** 32 }, /the seed is 4294967296/],
  [{ runs: 0 }, /runs is 0/],
  [{ depth: Number.POSITIVE_INFINITY }, /depth is Infinity/],
  [{ statesMax: 2.5 }, /statesMax is 2.5/],
  [{ pctDepth: 31 }, /pctDepth is 31/],
  [{ strategy: 'guess' as 'pct' }, /there is no strategy 'guess'/],
])('%j is refused', (options, message) => {
  expect(() => simulate(seedRace, options)).toThrow(message);
});

test('a run ends outside of the constraint of a system', () => {
  const scenario = lamp.scenario({
    name: 'constrained',
    about: 'A counter that is looked at up to five.',
    system: () => ({
      init: () => ({ on: false, ticks: 0 }),
      actions: [tick],
      final: 'anywhere',
      within: ({ ticks }) => ticks <= 5,
      properties: [lamp.never('there are six', ({ ticks }) => ticks === 6)],
    }),
  });
  const { verdict, simulated, ledger } = simulate(scenario, { runs: 3 });
  expect({ verdict, longest: simulated?.longestRun }).toEqual({ verdict: 'violated', longest: 6 });
  expect(ledger.statesOutside).toBe(1);
});

test.each([1, 3, 64])('in pieces of %i steps a simulation says what it says at once', (piece) => {
  const options = { seed: 7, runs: 5 } as const;
  const simulation = new Simulation(seedRace, options);
  while (!simulation.advance(piece));
  expect(simulation.result()).toEqual(simulate(seedRace, options));
});

test('a counterexample is the shortest within the constraint, where a shorter one leaves it', () => {
  const textOf = (scenario: Scenario): string => {
    const result = simulate(scenario, { runs: 50, seed: 1 });
    const context = {
      shown: result.parameters,
      expectedViolations: undefined,
      replayCommand: ['replay'],
      next: [],
    };
    return resultLines(result, context, { ...wide, width: 200 }).join('\n');
  };
  const shortest = 'no counterexample is shorter than the one above';
  expect(textOf(detour({ isWithin: () => true }))).toContain(shortest);
  const text = textOf(detour({ isWithin: (at) => at < 50 }));
  expect(text).toContain('no counterexample within the constraint is shorter than the one above');
  expect(text).not.toContain(shortest);
});
