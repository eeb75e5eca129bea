import { expect, test } from 'vitest';
import {
  type Body,
  expectNoFailure,
  explore,
  replaySchedule,
  reportLines,
} from '../../src/async/index.ts';
import { interleavings, withdrawTwice } from './bodies.ts';

/** Tasks of so many calls each, on one key or each on its own. */
const tasks =
  (lists: readonly number[], keyOf: ((task: number) => string) | undefined): Body =>
  async (kit) => {
    await Promise.all(
      lists.map((calls, task) => {
        const describe = () => (keyOf === undefined ? {} : { writes: [keyOf(task)] });
        const call = kit.call('call', async () => {}, { describe });
        const run = async () => {
          for (let i = 0; i < calls; i++) await call();
        };
        return kit.task(`t${task}`, run, { begins: 'at once' });
      }),
    );
  };

test.each([[[2, 2]], [[5, 5]], [[2, 2, 2]], [[1, 2, 3]], [[1, 1, 1, 1]]])(
  'calls without keys are run in every interleaving of %j calls, each once',
  async (lists) => {
    const { verdict, ledger } = await explore(tasks(lists, undefined));
    expect(verdict).toBe('holds');
    expect(ledger).toMatchObject({ schedules: interleavings(lists), pruned: 0, isReduced: false });
    const sameKey = await explore(tasks(lists, () => 'row'));
    expect(sameKey.ledger.schedules).toBe(interleavings(lists));
  },
);

test('tasks on different keys need one schedule instead of all interleavings', async () => {
  const { verdict, ledger } = await explore(tasks([3, 3, 2], (task) => `row${task}`));
  expect([verdict, ledger.schedules, ledger.isReduced]).toEqual(['holds', 1, true]);
  expect(interleavings([3, 3, 2])).toBe(560);
});

test('the start of a task is a step of its own', async () => {
  const { ledger } = await explore(async (kit) => {
    const call = kit.call('call', async () => {});
    await Promise.all(['ann', 'bob'].map((name) => kit.task(name, () => call())));
  });
  expect(ledger.schedules).toBe(interleavings([2, 2]));
});

test.each([
  ['all orders', {}],
  ['one preemption', { orders: { preemptions: 1 } }],
  ['random orders', { orders: { random: 200 } }],
  ['random priorities', { orders: { priorities: 200, depth: 2 } }],
] as const)(
  '%s find the race, and the simplest schedule has one preemption',
  async (_, options) => {
    const { verdict, failing } = await explore(withdrawTwice, options);
    expect(verdict).toBe('violated');
    const [{ schedule = [] } = {}] = failing;
    expect(schedule).toHaveLength(6);
    const tasks = schedule.map((entry) => entry.slice(0, 3));
    const switches = tasks.filter((task, i) => i > 0 && task !== tasks[i - 1]);
    expect(switches.length).toBeLessThanOrEqual(2);
    await expect(replaySchedule(withdrawTwice, schedule)).rejects.toThrow(
      'one coin was paid 2 times',
    );
  },
);

test('no preemption means no race', async () => {
  const { verdict, ledger } = await explore(withdrawTwice, { orders: { preemptions: 0 } });
  expect(verdict).toBe('undecided');
  expect(ledger).toMatchObject({ isComplete: false, schedules: 2 });
});

test('a failing test prints the schedule, its answers and the call that repeats it', async () => {
  const error = await expectNoFailure(withdrawTwice).catch((thrown: Error) => thrown);
  expect((error as Error).message).toMatchInlineSnapshot(`
    "VIOLATED   one coin was paid 2 times

         step        answer
      1  ann.start
      2  ann.read    1
      3  bob.start
      4  bob.read    1
      5  bob.write
    ✗ 6  ann.write
         one coin was paid 2 times

      to replay it:
      await replaySchedule(body, ['ann.start', 'ann.read', 'bob.start', 'bob.read', 'bob.write', 'ann.write']);

      2 schedules of at most 6 steps, 14 to make the failing one simpler
      asked for: all orders; the exploration ended at a failure
      no call failed, was lost or aborted: no fault has a budget
      what is not wrapped was looked for in the first schedule and in failing ones"
  `);
});

test('a schedule can be given in part: the code goes on without a further interruption', async () => {
  const begin = ['ann.start', 'ann.read', 'bob.start', 'bob.read'];
  await expect(replaySchedule(withdrawTwice, begin)).rejects.toThrow('paid 2 times');
  await expect(replaySchedule(withdrawTwice, [])).resolves.toBeUndefined();
});

test('an exploration that goes on collects each different failure once', async () => {
  const body: Body = async (kit) => {
    const seen: string[] = [];
    const see = kit.call('see', async (name: string) => seen.push(name));
    await Promise.all(['ann', 'bob', 'cat'].map((name) => kit.task(name, () => see(name))));
    throw new Error(seen.join());
  };
  const { failing } = await explore(body, { goesOn: true });
  const messages = failing.map(({ failure }) => ('error' in failure ? failure.error : undefined));
  expect(messages.map(String).sort()).toEqual([
    'Error: ann,bob,cat',
    'Error: ann,cat,bob',
    'Error: bob,ann,cat',
    'Error: bob,cat,ann',
    'Error: cat,ann,bob',
    'Error: cat,bob,ann',
  ]);
});

test('what was cut off is undecided and fails a test that asks for all orders', async () => {
  const body = tasks([4, 4], undefined);
  const exploration = await explore(body, { schedulesMax: 20 });
  expect(exploration.verdict).toBe('undecided');
  expect(reportLines(exploration)).toContain('  asked for: all orders; other orders were not run');
  await expect(expectNoFailure(body, { schedulesMax: 20 })).rejects.toThrow('undecided');
  const exact = await explore(body, { schedulesMax: interleavings([4, 4]) });
  expect(exact.verdict).toBe('holds');
});

test('the same seed draws the same orders', async () => {
  const orders = async (seed: number) => {
    const drawn: string[] = [];
    const body: Body = async (kit) => {
      const seen: string[] = [];
      const see = kit.call('see', async (name: string) => seen.push(name));
      await Promise.all(['ann', 'bob', 'cat'].map((name) => kit.task(name, () => see(name))));
      drawn.push(seen.join());
    };
    await explore(body, { orders: { random: 30, seed } });
    return drawn;
  };
  expect(await orders(7)).toEqual(await orders(7));
  expect(await orders(7)).not.toEqual(await orders(8));
});
