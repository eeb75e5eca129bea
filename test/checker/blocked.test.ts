import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocked, check, type Scenario, SpecError, spec } from '../../src/index.ts';

interface World {
  n: number;
  log: readonly number[];
}

const world = spec<World>();

/** Adds an option that is drawn, and cannot go on beyond `most`: as it is told to stop there. */
function addingUpTo(most: number, options: readonly number[], stop: () => never): Scenario {
  return world.scenario({
    name: 'adding',
    about: 'A bound that is known only in the middle of a step.',
    system: () => ({
      init: () => ({ n: 0, log: [] }),
      actions: [
        world.action({
          name: 'add',
          do(state, pick) {
            state.n += pick('by', options);
            state.log = [...state.log.slice(-1), state.n];
            if (state.n > most) stop();
            state.n += pick('more', [0, 1]);
            if (state.n > most) stop();
          },
        }),
      ],
    }),
  });
}

/** From the definition: the sums up to `most`, each with what was logged. */
function statesOfAdding(most: number, by: readonly number[]): number {
  const met = new Set<string>();
  const waiting: World[] = [{ n: 0, log: [] }];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (met.has(JSON.stringify(at))) continue;
    met.add(JSON.stringify(at));
    const { n, log } = at;
    const next = by.flatMap((each) =>
      [0, 1].map((more) => ({ n: n + each + more, log: [...log.slice(-1), n + each] })),
    );
    waiting.push(...next.filter((each) => each.n <= most));
  }
  return met.size;
}

test('a blocked step leads to the states to which adding without it leads', () => {
  const options = fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(fc.nat({ max: 9 }), options, (most, by) => {
      for (const memo of ['adaptive', 'off'] as const) {
        expect(check(addingUpTo(most, by, blocked), { memo }).states).toBe(
          statesOfAdding(most, by),
        );
      }
    }),
  );
});

test('a process that is blocked waits where it stands', () => {
  const wait = world.flow({
    name: 'wait',
    steps: {
      take(state) {
        state.n -= 1;
        if (state.n < 0) blocked();
      },
    },
  });
  const scenario = world.scenario({
    name: 'waiting',
    about: 'One of two gets what there is.',
    system: () => ({
      init: () => ({ n: 1, log: [] }),
      processes: { a: wait.start(), b: wait.start() },
    }),
  });
  const [ends] = check(scenario).properties;
  expect(ends?.trace?.schedule).toEqual(['a.take']);
  expect(ends?.trace?.steps.at(-1)?.state.state).toEqual({ n: 0, log: [] });
});

test('a step that catches its block goes on, and is enabled', () => {
  const scenario = world.scenario({
    name: 'caught',
    about: 'A full sheet, and a clerk who catches that.',
    system: () => ({
      init: () => ({ n: 0, log: [] }),
      actions: [
        world.action({
          name: 'write',
          when: ({ n }) => n < 2,
          do(state, pick) {
            state.n += 1;
            try {
              if (state.n === 1) blocked();
              pick('line', []);
            } catch {
              state.log = [...state.log, state.n];
            }
          },
        }),
      ],
      final: 'anywhere',
      properties: [world.reachable('both are caught', ({ log }) => log.join() === '1,2')],
    }),
  });
  expect(check(scenario).properties.map(({ verdict }) => verdict)).toEqual(['holds']);
});

test('a property that calls blocked is refused by name', () => {
  const scenario = world.scenario({
    name: 'asking',
    about: 'Only a step can be blocked.',
    system: () => ({
      init: () => ({ n: 0, log: [] }),
      properties: [world.always('it is blocked', () => blocked())],
    }),
  });
  expect(() => check(scenario)).toThrow(SpecError);
  expect(() => check(scenario)).toThrow(
    "property 'it is blocked': it calls blocked(), which only a step may call",
  );
});

test('a process that is restarted stands at its first label with the variables of its start', () => {
  const work = world.flow({
    name: 'work',
    vars: (n: number) => ({ n, seen: 0 }),
    steps: {
      read(state, self) {
        self.seen = state.n;
      },
      write(state, self) {
        state.n = self.seen + self.n;
      },
    },
  });
  const typed = world.withProcesses({ w: work, late: work });
  const scenario = typed.scenario({
    name: 'crash',
    about: 'A crash forgets what was read.',
    system: () => ({
      init: () => ({ n: 5, log: [] }),
      processes: { w: work.start(1) },
      faults: [
        typed.fault({
          name: 'crash',
          when: (_state, { w }) => w?.at === 'write',
          do: (_state, pick, processes) =>
            processes.restart(pick('who', ['w', 'late']), work.start(2)),
        }),
      ],
      properties: [
        typed.never(
          'a restarted process remembers',
          (_state, { w }) => w?.at === 'read' && w.vars['seen'] !== 0,
        ),
        typed.reachable('the restart adds its own number', ({ n }) => n === 7),
        typed.reachable(
          'a process that was not there begins',
          (_state, { late }) => late !== undefined,
        ),
      ],
    }),
  });
  expect(check(scenario).properties.map(({ verdict }) => verdict)).toEqual(Array(4).fill('holds'));
});
