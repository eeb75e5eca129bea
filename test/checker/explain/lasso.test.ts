import { describe, expect, test } from 'vitest';
import { explain } from '../../../src/checker/explain/explain.ts';
import { check, type Scenario, spec, stronglyFair, weaklyFair } from '../../../src/index.ts';
import { whyRecord } from '../../../src/report/why-text.ts';

interface Light {
  readonly light: 'red' | 'green';
  readonly door: 'open' | 'closed';
  readonly passed: boolean;
  readonly broken: boolean;
}

const { scenario, action, fault, leadsTo, eventually, infinitelyOften, eventuallyAlways } =
  spec<Light>();

const turn = action({
  actor: 'light',
  name: 'turn',
  do: (state) => {
    state.light = state.light === 'red' ? 'green' : 'red';
  },
});
const pass = action({
  actor: 'car',
  name: 'pass',
  when: ({ light, passed, broken }) => light === 'green' && !passed && !broken,
  do: (state) => {
    state.passed = true;
  },
});
const breakdown = fault({
  name: 'breakdown',
  do: (state) => {
    state.broken = true;
  },
});

type System = ReturnType<Parameters<typeof scenario>[0]['system']>;

function crossing(parts: Omit<System, 'init'>): Scenario {
  const init = (): Light => ({ light: 'red', door: 'open', passed: false, broken: false });
  return scenario({
    name: 'crossing',
    about: 'A car at a light.',
    system: () => ({ init, final: 'anywhere', ...parts }),
  });
}

/** The explanation of the first property, which is violated. */
function sentences(model: Scenario): readonly string[] {
  const [property] = check(model).properties;
  if (property?.trace === undefined) throw new Error('the property is not violated');
  const options = { smallerStatesMax: 1_000 };
  const explanation = explain(model, property, property.trace, options);
  if (explanation === undefined) throw new Error('the run is not explained');
  return whyRecord(explanation, {}).sentences;
}

const getsThrough = leadsTo(
  'a car gets through',
  () => true,
  ({ passed }) => passed,
);

describe('why a run that goes on for ever fails', () => {
  test('the explanation of a lasso names the processes that could go on again and again, and strong fairness as a remedy', () => {
    const model = crossing({
      actions: [turn, pass],
      properties: [getsThrough],
      fairness: weaklyFair(turn),
    });
    expect(sentences(model)).toEqual([
      'at the beginning the premise is true; from there on the conclusion never is',
      'while steps 1 to 2 repeat, car.pass can take a step again and again and takes none',
      'with strong fairness of car.pass, the property holds',
    ]);
  });

  test('the explanation of a run that stands still names the fairness assumptions that it lacks together', () => {
    const model = crossing({ actions: [turn, pass], properties: [getsThrough], fairness: [] });
    expect(sentences(model)).toEqual([
      'at the beginning the premise is true; from there on the conclusion never is',
      'with weak fairness of light.turn and strong fairness of car.pass together, the property holds',
    ]);
  });

  test('the explanation of a lasso says when a fault is to blame, and leaves no process out', () => {
    const model = crossing({
      actions: [turn, pass],
      faults: [breakdown],
      properties: [eventually('a car gets through', ({ passed }) => passed)],
      fairness: [...weaklyFair(turn), ...stronglyFair(pass)],
    });
    expect(sentences(model)).toEqual([
      'its condition is true in no state of the run',
      'while steps 2 to 3 repeat, every process and action that can take a step takes one',
      'in every run without fault.breakdown (step 1), the property holds',
    ]);
  });

  test('the explanation of a lasso says which test is never true again, or again and again false', () => {
    const fairness = weaklyFair(turn);
    const shut = infinitelyOften(
      'the door is closed again and again',
      ({ door }) => door === 'closed',
    );
    expect(sentences(crossing({ actions: [turn], properties: [shut], fairness }))).toEqual([
      'its condition is true in no state of the part that repeats',
      'while steps 1 to 2 repeat, every process and action that can take a step takes one',
    ]);
    const green = eventuallyAlways('it stays green', ({ light }) => light === 'green');
    expect(sentences(crossing({ actions: [turn], properties: [green], fairness }))[0]).toBe(
      'it is false again and again, as at the beginning',
    );
  });
});
