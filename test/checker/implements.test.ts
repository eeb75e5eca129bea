import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check, failuresOf, replay, type Scenario, SpecError, spec } from '../../src/index.ts';
import { expectReplayed } from './expect-replayed.ts';

interface Place {
  x: number;
}
const world = spec<Place>();

/** Arrows between places: the steps of one action. */
type Arrows = readonly (readonly [from: number, to: number])[];

const arrowAction = (arrows: Arrows) =>
  world.action({
    name: 'go',
    when: ({ x }) => arrows.some(([from]) => from === x),
    do: (state, pick) => {
      const targets = arrows.filter(([from]) => from === state.x).map(([, to]) => to);
      state.x = pick('to', [...new Set(targets)]);
    },
  });

interface Drawn {
  readonly arrows: Arrows;
  readonly abstract: Arrows;
  readonly map: readonly number[];
}

const drawn = ({ arrows, abstract, map }: Drawn): Scenario =>
  world.scenario({
    name: 'drawn',
    about: 'Arrows that stand for other arrows.',
    system: () => ({
      init: () => ({ x: 0 }),
      actions: [arrowAction(arrows)],
      final: 'anywhere',
      properties: [
        world.implements(
          'it implements the arrows',
          { init: (): Place => ({ x: 0 }), actions: [arrowAction(abstract)] },
          ({ x }) => ({ state: { x: map[x] ?? -1 } }),
        ),
      ],
    }),
  });

/** From the definition: the length of a shortest run that ends in what is not allowed. */
function shortest({ arrows, abstract, map }: Drawn): number | undefined {
  if (map[0] !== 0) return 0;
  const isAllowed = (from: number, to: number) =>
    map[from] === map[to] || abstract.some(([a, b]) => a === map[from] && b === map[to]);
  let level = [0];
  const met = new Set(level);
  for (let length = 1; level.length > 0; length++) {
    const leaving = arrows.filter(([from]) => level.includes(from));
    if (leaving.some(([from, to]) => !isAllowed(from, to))) return length;
    level = leaving.map(([, to]) => to).filter((to) => !met.has(to));
    for (const to of level) met.add(to);
  }
  return undefined;
}

const place = fc.nat({ max: 5 });
const arrows = fc.array(fc.tuple(place, place), { maxLength: 9, size: 'max' });
const rarely = fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: place });
const drawing = fc.record({
  arrows,
  abstract: fc.array(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 })), { maxLength: 6 }),
  map: fc
    .tuple(rarely, fc.array(fc.nat({ max: 2 }), { minLength: 5, maxLength: 5 }))
    .map(([first, rest]) => [first, ...rest]),
});

test('a system implements another if each step is a step of it or changes nothing there', () => {
  const seen = new Set<string | undefined>();
  const agreement = fc.property(
    drawing,
    fc.constantFrom('breadth_first' as const, 'depth_first' as const),
    fc.constantFrom('adaptive' as const, 'off' as const),
    (text, order, memo) => {
      const scenario = drawn(text);
      const [property] = check(scenario, { order, memo }).properties;
      const length = shortest(text);
      expect(property?.verdict).toBe(length === undefined ? 'holds' : 'violated');
      seen.add(property?.verdict);
      const { trace, abstract } = property ?? {};
      if (trace === undefined) return;
      if (order === 'breadth_first') expect(trace.steps.length).toBe(length);
      const at = (i: number) => Number(trace.steps[i]?.state.state['x'] ?? trace.init.state['x']);
      const last = trace.steps.length - 1;
      expect(abstract?.after.state).toEqual({ x: text.map[at(last)] });
      expect(failuresOf(scenario, trace).map(({ step, kind }) => [step, kind])).toContainEqual([
        trace.steps.length,
        'implements',
      ]);
      expect(replay(scenario, trace.schedule).schedule).toEqual(trace.schedule);
    },
  );
  fc.assert(agreement, { numRuns: 150 });
  expect([...seen].sort()).toEqual(['holds', 'violated']);
});

interface Queue {
  items: readonly number[];
}
const queue = spec<Queue>();
const counter = spec<{ n: number }>();
const client = counter.flow({
  name: 'client',
  vars: () => ({ asked: 0 }),
  steps: {
    ask(state, self) {
      self.asked += 1;
      state.n += 1;
    },
    rest() {},
  },
});
const counting = {
  init: () => ({ n: 0 }),
  processes: { ann: client.start() },
  actions: [
    counter.action({
      name: 'take',
      when: ({ n }) => n > 0,
      do: (state) => {
        state.n -= 1;
      },
    }),
  ],
};

