import { expect, test } from 'vitest';
import { type Body, explore, type Kit } from '../../src/async/index.ts';
import { answerOf, told } from './told.ts';

test('a call is performed when it is released, and its answer is in the same step', async () => {
  const seen = await told(async (kit, tell) => {
    let value = 0;
    const add = kit.call('add', async () => ++value);
    const [a, b] = await Promise.all([kit.task('a', () => add()), kit.task('b', () => add())]);
    tell(`${a}${b}`);
  });
  expect(seen).toEqual(['12', '21']);
});

test('a call performed at once differs in its answer only', async () => {
  const seen = await told(async (kit, tell) => {
    let value = 0;
    const order: string[] = [];
    const add = kit.call('add', async () => ++value, { effect: 'at the call' });
    const run = async (name: string) => order.push(`${name}${await add()}`);
    const both = ['a', 'b'].map((name) => kit.task(name, () => run(name), { begins: 'at once' }));
    await Promise.all(both);
    tell(order.join(' '));
  });
  expect(seen).toEqual(['a1 b2', 'b2 a1']);
});

test('an operation apart from its answer lets others come in between', async () => {
  const seen = await told(async (kit, tell) => {
    const steps: string[] = [];
    const add = kit.call('add', async (name: string) => steps.push(`${name}!`), {
      effect: 'apart',
    });
    const run = async (name: string) => {
      await add(name);
      steps.push(name);
    };
    const both = ['a', 'b'].map((name) => kit.task(name, () => run(name), { begins: 'at once' }));
    await Promise.all(both);
    tell(steps.join(' '));
  });
  expect(seen).toEqual([
    'a! a b! b',
    'a! b! a b',
    'a! b! b a',
    'b! a! a b',
    'b! a! b a',
    'b! b a! a',
  ]);
});

test('each fault happens at most as often as its budget says', async () => {
  const body = async (kit: Kit, tell: (what: string) => void) => {
    let done = 0;
    const add = kit.call('add', async () => ++done, { faults: ['error', 'timeout'] });
    const both = ['a', 'b'].map((name) => kit.task(name, () => answerOf(add())));
    const answers = await Promise.all(both);
    const short = answers.map((answer) => answer.replace(/^add (\w+) .*/, '$1'));
    tell(`${short.sort().join(' ')}: ${done}`);
  };
  expect(await told(body)).toEqual(['1 2: 2']);
  expect(await told(body, { faults: { error: 1 } })).toEqual(['1 2: 2', '1 fails: 1']);
  expect(await told(body, { faults: { error: 2 } })).toEqual([
    '1 2: 2',
    '1 fails: 1',
    'fails fails: 0',
  ]);
  expect(await told(body, { faults: { timeout: 1 } })).toEqual(['1 2: 2', '1 is: 2', '2 is: 2']);
});

test('a lost answer is a deadlock, unless the code has a time-out', async () => {
  const waiting: Body = (kit) => kit.task('ann', () => kit.call('ask', async () => 'yes')());
  const { failing } = await explore(waiting, { faults: { lost: 1 } });
  expect(failing.map(({ failure }) => failure)).toEqual([{ kind: 'deadlock', waiting: ['ann'] }]);
  const seen = await told(
    async (kit, tell) => {
      const ask = kit.call('ask', async () => 'yes');
      const late = kit.timers.sleep(100).then(() => 'late');
      tell(await kit.task('ann', () => Promise.race([ask(), late])));
    },
    { faults: { lost: 1 } },
  );
  expect(seen).toEqual(['late', 'yes']);
});

test('the error of a fault is the one that the client would give', async () => {
  const seen = await told(
    async (kit, tell) => {
      const fails = (fault: string) => new Error(`ECONNRESET ${fault}`);
      const ask = kit.call('ask', async () => 'yes', { fails });
      tell(await kit.task('ann', () => answerOf(ask())));
    },
    { faults: { error: 1, timeout: 1 } },
  );
  expect(seen).toEqual(['ECONNRESET error', 'ECONNRESET timeout', 'yes']);
});

test('a client keeps its state, its other members and its identity in methods', async () => {
  class Counter {
    #count = 0;
    readonly name = 'counter';
    async add() {
      this.#count += 1;
      return this.#count;
    }
    peek() {
      return this.#count;
    }
  }
  const seen = await told(async (kit, tell) => {
    const counter = kit.client(new Counter(), { methods: { add: () => ({ writes: ['count'] }) } });
    await Promise.all(['a', 'b'].map((name) => kit.task(name, () => counter.add())));
    tell(`${counter.name} ${counter.peek()}`);
  });
  expect(seen).toEqual(['counter 2']);
});

test('an error of an operation reaches the code, as does one that is thrown at once', async () => {
  const seen = await told(async (kit, tell) => {
    const throws = (): Promise<never> => {
      throw new Error('at once');
    };
    const rejects = async () => Promise.reject(new Error('later'));
    tell(await answerOf(kit.call('throws', throws)()));
    tell(await answerOf(kit.call('rejects', rejects)()));
  });
  expect(seen).toEqual(['at once', 'later']);
});

test('a check is asked after each step, and then no order is left out', async () => {
  let asked = 0;
  const body: Body = async (kit) => {
    kit.check(() => {
      asked += 1;
    });
    const write = kit.call('write', async (row: string) => row, {
      describe: (row) => ({ writes: [row] }),
    });
    await Promise.all(
      ['a', 'b'].map((name) => kit.task(name, () => write(name), { begins: 'at once' })),
    );
  };
  const { ledger } = await explore(body);
  expect(ledger).toMatchObject({ schedules: 2, isReduced: false });
  // The first schedule is run twice before the others, and once after them.
  expect(asked).toBe(3 * (2 + 2));
});

test('a check may wait, and use what is not wrapped', async () => {
  const body: Body = async (kit) => {
    kit.check(() => new Promise((resolve) => setTimeout(resolve, 1)));
    await kit.task(
      'ann',
      kit.call('read', async () => {}),
    );
  };
  expect((await explore(body)).verdict).toBe('holds');
});

test('operations may use what is not wrapped, and take their time', async () => {
  const body: Body = async (kit) => {
    const read = kit.call('read', () => new Promise((resolve) => setTimeout(resolve, 2)));
    await Promise.all([kit.task('ann', () => read()), kit.task('bob', () => read())]);
  };
  const { verdict, ledger } = await explore(body);
  expect([verdict, ledger.schedules]).toEqual(['holds', 6]);
});

/** Two tasks on different keys, with a check that the body adds after its first step. */
const late =
  (isAsked: () => boolean): Body =>
  async (kit) => {
    const write = kit.call('write', async (row: string) => row, {
      describe: (row) => ({ writes: [row] }),
    });
    const twice = async (row: string) => {
      await write(row);
      if (row === 'a' && isAsked()) kit.check(() => {});
      await write(row);
    };
    await Promise.all(
      ['a', 'b'].map((name) => kit.task(name, () => twice(name), { begins: 'at once' })),
    );
  };

test('a check that is added after a step leaves no order out, either', async () => {
  expect((await explore(late(() => false))).ledger.schedules).toBeLessThan(6);
  const { ledger } = await explore(late(() => true));
  expect(ledger).toMatchObject({ schedules: 6, isReduced: false, isComplete: true });
});
