import { expect, test } from 'vitest';
import { failuresOf, ReplayError, replay, type Scenario, simulate, spec } from '../../src/index.ts';

interface Tower {
  level: number;
  readonly lamps: { [id: string]: boolean };
}
const tower = spec<Tower>();

/** Lamps are turned on and off at any time; each level of a tower needs that one of them is on. */
const climbing = (lamps: number, levels: number): Scenario =>
  tower.scenario({
    name: 'climbing',
    about: 'A tower is climbed among lamps that flicker.',
    system: () => ({
      init: () => ({
        level: 0,
        lamps: Object.fromEntries(Array.from({ length: lamps }, (_, i) => [`l${i}`, false])),
      }),
      actions: [
        tower.action({
          name: 'climb',
          when: ({ level, lamps: all }) => level < levels && all[`l${level % lamps}`] === true,
          do: (state) => {
            state.level += 1;
          },
        }),
        ...Array.from({ length: lamps }, (_, i) =>
          tower.action({
            name: `turn ${i}`,
            do: ({ lamps: all }) => {
              all[`l${i}`] = !all[`l${i}`];
            },
          }),
        ),
      ],
      final: 'anywhere',
      properties: [tower.never('the top is reached', ({ level }) => level === levels)],
    }),
  });

test('a short run is made shortest, and that is a proof', () => {
  const scenario = climbing(3, 4);
  const { properties, simulated } = simulate(scenario, { runs: 20, depth: 200, seed: 3 });
  const [property] = properties;
  expect(simulated?.found['the top is reached']?.minimal).toBe('shortest');
  // Three lamps are turned on, and four levels climbed.
  expect(property?.trace?.steps).toHaveLength(7);
});

test('of a run of a thousand steps no step is left that is not needed', () => {
  const scenario = climbing(11, 40);
  const options = { runs: 1, depth: 3_000, seed: 1, shorteningStatesMax: 20_000 };
  const { properties, simulated } = simulate(scenario, options);
  const { run, steps = 0, minimal } = simulated?.found['the top is reached'] ?? {};
  expect({ run, minimal }).toEqual({ run: 1, minimal: 'locally' });
  expect(steps).toBeGreaterThan(800);
  const { schedule = [] } = properties[0]?.trace ?? {};
  // Eleven lamps are turned on, and forty levels climbed; more is luck.
  expect(schedule.length).toBeGreaterThanOrEqual(51);
  expect(schedule.length).toBeLessThan(200);
  expect(failuresOf(scenario, replay(scenario, schedule)).map(({ name }) => name)).toEqual([
    'the top is reached',
  ]);
  for (const [i] of schedule.entries()) {
    const rest = schedule.filter((_, at) => at !== i);
    expect(isViolating(scenario, rest)).toBe(false);
  }
});

function isViolating(scenario: Scenario, schedule: readonly string[]): boolean {
  try {
    return failuresOf(scenario, replay(scenario, schedule)).length > 0;
  } catch (error) {
    if (error instanceof ReplayError) return false;
    throw error;
  }
}
