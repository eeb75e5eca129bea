import { ReplayError, UsageError } from 'racewright';
import { expect, test } from 'vitest';
import {
  type Body,
  type ExploreOptions,
  expectNoFailure,
  explore,
  type Kit,
  replaySchedule,
  StateKept,
} from '../../src/async/index.ts';
import { withdrawTwice } from './bodies.ts';

const one: Body = (kit) => kit.task('ann', () => kit.call('read', async () => 1)());

test('a timer that is not wrapped fails the test, and the message has the line that sets it', async () => {
  const body: Body = (kit) =>
    kit.task('ann', async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
    });
  const error: Error = await expectNoFailure(body).then(
    () => new Error('passed'),
    (thrown) => thrown,
  );
  expect(error.message).toContain('Timeout (setTimeout or setInterval), created');
  expect(error.message).toMatch(/bad-input\.test\.ts:\d+:\d+/);
  expect(error.message).not.toMatch(/src\/async\//);
});

test('what is not wrapped is found although the body passes', async () => {
  const body: Body = async (kit) => {
    clearTimeout(setTimeout(() => {}, 1000));
    await one(kit);
  };
  await expect(expectNoFailure(body)).rejects.toThrow('something asynchronous is not wrapped');
});

test('what is not wrapped is found on the schedule that fails, if not on the first', async () => {
  const body: Body = async (kit) => {
    let isSet = false;
    const set = kit.call('set', async () => {
      isSet = true;
    });
    const look = async () => {
      await kit.call('look', async () => {})();
      if (isSet) await new Promise((resolve) => setTimeout(resolve, 1));
    };
    await Promise.all([kit.task('ann', look), kit.task('bob', set)]);
  };
  await expect(expectNoFailure(body)).rejects.toThrow('something asynchronous is not wrapped');
});

test('writing to the console is no fault', async () => {
  await expectNoFailure(async (kit) => {
    console.debug('');
    await one(kit);
  });
});

test('a wrapped call that never settles is an error that names it', async () => {
  const body: Body = (kit) =>
    kit.task('ann', () => kit.call('read', () => new Promise(() => {}))());
  const settling = expectNoFailure(body, { callTimeout: 20 });
  await expect(settling).rejects.toThrow('the operation of ann.read has not settled in 0.02 s');
});

test('a body that waits for what never comes is a deadlock that names its tasks', async () => {
  const body: Body = (kit) =>
    kit.task('ann', async () => {
      await new Promise(() => {});
    });
  await expect(expectNoFailure(body)).rejects.toThrow('deadlock: ann waits, and nothing is parked');
});

test('a rejection that is not handled fails the schedule', async () => {
  const body: Body = async (kit) => {
    const read = kit.call('read', async () => {
      throw new Error('no such row');
    });
    const left = read();
    await kit.call('wait', async () => {})();
    expect(left).toBeInstanceOf(Promise);
  };
  await expect(expectNoFailure(body)).rejects.toThrow('a rejection is not handled: no such row');
});

test('code that keeps state between schedules is refused', async () => {
  let calls = 0;
  const other: Body = (kit) => {
    calls += 1;
    return kit.task(
      'ann',
      kit.call(`read${calls}`, async () => 1),
    );
  };
  await expect(explore(other)).rejects.toThrow(StateKept);
  const answers: Body = (kit) =>
    kit.task(
      'ann',
      kit.call('read', async () => ++calls),
    );
  await expect(explore(answers)).rejects.toThrow(/in the second run: .* answer \d+/);
});

test('a failure that only comes of what earlier schedules left behind is refused', async () => {
  let schedules = 0;
  const body: Body = async (kit) => {
    schedules += 1;
    await Promise.all(
      ['a', 'b', 'c'].map((task) =>
        kit.task(
          task,
          kit.call('call', async () => {}),
        ),
      ),
    );
    if (schedules > 9) throw new Error('the tenth one fails');
  };
  await expect(explore(body)).rejects.toThrow(
    /in the first run: {2}the body passes\nin the second run: the tenth one fails/,
  );
});

test('code that first differs in a later schedule is refused, too', async () => {
  let schedules = 0;
  const body: Body = async (kit) => {
    schedules += 1;
    const name = schedules > 4 ? 'other' : 'call';
    await Promise.all(
      ['a', 'b', 'c'].map((task) =>
        kit.task(
          task,
          kit.call(name, async () => {}),
        ),
      ),
    );
  };
  await expect(explore(body)).rejects.toThrow(StateKept);
});

test('a schedule of another version names its first entry that is not possible', async () => {
  const replaying = replaySchedule(withdrawTwice, ['ann.start', 'ann.raed']);
  await expect(replaying).rejects.toThrow(ReplayError);
  await expect(replaying).rejects.toThrow(
    "step 2: 'ann.raed' is not enabled\nEnabled there:\n  bob.start\n  ann.read",
  );
});

