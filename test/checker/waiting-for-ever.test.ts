import { expect, test } from 'vitest';
import { afterRun } from '../../src/checker/ends/after-run.ts';
import { Walker } from '../../src/explorer/walker.ts';
import { check, DEADLOCK, failuresOf, OUT_OF_REACH, replay, spec } from '../../src/index.ts';
import { resultLines } from '../../src/report/result-text.ts';
import { plainPaint } from '../../src/report/text-style.ts';
import { asked, lamp } from './ends-lamp.ts';

interface Locks {
  a: { by: string | null };
  b: { by: string | null };
  n: number;
}

const locks = spec<Locks>();

const two = locks.flow({
  name: 'two',
  vars: (x: 'a' | 'b', y: 'a' | 'b') => ({ x, y }),
  steps: {
    one: {
      when: (state, { x }) => state[x].by === null,
      do(state, { x, pid }) {
        state[x].by = pid;
      },
    },
    other: {
      when: (state, { y }) => state[y].by === null,
      do(state, { y, pid }) {
        state[y].by = pid;
      },
    },
    back(state, { x, y }) {
      state[x].by = null;
      state[y].by = null;
    },
  },
});

const tick = locks.action({
  name: 'tick',
  do(state) {
    state.n = 1 - state.n;
  },
});

const noop = locks.action({ name: 'noop', do() {} });

const lockedWith = (...actions: readonly (typeof tick)[]) =>
  locks.scenario({
    name: 'two-locks',
    about: 'Each takes its lock first, and then that of the other.',
    system: () => ({
      init: () => ({ a: { by: null }, b: { by: null }, n: 0 }),
      processes: { p: two.start('a', 'b'), q: two.start('b', 'a') },
      actions,
    }),
  });

const waits = [
  { process: 'p', at: 'other', for: [{ path: 'b.by', holder: 'q' }] },
  { process: 'q', at: 'other', for: [{ path: 'a.by', holder: 'p' }] },
];

test.each([
  ['alone', lockedWith(), undefined],
  ['while a clock ticks', lockedWith(tick), OUT_OF_REACH],
  ['beside a step that changes nothing', lockedWith(noop), OUT_OF_REACH],
] as const)(
  'S44: two processes that hold what the other needs wait for each other for ever, %s',
  (_, scenario, failingPart) => {
    const found = asked(check(scenario));
    expect([
      found.name,
      found.verdict,
      found.failingPart,
      found.trace?.schedule,
      found.waits,
    ]).toEqual([DEADLOCK, 'violated', failingPart, ['p.one', 'q.one'], waits]);
  },
);

test('the report names two processes that hold what the other needs, each with what it waits for and who holds that', () => {
  const text = resultLines(
    check(lockedWith(tick)),
    { shown: {}, expectedViolations: undefined, replayCommand: ['replay'], next: [] },
    { width: 100, paint: plainPaint },
  );
  expect(text.join('\n')).toContain(
    `     from here no end can be reached any more: p waits for ever at other, for b.by, which is q; q
     waits for ever at other, for a.by, which is p`,
  );
});

test('stepping through the run shows two processes that hold what the other needs', () => {
  const walker = new Walker(lockedWith(tick), {});
  const { walk } = walker.follow(['p.one', 'q.one']);
  const ends = [0, 1, 2].map((at) => walker.truths(walk, at).at(-1));
  expect(ends.map((end) => [end?.name, end?.truth, end?.part])).toEqual([
    [DEADLOCK, 'holds', undefined],
    [DEADLOCK, 'holds', undefined],
    [DEADLOCK, 'fails', OUT_OF_REACH],
  ]);
});

test('the report does not mention two processes that hold what the other needs where more states follow than it looks at', () => {
  const many = lamp.scenario({
    name: 'many',
    about: 'A long way to go.',
    system: () => ({
      init: () => ({ on: false, n: 0 }),
      actions: [
        lamp.action({
          name: 'count',
          do: (state) => {
            state.n += 1;
          },
        }),
      ],
      final: ({ n }) => n === 100_000,
    }),
  });
  const run = replay(many, []);
  expect(afterRun(many, run, {}, 50).prospect.kind).toBe('unknown');
  expect(failuresOf(many, run)).toEqual([]);
});
