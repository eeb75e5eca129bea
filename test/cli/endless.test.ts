import { describe, expect, test } from 'vitest';
import { loadFile } from '../../src/cli/load-file.ts';
import { runSearch } from '../../src/cli/run-search.ts';
import { type Scenario, spec } from '../../src/index.ts';
import { makePlace } from './run.ts';

const s = spec<{ n: number }>();

/** What would go on for ever does so until it is ended: how long that takes is not asked. */
const forEver = (): never => {
  for (;;);
};

const system = (name: string, parts: Partial<ReturnType<Scenario['system']>>): Scenario =>
  s.scenario({
    name,
    about: 'Something in it never ends.',
    system: () => ({ init: () => ({ n: 0 }), ...parts }) as never,
  });

const flow = s.flow({ name: 'work', steps: { begin() {}, spin: forEver } });

const run = (scenario: Scenario) =>
  runSearch(scenario, { stepSecondsMax: 0.2 }, { requested: false }, () => undefined);

describe('what never comes to an end', () => {
  test.each([
    ['a step', system('step', { processes: { p: flow.start() } }), "flow 'work', step 'spin'"],
    [
      'a guard',
      system('guard', { actions: [s.action({ name: 'a', when: forEver, do() {} })] }),
      "action 'a'",
    ],
    [
      'a property',
      system('property', {
        processes: { p: flow.start() },
        properties: [s.always('p', ({ n }, { p }) => (p?.at === 'spin' ? forEver() : n === 0))],
      }),
      "property 'p'",
    ],
    [
      'an initial state',
      system('init', { init: forEver }),
      '`system`, `init`, or a property of an initial state',
    ],
  ])('%s is named, and ends the search', async (_, scenario, where) => {
    await expect(run(scenario)).rejects.toMatchObject({
      what: expect.stringContaining('has not come to an end in 0.2 seconds'),
      where: `scenario '${scenario.name}', ${where}`,
    });
    // Its clean-up was never reached, and the rest of the program has a clock nevertheless.
    expect([Date.now(), Math.random(), performance.now()].every(Number.isFinite)).toBe(true);
  });

  test('a file that is loaded is named', async () => {
    const place = makePlace();
    place.write({ 'endless.ts': 'export const x = 1;\nwhile (true) {}' });
    await expect(loadFile(`${place.folder}/endless.ts`, 0.2)).rejects.toMatchObject({
      what: 'it has not been loaded after 0.2 seconds',
      where: `${place.folder}/endless.ts`,
    });
  });
});