test.each<[string, ExploreOptions]>([
  ['there is no option', { oders: 'all' } as ExploreOptions],
  ['there is no fault', { faults: { crash: 1 } } as ExploreOptions],
  ['budget of fault', { faults: { error: -1 } }],
  ['budget of fault', { faults: { error: Number.NaN } }],
  ['schedulesMax is 0', { schedulesMax: 0 }],
  ['callTimeout is', { callTimeout: Number.POSITIVE_INFINITY }],
  ['orders is "some"', { orders: 'some' } as unknown as ExploreOptions],
  ['orders is null', { orders: null } as unknown as ExploreOptions],
  ['preemptions is', { orders: { preemptions: 1.5 } }],
  ['random is', { orders: { random: 0 } }],
  ['seed is', { orders: { random: 5, seed: Number.NaN } }],
  ['depth is', { orders: { priorities: 5, depth: 0 } }],
])('a wrong option is refused: %s', async (message, options) => {
  await expect(explore(one, options)).rejects.toThrow(UsageError);
  await expect(explore(one, options)).rejects.toThrow(message);
});

test.each<[string, (kit: Kit) => unknown]>([
  ['parks nothing', () => {}],
  ["call 'read' is not a function but number", (kit) => kit.call('read', 3 as never)],
  ['a call needs a name', (kit) => kit.call('', async () => {})],
  ['a task needs a name', (kit) => kit.task(3 as never, async () => {})],
  ["two tasks 'ann'", (kit) => [kit.task('ann', () => {}), kit.task('ann', () => {})]],
  ["no method 'find'", (kit) => kit.client({}, { methods: ['find'] as never })],
  ["emitter 'bus' is not", (kit) => kit.emitter('bus', {} as never)],
  ["stream 'jobs' is not", (kit) => kit.stream('jobs', 5 as never)],
])('wrong use of the kit says so: %s', async (message, body) => {
  await expect(expectNoFailure(async (kit) => void (await body(kit)))).rejects.toThrow(message);
});

test('a body that is no function is refused', async () => {
  await expect(explore(undefined as never)).rejects.toThrow('the body is not a function');
  await expect(replaySchedule(one, 'ann.start' as never)).rejects.toThrow('no list of texts');
});

test('keys that leave out what the code changes between two calls are refused', async () => {
  const body: Body = async (kit) => {
    let shared = 0;
    const call = kit.call('call', async (row: string) => row, {
      describe: (row) => ({ writes: [row] }),
    });
    const run = async (row: string) => {
      await call(row);
      shared += 1;
      await kit.call(`number${shared}`, async () => {}, {
        describe: () => ({ writes: [row] }),
      })();
    };
    await Promise.all(
      ['a', 'b'].map((name) => kit.task(name, () => run(name), { begins: 'at once' })),
    );
  };
  const exploring = explore(body);
  await expect(exploring).rejects.toThrow(UsageError);
  await expect(exploring).rejects.toThrow(
    'the keys of a.call and b.call do not meet, and still their order matters',
  );
});

test('a key that is missing is found where no pair of steps shows it', async () => {
  const body: Body = async (kit) => {
    const log: string[] = [];
    const write = kit.call('write', async (_key: string) => {}, {
      describe: (key) => ({ writes: [key] }),
    });
    const once = async (name: string) => {
      await write(name);
      log.push(name);
    };
    const often = async () => {
      for (let i = 0; i < 4; i++) await write('row');
    };
    const begin = (name: string, run: () => Promise<void>) =>
      kit.task(name, run, { begins: 'at once' });
    await Promise.all([
      ...['a', 'b', 'c', 'd'].map((name) => begin(name, () => once(name))),
      ...['x', 'y'].map((name) => begin(name, often)),
    ]);
    if (log.join('') === 'badc') throw new Error('two changes at once');
  };
  await expect(explore(body)).rejects.toThrow(
    /^two orders of steps that differ .*\n(.*\n)*.*: two changes at once/,
  );
});

test('a body that goes on for ever is refused with its last steps', async () => {
  const body: Body = async (kit) => {
    kit.timers.setInterval(() => {}, 5);
    await new Promise(() => {});
  };
  const exploring = explore(body, { stepsMax: 20 });
  await expect(exploring).rejects.toThrow(UsageError);
  await expect(exploring).rejects.toThrow('a schedule has not ended after 20 steps');
});

test('two explorations at once are refused', async () => {
  const [first, second] = await Promise.allSettled([explore(one), explore(one)]);
  expect([first.status, second.status]).toEqual(['fulfilled', 'rejected']);
  await expect(explore(() => explore(one))).rejects.toThrow('another exploration is running');
  expect((await explore(one)).verdict).toBe('holds');
});

test.each([
  ['a.b'],
  ['__proto__'],
  ['ünï cödé'],
  [' '],
  ['x\u202ey'],
  ["it's"],
  ['a[b=c]'],
  ['#2'],
])('a name is quoted in schedules where needed, and replayed: %j', async (name) => {
  const body: Body = async (kit) => {
    const call = kit.call(name, async () => {});
    await Promise.all([kit.task(name, () => call()), kit.task('other', () => call())]);
    throw new Error('at the end');
  };
  const { failing } = await explore(body);
  const [{ schedule = [] } = {}] = failing;
  expect(schedule).toHaveLength(4);
  await expect(replaySchedule(body, schedule)).rejects.toThrow('at the end');
});

test('a name with a number does not meet the number of a repeated name', async () => {
  const schedules = new Set<string>();
  const body: Body = async (kit) => {
    const done: string[] = [];
    const names = ['read', 'read#2', 'read'];
    const calls = names.map((name, i) => kit.call(name, async () => done.push(`${i}`))());
    await Promise.all(calls);
    schedules.add(done.join(''));
  };
  expect((await explore(body)).verdict).toBe('holds');
  expect([...schedules].sort()).toEqual(['012', '021', '102', '120', '201', '210']);
});
