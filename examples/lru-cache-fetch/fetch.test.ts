import { LRUCache as Cache1 } from 'lru-cache-11.2.1';
import { LRUCache as Cache2 } from 'lru-cache-11.2.2';
import { LRUCache as Cache5 } from 'lru-cache-11.5.3';
import { type Body, explore, replaySchedule } from 'racewright/async';
import { expect, test } from 'vitest';

/** What the test needs of each version. */
type CacheClass = new (options: {
  readonly max: number;
  readonly fetchMethod: (key: string) => Promise<string>;
  readonly ignoreFetchAbort: boolean;
  readonly allowStaleOnFetchAbort: boolean;
}) => {
  fetch(key: string, options: { readonly signal: AbortSignal }): Promise<string | undefined>;
  has(key: string): boolean;
};

/** Clients ask the cache for keys, each for its own, until one signal gives all of them up. */
function clients(Cache: CacheClass, keys: readonly string[]): Body {
  return async (kit) => {
    const load = kit.call('load', async (key: string) => `the value of ${key}`);
    const loads: Promise<string>[] = [];
    const cache = new Cache({
      max: 10,
      fetchMethod: (key) => {
        const loading = load(key);
        loads.push(loading);
        return loading;
      },
      // A client that gives up gets nothing, and the value is still kept for the next one.
      ignoreFetchAbort: true,
      allowStaleOnFetchAbort: true,
    });
    const signal = kit.abort('client');
    const ask = (key: string) => cache.fetch(key, { signal }).catch(() => undefined);
    await Promise.all(keys.map((key) => kit.task(key, () => ask(key))));
    await Promise.all(loads);
    const lost = keys.find((key) => !cache.has(key));
    if (lost !== undefined) throw new Error(`${lost} was loaded, and is not in the cache`);
  };
}

const aborts = { faults: { abort: 1 } } as const;

test('11.2.1 loses a value whose client gives up before it is loaded (issue 388)', async () => {
  const { failing } = await explore(clients(Cache1, ['a']), aborts);
  expect(failing.map(({ schedule }) => schedule)).toEqual([['a.start', 'client.abort', 'a.load']]);
});

test('11.2.2 keeps it: no order of one client fails', async () => {
  expect((await explore(clients(Cache2, ['a']), aborts)).verdict).toBe('holds');
});

test('11.2.2 loses one of two values that are loaded in the other order (issue 389)', async () => {
  const { failing } = await explore(clients(Cache2, ['a', 'b']), aborts);
  expect(failing.map(({ failure }) => failure)).toMatchObject([
    { error: { message: 'a was loaded, and is not in the cache' } },
  ]);
});

test('11.5.3 keeps both: no order of two clients fails', async () => {
  const { verdict, ledger } = await explore(clients(Cache5, ['a', 'b']), aborts);
  expect([verdict, ledger.isComplete]).toEqual(['holds', true]);
});

test('the schedule that loses a value on 11.2.1 loses none on 11.5.3', async () => {
  const schedule = ['a.start', 'client.abort', 'a.load'];
  const replaying = replaySchedule(clients(Cache1, ['a']), schedule);
  await expect(replaying).rejects.toThrow('a was loaded, and is not in the cache');
  await replaySchedule(clients(Cache5, ['a']), schedule);
});
