import { EventEmitter, on, once } from 'node:events';
import { expect, test } from 'vitest';
import {
  type Body,
  type ExploreOptions,
  explore,
  type Kit,
  replaySchedule,
} from '../../src/async/index.ts';

/** The first line of the failure, after it was replayed; the verdict where no schedule fails. */
async function found(body: Body, options: ExploreOptions = {}): Promise<string> {
  const { verdict, failing } = await explore(body, options);
  const [first] = failing;
  if (first === undefined) return verdict;
  const error: Error = await replaySchedule(body, first.schedule).then(
    () => new Error('the replay passes'),
    (thrown) => thrown,
  );
  return error.message.split('\n')[0]?.replace('VIOLATED   ', '') ?? '';
}

/** A pool with a waiting list. A waiter that gave up may still be given a connection. */
class Pool {
  readonly #free: number[] = [1];
  readonly #waiting: ((connection: number) => void)[] = [];
  readonly #forgets: boolean;

  constructor(forgets: boolean) {
    this.#forgets = forgets;
  }

  get free(): number {
    return this.#free.length;
  }

  async acquire(): Promise<number> {
    const connection = this.#free.pop();
    if (connection !== undefined) return connection;
    return new Promise((resolve, reject) => {
      const take = (given: number) => {
        clearTimeout(timer);
        resolve(given);
      };
      const timer = setTimeout(() => {
        if (this.#forgets) this.#waiting.splice(this.#waiting.indexOf(take), 1);
        reject(new Error('no connection in time'));
      }, 100);
      this.#waiting.push(take);
    });
  }

  release(connection: number): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(connection);
    else next(connection);
  }
}

const pooled =
  (forgets: boolean): Body =>
  async (kit) => {
    kit.globals();
    const pool = new Pool(forgets);
    const query = kit.call('query', async () => {});
    const use = async () => {
      const connection = await pool.acquire().catch(() => undefined);
      if (connection === undefined) return;
      await query();
      pool.release(connection);
    };
    await Promise.all(['ann', 'bob'].map((name) => kit.task(name, use)));
    if (pool.free !== 1) throw new Error(`${pool.free} connections are free`);
  };

test('a pool loses a connection to a waiter that gave up, unless it forgets the waiter', async () => {
  expect(await found(pooled(false))).toBe('0 connections are free');
  expect(await found(pooled(true))).toBe('holds');
});

const flights =
  (keepsErrors: boolean): Body =>
  async (kit) => {
    const load = kit.call('load', async (key: string) => `value of ${key}`);
    const flying = new Map<string, Promise<string>>();
    const get = (key: string) => {
      const known = flying.get(key);
      if (known !== undefined) return known;
      const loading = load(key);
      flying.set(key, loading);
      if (!keepsErrors) loading.catch(() => flying.delete(key));
      return loading;
    };
    await Promise.allSettled(['ann', 'bob'].map((name) => kit.task(name, () => get('k'))));
    await get('k');
  };

test('a cache with one flight at a time keeps an error for ever, unless it drops it', async () => {
  expect(await found(flights(true), { faults: { error: 1 } })).toBe('load fails in this schedule');
  expect(await found(flights(false), { faults: { error: 1 } })).toBe('holds');
});

const deliveries =
  (isIdempotent: boolean): Body =>
  async (kit) => {
    kit.globals();
    const sent: string[] = [];
    const send = kit.call(
      'send',
      async (message: string) => {
        if (!isIdempotent || !sent.includes(message)) sent.push(message);
      },
      { describe: () => ({ writes: ['sent'] }) },
    );
    const deliver = async (message: string, tries: number): Promise<void> => {
      try {
        await send(message);
      } catch (error) {
        if (tries === 1) throw error;
        await new Promise((resolve) => setTimeout(resolve, 10));
        await deliver(message, tries - 1);
      }
    };
    await Promise.all(['m1', 'm2'].map((name) => kit.task(name, () => deliver(name, 3))));
    if (sent.length !== 2) throw new Error(`sent: ${sent.sort()}`);
  };

test('a queue with retries sends twice after a time-out, unless it is idempotent', async () => {
  const faults = { timeout: 1, error: 1 };
  expect(await found(deliveries(false), { faults })).toMatch(/^sent: m\d,m\d,m\d$/);
  expect(await found(deliveries(true), { faults })).toBe('holds');
});

