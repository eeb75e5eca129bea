import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check, type Scenario, SpecError, spec } from '../../src/index.ts';
import type { AnyProperty } from '../../src/spec/property.ts';
import type { AnySystem } from '../../src/spec/system.ts';
import { type Edge, has, inSteps, type StepSet } from './brute-force.ts';
import { drawing } from './drawing-arbitrary.ts';
import { agentIn, type Drawing, runOf, scenarioOf } from './graph-scenario.ts';

type Place = { readonly at: number };

/** The drawing with one question: can a step of this set be taken? */
function asking(drawn: Drawing, wanted: StepSet): Scenario {
  const step = (before: Place, action: { actor?: string; label: string }, after: Place) => {
    const agent = agentIn(drawn.agents, action.actor, action.label);
    return inSteps(wanted, { from: before.at, agent, to: after.at });
  };
  const property = { kind: 'reachable', name: 'it is taken', step } as unknown as AnyProperty;
  const { system, ...rest } = scenarioOf(drawn, 'number');
  const asked = (): AnySystem => ({ ...system({}), properties: [property] });
  return { ...rest, system: asked as Scenario['system'] };
}

/** From the definition: the length of the shortest run that ends in a step of the set. */
function shortest({ graph }: Drawing, wanted: StepSet): number | undefined {
  let reached = graph.initial;
  for (let taken = 1; taken <= graph.states + 1; taken++) {
    const leaving = graph.edges.filter(({ from }) => has(reached, from));
    if (leaving.some((edge: Edge) => inSteps(wanted, edge))) return taken;
    for (const { to } of leaving) reached |= 1 << to;
  }
  return undefined;
}

const stepSet = fc.record({
  agents: fc.integer({ min: 1, max: 15 }),
  from: fc.nat({ max: 255 }),
  to: fc.nat({ max: 255 }),
});
const options = fc.constantFrom(
  { order: 'breadth_first' } as const,
  { order: 'breadth_first', memo: 'off' } as const,
  { order: 'depth_first' } as const,
  { order: 'breadth_first', kernel: { from: 0, runMin: 1 } } as const,
);

test('a step is found by a shortest run that ends in it, or is taken in no run', () => {
  const agreement = fc.property(drawing, stepSet, options, (drawn, wanted, how) => {
    const [found] = check(asking(drawn, wanted), how).properties;
    const length = shortest(drawn, wanted);
    expect(found?.verdict).toBe(length === undefined ? 'violated' : 'holds');
    if (found?.trace === undefined) return;
    const last = runOf(drawn, found.trace).steps.at(-1);
    expect(last !== undefined && inSteps(wanted, last)).toBe(true);
    if (how.order === 'breadth_first') expect(found.trace.steps.length).toBe(length);
  });
  fc.assert(agreement, { numRuns: 100 });
});

interface Line {
  n: number;
}
const line = spec<Line>();
const go = line.action({
  name: 'go',
  do: (state, pick) => {
    state.n = (state.n + pick('by', [0, 1])) % 3;
  },
});
const lined = (...properties: readonly ReturnType<typeof line.reachable>[]) =>
  line.scenario({
    name: 'line',
    about: 'A number that goes round.',
    system: () => ({
      init: () => ({ n: 0 }),
      actions: [go],
      properties,
    }),
  });

test('a step that changes nothing can be asked for, and so can one that is expected never', () => {
  const { properties, asExpected } = check({
    ...lined(
      line.reachable('it stays', {
        step: (before, { picks }) => before.n === 2 && picks['by'] === 0,
      }),
      line.reachable('it goes back by one', { step: ({ n }, _action, after) => after.n === n - 1 }),
      line.reachable('it comes round', { step: line.before(({ n }) => n === 2) }),
    ),
    expect: [{ violates: { 'it goes back by one': null } }],
  });
  expect(properties.map(({ verdict, trace }) => [verdict, trace?.schedule])).toEqual([
    ['holds', ['go[by=1]', 'go[by=1]', 'go[by=0]']],
    ['violated', undefined],
    ['holds', ['go[by=1]', 'go[by=1]', 'go[by=0]']],
    ['holds', undefined],
  ]);
  expect(asExpected).toBe(true);
});

test('a bound leaves a step that was not found undecided, and a constraint does, too', () => {
  const question = line.reachable('it comes round', { step: (before) => before.n === 2 });
  expect(check(lined(question), { depthMax: 1 }).properties[0]?.verdict).toBe('undecided');
  const { system, ...rest } = lined(question);
  const within = { ...rest, system: () => ({ ...system({}), within: ({ n }: Line) => n < 2 }) };
  expect(check(within as unknown as Scenario).properties[0]).toMatchObject({
    verdict: 'undecided',
    stopReason: 'constraint',
  });
});

test.each([
  ['a field beside `step`', { step: () => true, from: 1 }, 'its body has more beside `step`'],
  ['no test', { step: 3 }, '`step` takes a test of steps, and got'],
])('%s is refused where a step is asked for', (_what, body, message) => {
  const scenario = lined(line.reachable('odd', body as never));
  expect(() => check(scenario)).toThrow(SpecError);
  expect(() => check(scenario)).toThrow(message);
});

test('misspelt fields in a test of a step do not compile', () => {
  // @ts-expect-error: the field is called n
  line.reachable('odd', { step: (before) => before.m === 0 });
  // @ts-expect-error: a `never` asks about states
  expect(() => check(lined(line.never('odd', { step: () => true })))).toThrow('asks about states');
});
