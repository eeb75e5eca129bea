import { expect, test } from 'vitest';
import { makePlace } from './run.ts';

const { run, write } = makePlace();

test('racewright simulate finds the race of the seed, and says what it saw', () => {
  const said = run('simulate', 'seed-race', '--seed', '1');
  expect(said).toContain('VIOLATED   always       an attached volume is reachable from its host');
  expect(said).toContain('saw: 36 of 36 states, 55 of 55 transitions, 8 of 8 labels');
  expect(said.replace(/\s+/g, ' ')).toContain('no counterexample is shorter than the one above');
  expect(said).not.toMatch(/^ +holds/m);
  expect(said).toMatch(/exit 3$/);
});

test('the same seed prints the same report', () => {
  const words = ['simulate', 'seed-race', '--seed', '7', '--runs', '5', '--json'];
  expect(run(...words)).toBe(run(...words));
});

test('a run of a seed is followed step by step', () => {
  const said = run('simulate', 'seed-race', '--seed', '1', '--run', '2');
  expect(said).toContain('seed-race');
  expect(said).toMatch(/^ *8 {2}/m);
});

test.each([
  ['--seed', '1.5', 'Expected a whole number from 0 to 4294967295.'],
  ['--seed', '-1', 'Expected a whole number from 0 to 4294967295.'],
  ['--seed', 'NaN', 'Expected a whole number from 0 to 4294967295.'],
  ['--runs', '0', 'Expected a whole number from 1 and up.'],
  ['--depth', 'Infinity', 'Expected a whole number from 1 and up.'],
  ['--strategy', 'guess', 'Allowed choices are random, pct.'],
  ['--time', '-3', 'Expected a number above 0.'],
])('%s %s is refused', (flag, value, message) => {
  const said = run('simulate', 'seed-race', `${flag}=${value}`);
  expect(said.replace(/\s+/g, ' ')).toContain(message);
  expect(said).toMatch(/exit 2$/);
});

const counter = `
import { spec } from 'racewright';
const model = spec<{ n: number }>();
export const counter = model.scenario({
  name: 'counter',
  about: 'A counter without an end.',
  system: () => ({
    init: () => ({ n: 0 }),
    actions: [model.action({ name: 'more', do: (state) => { state.n += 1; } })],
    final: 'anywhere',
    properties: [
      model.never('it is 50', ({ n }) => n === 50),
      model.always('it does not throw', ({ n }) => { if (n === 90) throw new Error('ninety'); return true; }),
    ],
  }),
});
`;

test('what was found before the model broke is not lost', () => {
  write({ 'counter.ts': counter });
  const said = run('simulate', 'counter.ts', '--seed', '1', '--runs', '3');
  expect(said).toContain('VIOLATED');
  expect(said).toContain('ninety');
  expect(said).toMatch(/exit 1$/);
});

test('runs without an end are cut, and that is said', () => {
  write({ 'counter.ts': counter });
  const said = run('simulate', 'counter.ts', '--seed', '1', '--runs', '3', '--depth', '60');
  expect(said).toContain('every run was cut at 60 steps (--depth)');
  expect(said).toContain('at least 62 states exist: a lower bound, not an estimate of all');
});

test('simulate --timed says how often a property fails, and what that depends on', () => {
  const said = run('simulate', 'seed-race', '--timed', '--seed', '1', '--runs', '2000');
  expect(said).toContain('computed exactly: 0.976 %');
  expect(said).toContain('detach.disconnect_volume  exponential, 2 s on average');
  expect(said).toMatch(/exit 0$/);
  const document = JSON.parse(
    run('simulate', 'seed-race', '--timed', '--seed', '1', '--runs', '9', '--json')
      .split('\n')
      .slice(1, -1)
      .join('\n'),
  );
  expect(document).toMatchObject({ format: 'racewright/timed', answers: [{ rounds: 9, seed: 1 }] });
});

test.each([
  [['--rate', '0'], 'Expected a number above 0.'],
  [['--rate', 'Infinity'], 'Expected a number above 0.'],
  [['--strategy', 'pct'], "'--timed' cannot be used with"],
])('simulate --timed %j is refused', (words, message) => {
  const said = run('simulate', 'seed-race', '--timed', ...words);
  expect(said).toContain(message);
  expect(said).toMatch(/exit 2$/);
});

const untimed = `
import { exponential, spec } from 'racewright';
const model = spec<{ n: number }>();
const buy = model.flow({ name: 'buy', steps: { look() {}, pay(state) { state.n += 1; } } });
export const untimed = model.scenario({
  name: 'untimed',
  about: 'A purchase of which one step has a duration.',
  system: () => ({ init: () => ({ n: 0 }), processes: { a: buy.start() } }),
  durations: { 'buy.look': exponential(1, { assumed: 'for a test' }) },
});
`;

test('a step without a duration is refused by its name', () => {
  write({ 'counter.ts': counter });
  expect(run('simulate', 'counter.ts', '--timed')).toContain('requests start processes');
  write({ 'flow.ts': untimed });
  const said = run('simulate', 'flow.ts', '--timed');
  expect(said).toContain("the step 'buy.pay' has no duration");
  expect(said).toMatch(/exit 2$/);
});