const opening =
  (listensFirst: boolean): Body =>
  async (kit) => {
    const socket = kit.emitter('socket', new EventEmitter());
    const prepare = kit.call('prepare', async () => {});
    const wait = async () => {
      const opened = listensFirst ? once(socket, 'open') : undefined;
      await prepare();
      await (opened ?? once(socket, 'open'));
    };
    const connect = kit.call('connect', async () => socket.emit('open'));
    const waiting = kit.task('ann', wait, { begins: 'at once' });
    await Promise.all([waiting, kit.task('bob', connect, { begins: 'at once' })]);
  };

test('an event is missed by code that listens too late', async () => {
  expect(await found(opening(false))).toBe('deadlock: ann waits, and nothing is parked');
  expect(await found(opening(true))).toBe('holds');
});

test('events are read in their order by an asynchronous iterator', async () => {
  const body: Body = async (kit) => {
    const socket = kit.emitter('socket', new EventEmitter());
    const read: number[] = [];
    const reading = kit.task(
      'reader',
      async () => {
        for await (const [n] of on(socket, 'data')) if (read.push(n) === 2) return;
      },
      { begins: 'at once' },
    );
    await kit.task('writer', async () => {
      socket.emit('data', 1);
      await kit.call('pause', async () => {})();
      socket.emit('data', 2);
    });
    await reading;
    expect(read).toEqual([1, 2]);
  };
  expect(await found(body)).toBe('holds');
});

/** A lock of two places, taken by one task in the other order or in the same. */
const locks =
  (isOrdered: boolean): Body =>
  async (kit) => {
    const step = kit.call('step', async () => {});
    const held = new Map<string, Promise<void>>();
    const withLock = async (name: string, run: () => Promise<void>) => {
      for (let other = held.get(name); other !== undefined; other = held.get(name)) await other;
      const running = run().finally(() => held.delete(name));
      held.set(name, running);
      await running;
    };
    const both = (first: string, second: string) => () =>
      withLock(first, async () => {
        await step();
        await withLock(second, step);
      });
    await Promise.all([
      kit.task('ann', both('x', 'y')),
      kit.task('bob', isOrdered ? both('x', 'y') : both('y', 'x')),
      kit.task('cat', step),
    ]);
  };

test('two locks in different orders are a deadlock of those that hold them', async () => {
  expect(await found(locks(false))).toBe('deadlock: ann, bob wait, and nothing is parked');
  expect(await found(locks(true))).toBe('holds');
});

/** Pages are read while rows are inserted: by number, or after the last row that was seen. */
const paging =
  (byNumber: boolean): Body =>
  async (kit: Kit) => {
    let rows = ['b', 'd'];
    const page = kit.call('page', async (at: number, after: string) =>
      byNumber ? rows.slice(at, at + 1) : rows.filter((row) => row > after).slice(0, 1),
    );
    const insert = kit.call('insert', async () => {
      rows = ['a', ...rows];
    });
    async function* all() {
      let [seen, last] = [0, ''];
      for (;;) {
        const found = await page(seen, last);
        if (found.length === 0) return;
        yield* found;
        [seen, last] = [seen + 1, found[0] ?? ''];
      }
    }
    const read: string[] = [];
    const reader = async () => {
      for await (const row of all()) read.push(row);
    };
    await Promise.all([kit.task('reader', reader), kit.task('writer', insert)]);
    if (new Set(read).size !== read.length) throw new Error(`read: ${read}`);
  };

test('an asynchronous generator of pages reads a row twice, unless it pages by row', async () => {
  expect(await found(paging(true))).toMatch(/^read: (b,b,d|b,d,d)$/);
  expect(await found(paging(false))).toBe('holds');
});

test('the first answer of two servers wins, and an error of one is no error', async () => {
  const first =
    (combine: (all: readonly Promise<Response>[]) => Promise<Response>): Body =>
    async (kit) => {
      const fetch = kit.fetch(async (address) => new Response(String(address)));
      const both = ['http://a.test/', 'http://b.test/'].map((address) => fetch(address));
      for (const each of both) each.catch(() => {});
      await (await combine(both)).text();
    };
  const faults = { error: 1 };
  expect(
    await found(
      first((all) => Promise.race(all)),
      { faults },
    ),
  ).toBe('GET / fails in this schedule');
  expect(
    await found(
      first((all) => Promise.any(all)),
      { faults },
    ),
  ).toBe('holds');
});
