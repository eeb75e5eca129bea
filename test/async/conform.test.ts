import { choice, spec, UsageError } from 'racewright';
import { expect, test } from 'vitest';
import {
  type Body,
  Deviation,
  driveByModel,
  expectNoFailure,
  explore,
  type ModelOptions,
  modelOf,
} from '../../src/async/index.ts';

interface Bank {
  balance: number;
  held: string | null;
}
const bank = spec<Bank>();
const withdraw = (locked: boolean) =>
  bank.flow({
    name: 'withdraw',
    vars: () => ({ seen: 0 }),
    steps: {
      lock: {
        when: (state) => !locked || state.held === null,
        do: (state, self) => {
          if (locked) state.held = self.pid;
        },
      },
      read(state, self) {
        self.seen = state.balance;
      },
      write(state, self) {
        state.balance = self.seen - 1;
        if (locked) state.held = null;
      },
    },
  });
const withdrawals = bank.scenario({
  name: 'withdrawals',
  about: 'Two clerks withdraw one coin each.',
  parameters: { lock: choice(['no', 'yes']) },
  system: ({ lock }) => {
    const flow = withdraw(lock === 'yes');
    return {
      init: () => ({ balance: 5, held: null }),
      processes: { ann: flow.start(), bob: flow.start() },
      properties: [
        bank.always(
          'no coin is paid twice',
          (state, { ann, bob }) => ann?.at !== 'done' || bob?.at !== 'done' || state.balance === 3,
        ),
      ],
    };
  },
});

const silent = { silent: ['lock'], unmodelled: ['start'] } as const;
const modelAt = (lock: 'no' | 'yes', options: ModelOptions = silent) =>
  modelOf(withdrawals, { ...options, parameters: { lock } });

/** The code: a lock is a chain of promises. `takes` is what it takes from the account. */
function code(model: ReturnType<typeof modelAt>, locked: boolean, takes = 1): Body {
  return async (kit) => {
    let balance = 5;
    let last: Promise<unknown> = Promise.resolve();
    const read = kit.call('read', async () => balance);
    const write = kit.call('write', async (value: number) => {
      balance = value;
    });
    kit.conforms(model, () => ({ balance }));
    const once = async () => write((await read()) - takes);
    const withLock = () => {
      const mine = locked ? last.then(once) : once();
      last = mine;
      return mine;
    };
    await Promise.all([kit.task('ann', withLock), kit.task('bob', withLock)]);
    if (balance !== 3) throw new Error(`${balance} coins are left`);
  };
}

test('code conforms to the model that has its lock, in every order', async () => {
  const model = modelAt('yes');
  const { verdict } = await expectNoFailure(code(model, true));
  expect(verdict).toBe('holds');
});

test('code without the lock deviates from a model with it, at the step that the lock forbids', async () => {
  const { failing } = await explore(code(modelAt('yes'), false));
  const [{ failure, schedule = [] } = {}] = failing;
  const error = failure?.kind === 'failed' ? failure.error : undefined;
  expect(error).toBeInstanceOf(Deviation);
  expect(schedule.slice(-1)).toEqual(['bob.read']);
  expect((error as Deviation).message).toBe(
    "the model 'withdrawals' does not allow bob.read here\nthe model allows there: ann.write",
  );
});

test('code without the lock conforms to the model without it, and fails as the model does', async () => {
  const model = modelAt('no');
  const { failing } = await explore(code(model, false));
  expect(failing.map(({ failure }) => String('error' in failure && failure.error))).toEqual([
    'Error: 4 coins are left',
  ]);
  const { verdict, runs } = await driveByModel(model, code(model, false));
  expect(verdict).toBe('violated');
  expect(runs).toEqual([
    {
      property: 'no coin is paid twice',
      modelSchedule: expect.arrayContaining(['ann.read', 'bob.read', 'ann.write', 'bob.write']),
      schedule: expect.arrayContaining(['ann.read', 'bob.read', 'ann.write', 'bob.write']),
      outcome: 'seen',
      why: '4 coins are left',
    },
  ]);
});

test('a counterexample of the model is refuted by code that has a lock', async () => {
  const model = modelAt('no');
  const { runs } = await driveByModel(model, code(model, true));
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({ outcome: 'refuted' });
  expect(runs[0]?.why).toMatch(
    /^the code cannot take bob\.read after \d steps; it can take ann\.write/,
  );
});

test('a state that the model does not reach is shown beside the state of the model', async () => {
  const model = modelAt('no');
  const { failing } = await explore(code(model, false, 2));
  const [{ failure } = {}] = failing;
  expect(failure?.kind === 'failed' ? (failure.error as Error).message : '').toBe(
    [
      "after ann.write the code is in a state that 'withdrawals' does not reach by it",
      '          code   model',
      'balance   3      4',
      'the model allows there: ann.write bob.read',
    ].join('\n'),
  );
});

