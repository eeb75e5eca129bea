import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { expect, test } from 'vitest';
import {
  type Body,
  expectNoFailure,
  explore,
  type Kit,
  replaySchedule,
  reportLines,
} from '../../src/async/index.ts';
import { told } from './told.ts';

const read = (kit: Kit) => kit.call('read', async () => 1);

test.each([
  ['queueMicrotask', queueMicrotask],
  ['process.nextTick', process.nextTick],
] as const)('an exception that nothing catches fails the schedule: %s', async (_, later) => {
  const body: Body = async (kit) => {
    await read(kit)();
    later(() => {
      throw new Error('too late');
    });
    await read(kit)();
  };
  const { failing } = await explore(body);
  expect(failing.map(({ failure }) => failure.kind)).toEqual(['uncaught']);
  await expect(replaySchedule(body, failing[0]?.schedule ?? [])).rejects.toThrow(
    'an exception is not caught: too late',
  );
});

test('listeners of the process are given back after a schedule that fails', async () => {
  const once = () => {};
  process.once('unhandledRejection', once);
  const before = ['unhandledRejection', 'uncaughtException'].map((event) =>
    process.rawListeners(event),
  );
  await explore((kit) => {
    void Promise.reject(new Error('left'));
    return read(kit)();
  });
  const after = ['unhandledRejection', 'uncaughtException'].map((event) =>
    process.rawListeners(event),
  );
  expect(after).toEqual(before);
  process.removeListener('unhandledRejection', once);
});

class Account {
  #balance = 1;
  set limit(value: number) {
    this.#balance = value;
  }
  get limit() {
    return this.#balance;
  }
  async read() {
    return this.#balance;
  }
  async twice() {
    return (await this.read()) + (await this.read());
  }
  peek() {
    return this.#balance;
  }
}

test('a method that returns a promise and is not wrapped is named, outside of kit.outside', async () => {
  const body =
    (isOutside: boolean): Body =>
    async (kit) => {
      const account = kit.client(new Account(), { methods: ['read'] });
      await account.read();
      if (isOutside) await kit.outside(() => account.twice());
      else await account.twice();
    };
  const { failing } = await explore(body(false));
  expect(reportLines(await explore(body(false))).join('\n')).toMatch(
    /a promise of 'twice', which the methods of the client do not name, created\n.*let-through/,
  );
  expect(failing.map(({ failure }) => failure.kind)).toEqual(['uncontrolled']);
  expect((await explore(body(true))).verdict).toBe('holds');
});

test('a client is what it wraps: accessors, class, keys, own methods and what is assigned', async () => {
  const seen = await told(async (kit, tell) => {
    const inner = Object.assign(new Account(), { note: 'n' });
    const account = kit.client(inner, { methods: ['read'] });
    account.limit = 7;
    account.note = 'm';
    const { peek } = account;
    const isKept = peek === account.peek && account.constructor === Account;
    const text = `${account.limit} ${account.peek()} ${await account.read()} ${inner.note}`;
    tell(
      `${text} ${isKept} ${account instanceof Account} ${Object.keys(account)} ${'read' in account}`,
    );
  });
  expect(seen).toEqual(['7 7 7 m true true note true']);
});

test('a frozen client and a client that is a function are wrapped', async () => {
  const seen = await told(async (kit, tell) => {
    const frozen = kit.client(Object.freeze({ read: async () => 1, n: 2 }), { methods: ['read'] });
    const callable = Object.assign((n: number) => n + 1, { read: async () => 3 });
    const wrapped = kit.client(callable, { methods: ['read'] });
    tell(`${await frozen.read()} ${frozen.n} ${wrapped(3)} ${await wrapped.read()}`);
  });
  expect(seen).toEqual(['1 2 4 3']);
});

