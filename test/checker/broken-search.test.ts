import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failuresOf } from '../../src/checker/judge/failures.ts';
import type { CheckOptions } from '../../src/checker/result/options.ts';
import {
  BrokenSearch,
  check,
  replay,
  type Scenario,
  Search,
  SpecError,
  spec,
} from '../../src/index.ts';
import type { AnySystem } from '../../src/spec/system.ts';
import { smallModel } from './small-arbitrary.ts';
import { scenarioOf } from './small-scenario.ts';

/** Ways in which a model breaks in the middle of a search. */
const bombs = ['step', 'data', 'guard', 'property', 'memory'] as const;

type Bomb = (typeof bombs)[number];

const any = spec<{ x: number }>();

function readAll(value: unknown): void {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(readAll);
}

/**
 * The scenario with something in it that breaks when it has been asked `calls` times; until then it
 * says nothing.
 */
function bombed(scenario: Scenario, bomb: Bomb, calls: number): Scenario {
  let asked = 0;
  const goesOff = (state: object): boolean => {
    // All of the state is read, so that each new state is a reason to ask again.
    readAll(state);
    asked += 1;
    return asked > calls;
  };
  const explode = (): never => {
    throw bomb === 'memory' ? new RangeError('Array buffer allocation failed') : new Error('boom');
  };
  const whenOff = {
    step: { when: goesOff, do: explode },
    data: {
      when: goesOff,
      do: (state: { x: unknown }) => void Object.assign(state, { x: () => 1 }),
    },
    guard: { when: (state: object) => goesOff(state) && explode(), do: () => undefined },
    memory: { when: (state: object) => goesOff(state) && explode(), do: () => undefined },
  };
  const extra: Pick<AnySystem, 'actions' | 'properties'> =
    bomb === 'property'
      ? { properties: [any.always('bomb', (state) => !(goesOff(state) && explode()))] as never }
      : { actions: [any.action({ name: 'bomb', ...whenOff[bomb] })] as never };
  return {
    ...scenario,
    system: (point) => {
      const system = scenario.system(point);
      return {
        ...system,
        actions: [...(system.actions ?? []), ...(extra.actions ?? [])],
        properties: [...(system.properties ?? []), ...(extra.properties ?? [])],
      };
    },
  };
}

/** The reports of a search step by step until it breaks, and its results then. */
function untilBroken(scenario: Scenario, options: CheckOptions) {
  let told: readonly string[] = [];
  let error: unknown;
  const search = new Search(scenario, options);
  try {
    do told = search.progress().violated;
    while (!search.advance(1));
    search.result();
  } catch (thrown) {
    error = thrown;
  }
  return { told, error, known: search.known() };
}

test.each(bombs)(
  'a search that breaks off by a %s keeps each violation that it has reported',
  (bomb) => {
    const orders = fc.constantFrom<NonNullable<CheckOptions['order']>>(
      'breadth_first',
      'depth_first',
    );
    let kept = 0;
    let broken = 0;
    fc.assert(
      fc.property(smallModel, fc.nat({ max: 60 }), orders, (small, calls, order) => {
        const sound = scenarioOf(small);
        const options = { order, statesMax: 400 };
        const { told, error, known } = untilBroken(bombed(sound, bomb, calls), options);
        const violated = known.properties.filter(({ verdict }) => verdict === 'violated');
        expect(violated.map(({ name }) => name)).toEqual(expect.arrayContaining([...told]));
        if (error === undefined) return;
        broken += 1;
        expect(error).toBeInstanceOf(SpecError);
        expect(known).toMatchObject({ complete: false, stopReason: 'error' });
        for (const { name, kind, trace } of violated) {
          // The same run shows the same in the model without the bomb.
          const again = replay(sound, trace?.schedule ?? [], { init: trace?.initIndex ?? 0 });
          const failures = failuresOf(sound, again);
          // What is asked about ends has another name where ends are not known to be reached.
          if (kind === 'deadlock') expect(failures.map((each) => each.kind)).toContain(kind);
          else expect(failures.map((each) => each.name)).toContain(name);
          kept += 1;
        }
      }),
      { numRuns: 150 },
    );
    if (bomb === 'memory') expect(broken).toBe(0);
    else expect(Math.min(kept, broken)).toBeGreaterThan(5);
  },
);

