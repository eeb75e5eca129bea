import type { Redis } from 'ioredis';
import { difference, type Maker, makerHash } from '../machines/maker.ts';
import { workerKey, workersKey } from './keys.ts';

/** Milliseconds between two signs of life. */
export const beatMs = 5_000;
/** Milliseconds without a sign after which a worker counts as gone. */
const goneMs = 3 * beatMs;

/** Says that a worker is there. */
export async function showPresence(redis: Redis, id: string, maker: Maker): Promise<void> {
  await redis.sadd(workersKey, id);
  await redis.set(workerKey(id), JSON.stringify(maker), 'PX', goneMs);
}

/** Says that a worker has left. */
export async function endPresence(redis: Redis, id: string): Promise<void> {
  await redis.del(workerKey(id));
  await redis.srem(workersKey, id);
}

/** The workers at a server: how many are of this racewright, and how another one differs. */
export interface Presence {
  readonly same: number;
  readonly otherwise: string | undefined;
}

export async function presenceAt(redis: Redis, own: Maker): Promise<Presence> {
  const ids = await redis.smembers(workersKey);
  const texts = ids.length === 0 ? [] : await redis.mget(ids.map(workerKey));
  const gone = ids.filter((_, i) => texts[i] === null);
  if (gone.length > 0) await redis.srem(workersKey, ...gone);
  // Workers of any version have written them.
  const makers = texts.flatMap((text) => (text === null ? [] : [JSON.parse(text) as Maker]));
  const hash = makerHash(own);
  const others = makers.filter((maker) => makerHash(maker) !== hash);
  const [other] = others;
  return {
    same: makers.length - others.length,
    otherwise: other === undefined ? undefined : difference(own, other),
  };
}