test('a model that holds has no run to follow', async () => {
  const model = modelAt('yes');
  expect(await driveByModel(model, code(model, true))).toEqual({ verdict: 'holds', runs: [] });
});

/** Code that writes again where the write fails. */
const stubborn =
  (model: ReturnType<typeof modelAt>, changesFirst: boolean): Body =>
  async (kit) => {
    let balance = 5;
    kit.conforms(model, () => ({ balance }));
    const read = kit.call('read', async () => balance, { faults: [] });
    const write = kit.call('write', async (value: number) => {
      balance = value;
    });
    await kit.task('ann', async () => {
      const seen = await read();
      if (changesFirst) balance -= 1;
      await write(seen - 1).catch(() => write(seen - 1));
    });
  };

test('a call that fails is no step of the model, and one that times out is', async () => {
  const model = modelAt('no');
  for (const faults of [{ error: 1 }, { timeout: 1 }]) {
    const { verdict, failing } = await explore(stubborn(model, false), { faults });
    const errors = failing.map(({ failure }) => failure.kind === 'failed' && failure.error);
    // The model does not write twice, and code whose first write was done does.
    const again = "the model 'withdrawals' does not allow ann.write#2 here";
    if ('timeout' in faults) expect(String(errors)).toContain(again);
    else expect([verdict, errors]).toEqual(['holds', []]);
  }
});

test('code that changes its state although the call fails deviates', async () => {
  const { failing } = await explore(stubborn(modelAt('no'), true), { faults: { error: 1 } });
  expect(failing).toHaveLength(1);
});

const faulty = bank.scenario({
  name: 'faulty',
  about: 'A write that may fail, and then a coin is held back.',
  system: () => ({
    init: () => ({ balance: 5, held: null }),
    processes: {
      ann: bank
        .flow({
          name: 'write',
          steps: {
            write(state, self, pick) {
              const fault = pick('fault', ['none', 'error']);
              if (fault === 'error') state.held = self.pid;
              else state.balance -= 1;
            },
          },
        })
        .start(),
    },
  }),
});

test('a model that picks the fault of a step is compared with that of the call', async () => {
  const body =
    (holds: boolean): Body =>
    async (kit) => {
      const state: Bank = { balance: 5, held: null };
      kit.conforms(modelOf(faulty), () => ({ ...state }));
      const write = kit.call('write', async () => {
        state.balance -= 1;
      });
      const handle = () => {
        if (holds) state.held = 'ann';
        else state.balance -= 1;
      };
      await kit.task('ann', () => write().catch(handle), { begins: 'at once' });
    };
  expect((await explore(body(true), { faults: { error: 1 } })).verdict).toBe('holds');
  const { failing } = await explore(body(false), { faults: { error: 1 } });
  expect(failing.map(({ schedule }) => schedule)).toEqual([['ann.write[fault=error]']]);
});

const given =
  (abstraction: () => object): Body =>
  async (kit) => {
    kit.conforms(modelAt('no'), abstraction);
    await kit.task(
      'ann',
      kit.call('read', async () => {}),
    );
  };

test.each<[string, () => unknown]>([
  ["the abstraction returns 'saldo', which is no field", () => ({ saldo: 5 })],
  ['the abstraction does not return a record', () => 5],
  ['the abstraction does not return a record', () => [5]],
  ['the abstraction does not return a record', () => undefined],
  ['the abstraction returns no field', () => ({})],
  ['abstraction.balance was given a Date', () => ({ balance: new Date(0) })],
  ['NaN', () => ({ balance: Number.NaN })],
  ["begins in a state in which 'withdrawals' does not begin", () => ({ balance: 7 })],
])('an abstraction of the wrong shape is refused: %s', async (message, abstraction) => {
  await expect(expectNoFailure(given(abstraction as () => object))).rejects.toThrow(message);
});

test('a step of the code that the model lacks is refused, and the steps of the model are named', async () => {
  const body: Body = async (kit) => {
    kit.conforms(modelAt('no'), () => ({ balance: 5 }));
    await kit.task(
      'ann',
      kit.call('audit', async () => {}),
    );
  };
  await expect(expectNoFailure(body)).rejects.toThrow(
    "the model 'withdrawals' has no step 'audit', which the code takes (ann.audit)\nIts steps are lock, read, write.",
  );
});

test('wrong names of silent steps and wrong models are refused', async () => {
  expect(() => modelOf(withdrawals, { silent: ['lokc'] })).toThrow(UsageError);
  expect(() => modelOf({} as never)).toThrow('the model is not a scenario');
  const body: Body = (kit) => kit.conforms({} as never, () => ({}));
  await expect(expectNoFailure(body)).rejects.toThrow('the model is not what modelOf returns');
});
