import nodeTimers from 'node:timers';
import { setInterval as everySo, scheduler, setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { type Body, explore, type Kit, replaySchedule } from '../../src/async/index.ts';
import { answerOf, told } from './told.ts';

/** Everything that is replaced, to be compared with what is there afterwards. */
const globals = () => [
  Object.getOwnPropertyDescriptors(nodeTimers),
  Object.getOwnPropertyDescriptor(performance, 'now'),
  Object.getOwnPropertyDescriptor(AbortSignal, 'timeout'),
  ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'Date'].map((name) =>
    Object.getOwnPropertyDescriptor(globalThis, name),
  ),
  wait,
  scheduler,
];

/** Loads a value, and gives up after a while. It takes no timers as a parameter. */
async function loadInTime(load: () => Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`late after ${Date.now() % 1_000_000} ms`), 100);
  });
  try {
    return await Promise.race([load(), late]);
  } finally {
    clearTimeout(timer);
  }
}

test('timers of code that does not take them as parameters fire in every order', async () => {
  const before = globals();
  const seen = await told(async (kit, tell) => {
    kit.globals({ now: 5_000_000 });
    tell(await kit.task('ann', () => loadInTime(kit.call('load', async () => 'value'))));
  });
  expect(seen).toEqual(['late after 100 ms', 'value']);
  expect(globals()).toEqual(before);
});

test('the globals are restored after a schedule that fails, throws or deadlocks', async () => {
  const before = globals();
  const bodies: Body[] = [
    (kit) => {
      kit.globals();
      throw new Error('at once');
    },
    async (kit) => {
      kit.globals();
      await wait(5);
      throw new Error('later');
    },
    async (kit) => {
      kit.globals();
      await wait(5);
      await new Promise(() => {});
    },
  ];
  for (const body of bodies) {
    expect((await explore(body)).verdict).toBe('violated');
    expect(globals()).toEqual(before);
  }
  await expect(replaySchedule(bodies[1] as Body, [])).rejects.toThrow('later');
  expect(globals()).toEqual(before);
});

test('time goes on where a timer fires, and not otherwise', async () => {
  const seen = await told(async (kit, tell) => {
    kit.globals({ now: new Date('2020-01-01T00:00:00Z') });
    const began = performance.now();
    await kit.call('step', async () => {})();
    await wait(1_500);
    await promisify(setTimeout)(500);
    const now = new Date();
    class Later extends Date {}
    const same = new Later() instanceof Date && now instanceof Date && new Date(5).getTime() === 5;
    tell(`${now.toISOString()} ${performance.now() - began} ${same} ${typeof Date()}`);
  });
  expect(seen).toEqual(['2020-01-01T00:00:02.000Z 2000 true string']);
});

test('immediates, intervals, promises of timers and signals with a time-out are controlled', async () => {
  const seen = await told(async (kit, tell) => {
    kit.globals();
    await new Promise((resolve) => setImmediate(resolve));
    await nodeTimers.promises.setTimeout(3);
    await scheduler.wait(4);
    let ticks = 0;
    for await (const value of everySo(5, 'tick')) {
      if (value === 'tick') ticks += 1;
      if (ticks === 3) break;
    }
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        ticks += 1;
        if (ticks < 6) return;
        clearInterval(timer);
        resolve();
      }, 10);
    });
    const signal = AbortSignal.timeout(50);
    const gone = await answerOf(wait(1_000, 'x', { signal }));
    tell(`${ticks} ${gone} ${(signal.reason as Error).name}`);
  });
  expect(seen).toEqual(['6 The operation was aborted TimeoutError']);
});

test('two timers of the code race where the later one waits less', async () => {
  const seen = await told(async (kit, tell) => {
    kit.globals();
    const order: string[] = [];
    const run = (name: string, delay: number) => async () => {
      await wait(delay);
      order.push(name);
    };
    await Promise.all([
      kit.task('long', run('long', 20), { begins: 'at once' }),
      kit.task('short', run('short', 10), { begins: 'at once' }),
    ]);
    tell(order.join(' '));
  });
  expect(seen).toEqual(['long short', 'short long']);
});

test('operations, kit.outside and code of other schedules keep the timers of Node', async () => {
  const body: Body = async (kit) => {
    kit.globals();
    await kit.outside(() => new Promise((resolve) => setTimeout(resolve, 1)));
    const read = kit.call('read', () => new Promise((resolve) => setTimeout(resolve, 1, 'row')));
    expect(await read()).toBe('row');
  };
  // What is begun outside of the schedule goes on by itself, while the schedule has the globals.
  let isOver = false;
  let ticks = 0;
  const outside = (async () => {
    for (; !isOver; ticks++) await new Promise((resolve) => setTimeout(resolve, 0));
  })();
  expect((await explore(body)).verdict).toBe('holds');
  isOver = true;
  await outside;
  expect(ticks).toBeGreaterThan(0);
});

test('a timer of the code is no longer a resource outside of the wrappers', async () => {
  const body = (isControlled: boolean) => async (kit: Kit) => {
    if (isControlled) kit.globals();
    await kit.task('ann', () => wait(5));
  };
  expect((await explore(body(false))).failing[0]?.failure.kind).toBe('uncontrolled');
  expect((await explore(body(true))).verdict).toBe('holds');
});

test('an ended schedule leaves its timers unfired, and wrong use is refused', async () => {
  let fired = 0;
  await explore(async (kit) => {
    kit.globals();
    setTimeout(() => {
      fired += 1;
    }, 1);
    await kit.call('end', async () => {})();
  });
  const counted = fired;
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(fired).toBe(counted);
  const twice: Body = (kit) => {
    kit.globals();
    kit.globals();
  };
  await expect(explore(twice)).rejects.toThrow('kit.globals is called twice');
  await expect(explore((kit) => kit.globals({ now: Number.NaN }))).rejects.toThrow('now is NaN');
});