/** A queue of which a process puts one item in, and an action takes items out. */
const put = queue.flow({
  name: 'put',
  steps: {
    put(state) {
      state.items = [...state.items, 7];
    },
    wash() {},
  },
});
const queued = (map: unknown, takes = 1, abstract: unknown = counting): Scenario =>
  queue.scenario({
    name: 'queued',
    about: 'A queue that implements a counter.',
    system: () => ({
      init: () => ({ items: [] }),
      processes: { bob: put.start() },
      actions: [
        queue.action({
          name: 'get',
          when: ({ items }) => items.length > 0,
          do: (state) => {
            state.items = state.items.slice(takes);
          },
        }),
      ],
      properties: [queue.implements('it counts', abstract as typeof counting, map as typeof good)],
    }),
  });
const good = (
  { items }: { readonly items: readonly number[] },
  processes: { readonly [pid: string]: { readonly at: string } | undefined },
) => {
  const at = processes['bob']?.at ?? 'done';
  return {
    state: { n: items.length },
    processes: {
      ann: {
        at: at === 'put' ? 'ask' : at === 'wash' ? 'rest' : at,
        vars: { asked: at === 'put' ? 0 : 1 },
      },
    },
  };
};

test('a system with processes and variables implements one that has others', () => {
  expect(check(queued(good)).properties[0]?.verdict).toBe('holds');
});

test('a step that is none of the abstract system is shown with both states', () => {
  const wrong: typeof good = (state, processes) => ({
    ...good(state, processes),
    state: { n: 2 * state.items.length },
  });
  const scenario = queued(wrong);
  const [property] = check(scenario).properties;
  expect(property?.trace?.schedule).toEqual(['bob.put']);
  expect(property?.abstract).toEqual({
    before: {
      state: { n: 0 },
      processes: { ann: { flow: 'client', at: 'ask', vars: { asked: 0 } } },
    },
    after: {
      state: { n: 2 },
      processes: { ann: { flow: 'client', at: 'rest', vars: { asked: 1 } } },
    },
    enabled: ['ann.ask'],
  });
  if (property !== undefined) expectReplayed(scenario, property);
});

test.each([
  [
    'an unknown field',
    () => ({ state: { n: 0, m: 1 } }),
    "its map names the field 'm', which the abstract system does not have",
  ],
  ['a missing field', () => ({ state: {} }), "its map leaves out the field 'n'"],
  [
    'an unknown process',
    () => ({ state: { n: 0 }, processes: { zoe: { at: 'ask' } } }),
    "its map names the process 'zoe'",
  ],
  [
    'an unknown label',
    () => ({ state: { n: 0 }, processes: { ann: { at: 'aks', vars: { asked: 0 } } } }),
    "its map puts 'ann' at 'aks', which is no label of flow 'client'",
  ],
  [
    'an unknown variable',
    () => ({ state: { n: 0 }, processes: { ann: { at: 'ask', vars: { asked: 0, x: 1 } } } }),
    "its map gives 'ann' the variable 'x'",
  ],
  [
    'a missing variable',
    () => ({ state: { n: 0 }, processes: { ann: { at: 'ask' } } }),
    "its map leaves out the variable 'asked' of 'ann'",
  ],
  [
    'a map that throws',
    () => {
      throw new Error('no such luck');
    },
    "property 'it counts': it threw Error: no such luck",
  ],
  ['nothing', () => undefined, 'its map returned undefined'],
  ['another field', () => ({ state: { n: 0 }, faults: {} }), "its map returns 'faults' beside"],
  ['no number', () => ({ state: { n: Number.NaN } }), 'n was given'],
  ['no plain data', () => ({ state: { n: new Map() } }), 'n was given a Map'],
])('%s is refused in a map', (_what, map, message) => {
  expect(() => check(queued(map))).toThrow(SpecError);
  expect(() => check(queued(map))).toThrow(message);
});

test.each([
  ['no system', null, 'it is asked to implement null'],
  ['a scenario', { system: () => counting }, 'it is asked to implement a scenario, not its system'],
])('%s is refused as an abstract system', (_what, abstract, message) => {
  expect(() => check(queued(good, 1, abstract))).toThrow(message);
});

test('a misspelt field of the state, or of the abstract state, does not compile', () => {
  // @ts-expect-error: the field is called items
  queue.implements('it counts', counting, ({ itmes }) => ({ state: { n: itmes.length } }));
  // @ts-expect-error: the abstract field is called n
  queue.implements('it counts', counting, ({ items }) => ({ state: { m: items.length } }));
});
