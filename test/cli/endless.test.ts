import { describe, expect, test } from 'vitest';
import { loadFile } from '../../src/cli/loading/load-file.ts';
import { foundBefore, runSearch } from '../../src/cli/searching/run-search.ts';
import { runWithTimeout, TimeoutError } from '../../src/cli/system/run-with-timeout.ts';
import { threadTime } from '../../src/cli/system/thread-time.ts';
import { type Scenario, spec } from '../../src/index.ts';
import { makePlace } from './run.ts';

const s = spec<{ n: number }>();

/**
 * A call that would go on for ever does so until the command ends it; the test does not measure how
 * long.
 */
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
    ['an initial state', system('init', { init: forEver }), '`system` or `init`'],
  ])('%s that never ends is named, and ends the search', async (_, scenario, where) => {
    await expect(run(scenario)).rejects.toMatchObject({
      what: expect.stringContaining('has not ended after 0.'),
      where: `scenario '${scenario.name}', ${where}`,
    });
    // Its clean-up was never reached, and the rest of the program has a clock nevertheless.
    expect([Date.now(), Math.random(), performance.now()].every(Number.isFinite)).toBe(true);
  });

  test('a step that never ends removes no violation that was found before', async () => {
    const properties = [s.always('n < 2', ({ n }) => n < 2), s.always('n < 99', ({ n }) => n < 99)];
    const spin = s.action({
      name: 'inc',
      do: (state) => {
        state.n += 1;
        if (state.n === 4) forEver();
      },
    });
    const error: unknown = await run(system('late', { actions: [spin], properties })).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ where: "scenario 'late', action 'inc'" });
    const found = foundBefore(error)?.result;
    expect(found).toMatchObject({ complete: false, stopReason: 'error' });
    expect(found?.properties.map(({ verdict }) => verdict).slice(0, 2)).toEqual([
      'violated',
      'undecided',
    ]);
  });

  test('a property of runs that never ends is named, and the others are decided', async () => {
    const properties = [s.always('n < 1', ({ n }) => n < 1), s.eventually('spins', forEver)];
    const inc = s.action({
      name: 'inc',
      when: ({ n }) => n < 2,
      do: (state) => {
        state.n += 1;
      },
    });
    const parts = { actions: [inc], properties, final: 'anywhere' } as const;
    const error: unknown = await run(system('runs', parts)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ where: "scenario 'runs', property 'spins'" });
    expect(foundBefore(error)?.result.properties.map(({ verdict }) => verdict)).toEqual([
      'violated',
      'undecided',
    ]);
  });

  test('a file that never finishes loading is named', async () => {
    const place = makePlace();
    place.write({ 'endless.ts': 'export const x = 1;\nwhile (true) {}' });
    await expect(loadFile(`${place.folder}/endless.ts`, 0.2)).rejects.toMatchObject({
      what: expect.stringContaining('it has not been loaded after 0.2 seconds'),
      where: `${place.folder}/endless.ts`,
    });
  });
});

/** Keeps the processor for some tenths of a second. */
function spend(): number {
  let sum = 0;
  for (let i = 0; i < 5e8; i++) sum = (sum + i) | 0;
  return sum;
}

const onLinux = threadTime()?.waited !== undefined;

test.runIf(onLinux)('patience is processor time: the wall clock only tells a sleep', () => {
  const sleep = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
  expect(outcomeOf(() => runWithTimeout(sleep, 0.2))).toMatchObject({
    clock: 'seconds',
    again: undefined,
  });
  expect(outcomeOf(() => runWithTimeout(forEver, 0.05, 1))).toMatchObject({ again: undefined });
});

test.each([
  ['computed all the time', [0, 0], [0.05, 0], 'seconds of processor time', undefined],
  [
    'waited for a processor nearly all the time',
    [0, 0],
    [0.001, 0.049],
    'seconds of processor time',
    8,
  ],
  ['neither computed nor waited for a processor', [0, 0], [0, 0], 'seconds', undefined],
  [
    'is on a platform that tells only what it computed',
    [0, undefined],
    [0.02, undefined],
    'seconds of processor time',
    3,
  ],
  ['is on a platform that tells nothing', undefined, undefined, 'seconds', undefined],
] as const)(
  'patience ends, or lasts longer, for a call that %s',
  (_, before, after, clock, again) => {
    const times = [before, after].map((pair) =>
      pair === undefined ? undefined : { ran: pair[0], waited: pair[1] },
    );
    const ended = outcomeOf(() => runWithTimeout(forEver, 0.05, 0.05, () => times.shift()));
    expect(ended).toMatchObject({ clock });
    expect(ended.again === undefined).toBe(again === undefined);
  },
);

test('a search whose step had too little of the processor runs again', async () => {
  let tries = 0;
  const slow = s.action({
    name: 'slow',
    when: ({ n }) => n < 1,
    do: (state) => {
      tries += 1;
      if (tries < 2) spend();
      state.n += 1;
    },
  });
  const options = { stepSecondsMax: 30, stepWallSeconds: 0.2 };
  const scenario = system('slow', { actions: [slow], final: 'anywhere' } as never);
  const { result } = await runSearch(scenario, options, { requested: false }, () => undefined);
  expect(result).toMatchObject({ complete: true, states: 2 });
});

test('patience lasts as long as a step goes on to try picks', async () => {
  const picky = s.action({
    name: 'picky',
    when: ({ n }) => n < 1,
    do: (state, pick) => {
      state.n +=
        1 +
        pick(
          'n',
          Array.from({ length: 3_000 }, (_, i) => i),
        );
    },
  });
  const scenario = system('picky', { actions: [picky], final: 'anywhere' } as never);
  const options = { stepSecondsMax: 0.05 };
  const { result } = await runSearch(scenario, options, { requested: false }, () => undefined);
  expect(result).toMatchObject({ complete: true, states: 3_001 });
});

function outcomeOf(call: () => unknown): TimeoutError {
  try {
    call();
  } catch (error) {
    if (error instanceof TimeoutError) return error;
  }
  throw new Error('it came to an end');
}
