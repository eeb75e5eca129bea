import { finish, mix, SEED } from '../state/state-hash.ts';
import type { Exchange, Members } from './members.ts';

/** Up to this many exchanges, all of them are tried where a few would be a sample. */
export const EVERY_MAX = 120;

/** All exchanges but the one that changes nothing. To be called only for a few members. */
export function everyExchange(members: Members): readonly Exchange[] {
  const all = [...placements(members.identity(), members)];
  return all.filter((exchange) => exchange.some((to, member) => to !== member));
}

/** The exchanges of two members that stand side by side; together they make all others. */
export function neighbours(members: Members): readonly Exchange[] {
  return members.sets.flatMap(({ first, size }) =>
    Array.from({ length: size - 1 }, (_, i) => members.swap(first + i, first + i + 1)),
  );
}

/** How many places these members can take together; perhaps a very large number. */
export function placementCount(placed: Iterable<number>, members: Members): number {
  const used = new Map<number, number>();
  let count = 1;
  for (const member of placed) {
    const set = members.setOf[member] as number;
    const taken = used.get(set) ?? 0;
    count *= (members.sets[set]?.size as number) - taken;
    used.set(set, taken + 1);
  }
  return count;
}

/** For each way to place these members, one exchange that does so. */
export function* placements(placed: Iterable<number>, members: Members): Generator<Exchange> {
  const list = [...placed];
  const exchange = new Int32Array(members.count).fill(-1);
  const taken = new Uint8Array(members.count);
  function* from(i: number): Generator<Exchange> {
    if (i === list.length) {
      yield completed(exchange, members);
      return;
    }
    const member = list[i] as number;
    const { first, size } = members.setAround(member);
    for (let to = first; to < first + size; to++) {
      if (taken[to] === 1) continue;
      taken[to] = 1;
      exchange[member] = to;
      yield* from(i + 1);
      exchange[member] = -1;
      taken[to] = 0;
    }
  }
  yield* from(0);
}

/** The members that have no place yet take the free ones in order. */
function completed(partial: Exchange, members: Members): Exchange {
  const exchange = partial.slice();
  for (const { first, size } of members.sets) {
    const taken = new Set(exchange.subarray(first, first + size));
    let free = first;
    for (let member = first; member < first + size; member++) {
      if ((exchange[member] as number) >= 0) continue;
      while (taken.has(free)) free += 1;
      exchange[member] = free;
      free += 1;
    }
  }
  return exchange;
}

/** Made-up exchanges, the same in each run. */
export class SampledExchanges {
  readonly #members: Members;
  #state = SEED;

  constructor(members: Members) {
    this.#members = members;
  }

  /** An exchange in which each order of each set is about equally likely. */
  any(): Exchange {
    const exchange = this.#members.identity();
    for (const { first, size } of this.#members.sets) {
      for (let left = size; left > 1; left--) {
        this.#exchange(exchange, first + left - 1, first + this.#below(left));
      }
    }
    return exchange;
  }

  /** An exchange of two members of one set. */
  pair(): Exchange {
    const { sets } = this.#members;
    const { first, size } = sets[this.#below(sets.length)] as { first: number; size: number };
    const one = this.#below(size);
    const other = (one + 1 + this.#below(size - 1)) % size;
    return this.#members.swap(first + one, first + other);
  }

  #exchange(exchange: Exchange, one: number, other: number): void {
    const kept = exchange[one] as number;
    exchange[one] = exchange[other] as number;
    exchange[other] = kept;
  }

  #below(count: number): number {
    this.#state = mix((this.#state + 0x6d2b79f5) | 0, count);
    return (finish(this.#state) >>> 0) % count;
  }
}

/** The exchange that undoes another one. */
export function inverse(exchange: Exchange): Exchange {
  const undone = new Int32Array(exchange.length);
  for (const [member, to] of exchange.entries()) undone[to] = member;
  return undone;
}