test('an answer of fetch over a network arrives with its body', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(201, { 'x-tag': 'a' });
    response.write('{"a":');
    setTimeout(() => response.end('1}'), 2);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = `http://localhost:${(server.address() as AddressInfo).port}/x`;
  const seen = await told(async (kit, tell) => {
    const fetch = kit.fetch();
    await kit.task('ann', async () => {
      const response = await fetch(address);
      const { status, url } = response;
      const tag = response.headers.get('x-tag');
      tell(`${status} ${tag} ${url === address} ${JSON.stringify(await response.json())}`);
    });
  });
  server.close();
  expect(seen).toEqual(['201 a true {"a":1}']);
});

test('a signal keeps one listener for all calls that were answered, until the end', async () => {
  const counts: number[] = [];
  const after: (() => number)[] = [];
  await expectNoFailure(async (kit) => {
    const fetch = kit.fetch(async () => new Response());
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      listeners += 1;
      addEventListener.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      listeners -= 1;
      removeEventListener.apply(signal, args);
    };
    for (let i = 0; i < 3; i++) await fetch('http://a.test/', { signal });
    counts.push(listeners);
    after.push(() => listeners);
  });
  expect(new Set(counts)).toEqual(new Set([1]));
  expect(new Set(after.map((count) => count()))).toEqual(new Set([0]));
});

test('an event without a listener is emitted to none, and the emitter says so', async () => {
  const seen = await told(async (kit, tell) => {
    const emitter = kit.emitter('bus', new EventEmitter());
    const before = emitter.emit('word');
    emitter.on('word', () => {});
    tell(`${before} ${emitter.emit('word')}`);
    await kit.call('end', async () => {})();
  });
  expect(seen).toEqual(['false true']);
});

test('a body that waits for nothing is told to await', async () => {
  const body: Body = (kit) => {
    void kit.task('ann', read(kit));
    void kit.task('bob', read(kit));
  };
  await expect(explore(body)).rejects.toThrow(
    'the body ends before it is answered: ann.start, bob.start are parked\nAwait the tasks',
  );
});

test('a body that does not wait for a task is said not to', async () => {
  const exploration = await explore(async (kit) => {
    void kit.task('bob', read(kit));
    await kit.task('ann', read(kit));
  });
  expect(exploration.ledger.open).toEqual(['bob']);
  expect(reportLines(exploration)).toContain(
    '  the body did not always wait for bob: what they do after its end was not run',
  );
  const waits = await explore((kit) => kit.task('ann', read(kit)));
  expect(waits.ledger.open).toEqual([]);
});

test('a schedule that is longer than the run is of another version', async () => {
  const body: Body = (kit) => kit.task('ann', read(kit));
  await replaySchedule(body, ['ann.start', 'ann.read']);
  await expect(replaySchedule(body, ['ann.start', 'ann.read', 'ann.write'])).rejects.toThrow(
    "step 3: 'ann.write' is not enabled",
  );
});

test('a failure that was found is kept where a later schedule breaks', async () => {
  let schedules = 0;
  const body: Body = async (kit) => {
    schedules += 1;
    const name = schedules > 30 ? 'other' : 'call';
    const seen: string[] = [];
    const call = kit.call(name, async (task: string) => seen.push(task));
    await Promise.all(['a', 'b', 'c'].map((task) => kit.task(task, () => call(task))));
    if (seen[0] === 'a') throw new Error('a was first');
  };
  const exploration = await explore(body, { goesOn: true });
  expect(exploration.verdict).toBe('violated');
  expect(exploration.ledger.stopped).toContain('the same steps lead to different places');
  expect(reportLines(exploration).join('\n')).toContain('the exploration was ended by an error');
});

test('failures that differ after their first line are different failures', async () => {
  const { failing } = await explore(
    async (kit) => {
      const seen: string[] = [];
      const see = kit.call('see', async (name: string) => seen.push(name));
      await Promise.all(['ann', 'bob'].map((name) => kit.task(name, () => see(name))));
      throw new Error(`wrong\nfirst was ${seen[0]}`);
    },
    { goesOn: true },
  );
  expect(failing).toHaveLength(2);
});
