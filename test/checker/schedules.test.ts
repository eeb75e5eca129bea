import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, replay, type Scenario, type WorldState, walk } from '../../src/index.ts';
import type { AnyPoint } from '../../src/spec/parameters.ts';
import type { AnyProperty } from '../../src/spec/property.ts';
import { abBa } from '../oracles/ab-ba.ts';
import { attachDetach } from '../oracles/attach-detach.ts';
import { hanoi } from '../oracles/hanoi.ts';
import { lostUpdate } from '../oracles/lost-update.ts';
import { petersonMutex } from '../oracles/peterson.ts';
import { twoPhaseCommit } from '../oracles/two-phase-commit.ts';
import { evaluateBody, stateProperty } from './evaluate-body.ts';
import { canonical, reference } from './reference.ts';
import { smallModel } from './small-arbitrary.ts';
import { scenarioOf } from './small-scenario.ts';

/**
 * A schedule: which of the enabled steps is taken, the first, the second, … Shorter and smaller is
 * simpler.
 */
const schedule = fc.array(fc.nat({ max: 99 }), { maxLength: 60, size: 'max' });

const points: readonly { scenario: Scenario; parameters: AnyPoint }[] = [
  { scenario: petersonMutex, parameters: { first: 'flag' } },
  { scenario: petersonMutex, parameters: { first: 'turn' } },
  { scenario: lostUpdate, parameters: { threads: 3, lock: 'none' } },
  { scenario: lostUpdate, parameters: { threads: 3, lock: 'mutex' } },
  { scenario: abBa, parameters: { threads: 3 } },
  { scenario: hanoi, parameters: { discs: 3 } },
  { scenario: twoPhaseCommit, parameters: { rms: 3 } },
  { scenario: attachDetach, parameters: { hosts: 2, attachments: 3, lock: 'none' } },
  { scenario: attachDetach, parameters: { hosts: 2, attachments: 3, lock: 'mutex' } },
];

/** Evaluates a property in one state, without the checker's views and memo. */
function isTrueIn(property: AnyProperty, { state, processes }: WorldState): boolean {
  return evaluateBody(stateProperty(property).body, state, processes);
}

const statesOf = (trace: { init: WorldState; steps: readonly { state: WorldState }[] }) => [
  trace.init,
  ...trace.steps.map(({ state }) => state),
];

describe.each(points)('$scenario.name $parameters', ({ scenario, parameters }) => {
  const result = check(scenario, { parameters });
  const system = scenario.system({ ...defaultsOf(scenario), ...parameters });
  const verdictOf = (name: string) => result.properties.find((one) => one.name === name)?.verdict;

  test('every walk of this scenario meets only states in which the properties that hold are true', () => {
    const inAllStates = (system.properties ?? []).filter(({ name, kind }) => {
      return kind !== 'reachable' && verdictOf(name) === 'holds';
    });
    fc.assert(
      fc.property(schedule, (choices) => {
        for (const state of statesOf(walk(scenario, choices, { parameters }))) {
          for (const property of inAllStates) {
            expect(isTrueIn(property, state)).toBe(property.kind === 'always');
          }
        }
      }),
    );
  });

  test('every walk of this scenario can be replayed from its own schedule', () => {
    fc.assert(
      fc.property(schedule, (choices) => {
        const trace = walk(scenario, choices, { parameters });
        expect(replay(scenario, trace.schedule, { parameters })).toEqual(trace);
      }),
    );
  });

  test('every counterexample of this scenario can be replayed from its own schedule, and ends in its last state', () => {
    for (const { name, trace } of result.properties) {
      if (trace === undefined) continue;
      expect(replay(scenario, trace.schedule, { parameters })).toEqual(trace);
      const property = system.properties?.find((one) => one.name === name);
      const last = statesOf(trace).at(-1);
      if (property === undefined || last === undefined) continue; // a deadlock
      expect(isTrueIn(property, last)).toBe(property.kind !== 'always');
    }
  });
});

function defaultsOf(scenario: Scenario): AnyPoint {
  const parameters = Object.entries(scenario.parameters);
  return Object.fromEntries(parameters.map(([name, parameter]) => [name, parameter.default]));
}

describe('a schedule', () => {
  test('a schedule leads to states that the reference knows, one step after the other', () => {
    fc.assert(
      fc.property(smallModel, schedule, (small, choices) => {
        const scenario = scenarioOf(small);
        let known: ReturnType<typeof reference>;
        try {
          known = reference(scenario.system({}), 500);
        } catch (problem) {
          fc.pre(!(problem instanceof RangeError));
          throw problem;
        }
        const trace = walk(scenario, choices);
        const keys = statesOf(trace).map(canonical);
        for (const [i, key] of keys.entries()) {
          const before = known.states.get(keys[i - 1] ?? '');
          if (before !== undefined) expect(before.successors.has(key)).toBe(true);
          expect(known.states.has(key)).toBe(true);
        }
        const last = known.states.get(keys.at(-1) ?? '');
        // A walk ends before its choices do only where nothing at all can happen.
        if (trace.steps.length < choices.length) expect(last?.successors.size).toBe(0);
        expect(replay(scenario, trace.schedule, { init: trace.initIndex })).toEqual(trace);
      }),
    );
  });

  test('a schedule shrinks to the shortest counterexample', () => {
    const lost = (choices: readonly number[]) => {
      const { state, processes } = statesOf(walk(lostUpdate, choices)).at(-1) ?? missing();
      const written = Object.values(processes).filter(({ at }) => at === 'done');
      return written.length !== state['shared'];
    };
    const { failed, counterexample } = fc.check(
      fc.property(schedule, (choices) => !lost(choices)),
      { seed: 1, numRuns: 1_000 },
    );
    expect(failed).toBe(true);
    const trace = walk(lostUpdate, counterexample?.[0] ?? []);
    expect(trace.schedule).toEqual([
      'thread1.read',
      'thread2.read',
      'thread1.write',
      'thread2.write',
    ]);
  });
});

function missing(): never {
  throw new Error('a walk has at least its initial state');
}
