import { UsageError } from 'racewright';
import { expect, test } from 'vitest';
import { type Body, explore, type Kit, reportLines } from '../../src/async/index.ts';
import { told } from './told.ts';

const read = (kit: Kit) => kit.call('read', async () => 1);

/** A task of two calls beside an interval, and one that asks again and again. */
const ticking: Body = async (kit) => {
  let ticks = 0;
  let isReady = false;
  const timer = kit.timers.setInterval(() => {
    ticks += 1;
  }, 10);
  const ready = kit.call('ready', async () => {
    isReady = true;
  });
  const poll = async () => {
    while (!isReady) await kit.timers.sleep(20);
  };
  await Promise.all([
    kit.task('ann', ready, { begins: 'at once' }),
    kit.task('bob', poll, { begins: 'at once' }),
  ]);
  kit.timers.clearInterval(timer);
  if (ticks === 3) throw new Error('three ticks');
};

test('timers that come again and again have a budget, and the ledger has it', async () => {
  await expect(explore(ticking)).rejects.toThrow(UsageError);
  const one = await explore(ticking, { ticks: 1 });
  expect([one.verdict, one.ledger.ticks]).toEqual(['holds', 1]);
  expect(reportLines(one)).toContain(
    '  timers of one name fired at most 1 × while another step was possible than those',
  );
  const two = await explore(ticking, { ticks: 2 });
  expect(two.verdict).toBe('violated');
  await expect(explore(ticking, { ticks: -1 })).rejects.toThrow('ticks is -1');
});

test('timers without a budget left still fire where nothing else can', async () => {
  const seen = await told(
    async (kit, tell) => {
      let ticks = 0;
      await kit.task('ann', async () => {
        while (ticks < 5) {
          await kit.timers.sleep(1);
          ticks += 1;
        }
      });
      tell(`${ticks}`);
    },
    { ticks: 2 },
  );
  expect(seen).toEqual(['5']);
});

test('a signal ends an exploration between two schedules', async () => {
  const controller = new AbortController();
  let schedules = 0;
  const body: Body = async (kit) => {
    schedules += 1;
    if (schedules === 4) controller.abort();
    await Promise.all(['a', 'b', 'c'].map((task) => kit.task(task, read(kit))));
  };
  const { verdict, ledger } = await explore(body, { signal: controller.signal });
  expect([verdict, ledger.schedules, ledger.isComplete]).toEqual(['undecided', 3, false]);
  // The test that comes next need not wait for the one whose time is up.
  const time = new AbortController();
  const late = explore(
    async (kit) => {
      await read(kit)();
      time.abort();
      await read(kit)();
    },
    { signal: time.signal },
  );
  await expect(explore(body)).rejects.toThrow('another exploration is running');
  while (!time.signal.aborted) await new Promise((resolve) => setImmediate(resolve));
  expect((await explore((kit) => read(kit)())).verdict).toBe('holds');
  await late;
});

test('a failure is kept where a simpler schedule would have no end', async () => {
  const body: Body = async (kit) => {
    const timer = kit.timers.setInterval(() => {}, 1);
    await kit.task('ann', read(kit));
    kit.timers.clearInterval(timer);
    throw new Error('at the end');
  };
  const { failing } = await explore(body, { orders: { random: 5 } });
  expect(failing.map(({ failure }) => 'error' in failure && String(failure.error))).toEqual([
    'Error: at the end',
  ]);
});
