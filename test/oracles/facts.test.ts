import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../src/index.ts';
import type { AnyPoint } from '../../src/spec/parameters.ts';
import { type Reference, reference } from '../checker/reference.ts';
import { lostUpdate } from './lost-update.ts';
import { philosophers } from './philosophers.ts';
import { atomicCommit } from './t-commit.ts';
import { twoPhaseCommit } from './two-phase-commit.ts';

/**
 * Published facts that an expectation has no words for: that the models have them makes them the
 * published models.
 */

const known = (scenario: Scenario, point: AnyPoint) => reference(scenario.system(point));

const count = ({ states }: Reference, test: (key: string) => boolean) =>
  [...states.keys()].filter(test).length;

const terminal = (all: Reference) => count(all, (key) => all.states.get(key)?.terminal === true);

const deadlocks = (all: Reference) =>
  count(all, (key) => all.states.get(key)?.decides.includes('deadlock') === true);

describe('the published graph', () => {
  test('the published graph of two-phase commit with three managers has 886 edges, 28 states that only repeat themselves, none stuck', () => {
    const all = known(twoPhaseCommit, { rms: 3 });
    const successors = [...all.states].map(([key, state]) => ({ key, to: state.successors }));
    expect(successors.reduce((sum, { to }) => sum + to.size, 0)).toBe(886);
    expect(successors.filter(({ key, to }) => to.size === 1 && to.has(key)).length).toBe(28);
    expect(terminal(all)).toBe(0);
  });

  test('the published graph of atomic commit has two terminal states', () => {
    expect(terminal(known(atomicCommit, { rms: 3 }))).toBe(2);
  });

  test('the published graph of the lost update with two threads has three terminal states', () => {
    expect(terminal(known(lostUpdate, { threads: 2, lock: 'none' }))).toBe(3);
  });

  test.each([2, 3, 5])(
    'the published graph of %i philosophers has exactly one deadlock',
    (seats) => {
      expect(deadlocks(known(philosophers, { seats, forks: 'same' }))).toBe(1);
    },
  );
});
