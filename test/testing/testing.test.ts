import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { replay, type Scenario, spec, type Trace } from '../../src/index.ts';
import { bug2048837 } from '../../src/scenarios/bugs/bug-2048837.ts';
import { seedRace } from '../../src/scenarios/proofs-of-concept/seed-race.ts';
import { ExpectationError, expectHolds, expectViolated, runs } from '../../src/testing/index.ts';
import { everyKind } from '../report/formats/every-kind.ts';
import { clock } from '../report/samples.ts';

const reachable = 'an attached volume is reachable from its host';

describe('expectHolds', () => {
  test('expectHolds passes with the lock', () => {
    expect(expectHolds(seedRace, { parameters: { lock: 'both' } }).states).toBe(16);
  });

  test('expectHolds throws the whole report without the lock', () => {
    expect(() => expectHolds(seedRace)).toThrow(ExpectationError);
    expect(() => expectHolds(seedRace)).toThrow(/✗ 7 {2}detach1\.disconnect_volume/);
  });

  test('expectHolds throws on a scenario that asks nothing', () => {
    const { scenario } = spec<{ n: number }>();
    const silent = scenario({
      name: 'silent',
      about: 'Nothing is asked of it.',
      system: () => ({ init: () => ({ n: 0 }), final: 'anywhere' }),
    });
    expect(() => expectHolds(silent)).toThrow(/^'silent': nothing was asked/);
  });

  test('expectHolds throws on an undecided answer', () => {
    const cut = { parameters: { lock: 'both' }, depthMax: 2 } as const;
    expect(() => expectHolds(seedRace, cut)).toThrow(/does not hold: it is undecided/);
  });
});

/** Runs the call that a failure prints, as a user would who pastes it into the test. */
function pasted(message: string, scenario: Scenario): Trace {
  const call = /replay\(.*?\);/s.exec(message)?.[0] ?? 'nothing to paste';
  return new Function('replay', 'scenario', `return ${call}`)(replay, scenario);
}

describe('what a failure prints', () => {
  const failure = (run: () => unknown): ExpectationError => {
    try {
      run();
    } catch (error) {
      if (error instanceof ExpectationError) return error;
      throw error;
    }
    throw new Error('it did not fail');
  };

  test('the message of a failure can be pasted, with the parameters and the faults of the test', () => {
    const options = {
      parameters: { release: '2025.2', L4: 'host' },
      faults: { crash: 0 },
    } as const;
    const { message, result } = failure(() => expectHolds(bug2048837, options));
    const shortest = result.properties
      .flatMap(({ verdict, trace }) => (verdict === 'violated' && trace ? [trace] : []))
      .sort((one, other) => one.steps.length - other.steps.length)[0];
    expect(message).toContain(
      "  { parameters: { release: '2025.2', L4: 'host' }, faults: { crash: 0 } },\n",
    );
    expect(pasted(message, bug2048837)).toEqual(shortest);
  });

  test('the message of a failure can be pasted where the run begins in another of several states, and schedule entries need quotes', () => {
    const { message, result } = failure(() => expectHolds(quoted));
    expect(message).toContain(String.raw`replay(scenario, ["take[who=\"it's\"]"], { init: 1 });`);
    expect(pasted(message, quoted)).toEqual(result.properties[0]?.trace);
  });

  test('the message of a failure can be pasted where the run goes on for ever: it stops, or it repeats its last steps', () => {
    for (const scenario of [clock, everyKind]) {
      const { message, result } = failure(() => expectHolds(scenario));
      const calls = message.match(/replay\(.*?\);/gs) ?? [];
      const traces = calls.map((call) => pasted(call, scenario));
      // A run of no steps that does not stop needs no call.
      const found = result.properties
        .flatMap(({ trace }) => trace ?? [])
        .filter(({ schedule: words, stops }) => words.length > 0 || stops);
      expect(traces).toHaveLength(found.length);
      for (const trace of found) expect(traces).toContainEqual(trace);
      expect(calls.filter((call) => /loopsTo: \d|stops: true/.test(call)).length).toBeGreaterThan(
        0,
      );
    }
  });

  test('the message of a failure names only the parameters that matter, and no time', () => {
    const { message } = failure(() =>
      expectHolds(bug2048837, { parameters: { release: '2025.2' } }),
    );
    expect(message).toMatch(/^bug-2048837 {2}release=2025\.2$/m);
    expect(message).not.toContain('as-released');
    expect(message).toMatch(/ levels; every reachable state was visited$/m);
  });
});

/** A scenario with two initial states, whose one word has a quotation mark. */
const taking = spec<{ free: boolean; taken: boolean }>();
const quoted = taking.scenario({
  name: 'quoted',
  about: 'Something is taken by a process with an apostrophe.',
  system: () => ({
    init: () => [
      { free: false, taken: false },
      { free: true, taken: false },
    ],
    actions: [
      taking.action({
        name: 'take',
        when: ({ free, taken }) => free && !taken,
        do: (state, pick) => {
          pick('who', ["it's"]);
          state.taken = true;
        },
      }),
    ],
    properties: [taking.never('it is taken', ({ taken }) => taken)],
    final: 'anywhere',
  }),
});

describe('expectViolated', () => {
  test('expectViolated passes for a race of that length', () => {
    expect(expectViolated(seedRace, reachable, { steps: 7 }).states).toBe(36);
  });

  test('expectViolated throws when the race is longer, gone, or unknown', () => {
    expect(() => expectViolated(seedRace, reachable, { steps: 6 })).toThrow(/after 7 steps, not 6/);
    const locked = { parameters: { lock: 'both' } } as const;
    expect(() => expectViolated(seedRace, reachable, locked)).toThrow(/it holds/);
    // @ts-expect-error: the types know the properties
    expect(() => expectViolated(seedRace, 'all is well')).toThrow(/there is no property/);
  });
});

describe('runs', () => {
  test('runs of the locked scenario never cut a volume off', () => {
    fc.assert(
      fc.property(runs(seedRace, { parameters: { lock: 'both' } }), ({ steps }) =>
        steps.every(({ state }) => {
          const { attachments, connections } = state.state as {
            attachments: Record<string, { status: string; host: string }>;
            connections: Record<string, string>;
          };
          return Object.values(attachments).every(
            ({ status, host }) => status !== 'attached' || connections[host] === 'up',
          );
        }),
      ),
    );
  });

  test('runs shrink to the shortest counterexample, and print as schedule entries', () => {
    const found = fc.check(
      fc.property(runs(seedRace), ({ steps }) =>
        steps.every(({ label, state }) => {
          const { attachments } = state.state as {
            attachments: Record<string, { status: string }>;
          };
          return label !== 'disconnect_volume' || attachments['attach1']?.status !== 'attached';
        }),
      ),
      { numRuns: 2000, seed: 1 },
    );
    const [trace] = found.counterexample ?? [];
    const printed = fc.stringify(trace);
    expect(printed.length).toBeLessThan(500);
    expect(pasted(printed, seedRace)).toEqual(trace);
    expect(trace?.schedule.at(-1)).toBe('detach1.disconnect_volume');
    expect(trace?.schedule.length).toBeLessThanOrEqual(9);
  });
});