test('a search that breaks off for lack of memory is undecided, and keeps its findings', () => {
  const counting = any.scenario({
    name: 'counting',
    about: 'It counts.',
    system: () => ({
      init: () => ({ x: 0 }),
      final: 'anywhere',
      actions: [
        any.action({
          name: 'inc',
          do: (state) => {
            state.x += 1;
          },
        }),
      ],
      properties: [any.always('x < 3', ({ x }) => x < 3), any.always('x < 99', ({ x }) => x < 99)],
    }),
  });
  const { complete, stopReason, properties } = check(bombed(counting, 'memory', 9));
  expect({ complete, stopReason }).toEqual({ complete: false, stopReason: 'no_memory' });
  expect(properties.map(({ verdict }) => verdict)).toEqual(['violated', 'undecided']);
});

test('a search that breaks off throws its findings from `check`, and its message says so', () => {
  const counting = any.scenario({
    name: 'counting',
    about: 'It counts.',
    system: () => ({
      init: () => ({ x: 0 }),
      final: 'anywhere',
      actions: [
        any.action({
          name: 'inc',
          do: (state) => {
            state.x += 1;
            if (state.x === 5) throw new Error('five');
          },
        }),
      ],
      properties: [any.always('x < 3', ({ x }) => x < 3)],
    }),
  });
  const attempt = (): unknown => {
    try {
      return check(counting);
    } catch (error) {
      return error;
    }
  };
  const error = attempt();
  expect(error).toBeInstanceOf(BrokenSearch);
  expect(error).toMatchObject({ what: 'it threw Error: five', found: { verdict: 'violated' } });
  expect(String(error)).toContain("Found before: 'x < 3' is violated by inc inc inc");
});

test('a search that breaks off at one verdict computes the others', () => {
  const live = any.scenario({
    name: 'live',
    about: 'A question about runs throws.',
    system: () => ({
      init: () => ({ x: 0 }),
      actions: [
        any.action({
          name: 'inc',
          when: ({ x }) => x < 3,
          do: (s) => {
            s.x += 1;
          },
        }),
      ],
      final: 'anywhere',
      properties: [
        any.eventually('throws', ({ x }) => {
          if (x === 2) throw new Error('two');
          return false;
        }),
        any.always('x < 3', ({ x }) => x < 3),
      ],
    }),
  });
  const search = new Search(live).run();
  expect(() => search.result()).toThrow('two');
  expect(search.known().properties.map(({ verdict }) => verdict)).toEqual([
    'undecided',
    'violated',
  ]);
});

describe('a bound on memory', () => {
  test('a bound on memory counts values, which packed states only number', () => {
    const fat = spec<{ blob: string[]; n: number }>();
    const growing = fat.scenario({
      name: 'growing',
      about: 'Each state adds a value of hundreds of kilobytes to one slot.',
      system: () => ({
        init: () => ({ blob: [], n: 0 }),
        final: 'anywhere',
        actions: [
          fat.action({
            name: 'grow',
            do: (state) => {
              state.n += 1;
              state.blob = Array.from({ length: 5000 }, (_, i) => `v${state.n}_${i}`);
            },
          }),
        ],
        properties: [fat.always('n < 2', ({ n }) => n < 2), fat.always('n', ({ n }) => n >= 0)],
      }),
    });
    const { stopReason, properties, states } = check(growing, {
      memoryMaxBytes: 20e6,
      statesMax: 5000,
    });
    expect(stopReason).toBe('memory_max');
    expect(states).toBeLessThan(300);
    expect(properties.map(({ verdict }) => verdict)).toEqual(['violated', 'undecided']);
  });
});
