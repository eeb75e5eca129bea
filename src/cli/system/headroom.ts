import { readFileSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Of what the heap may hold: above `asked` garbage is collected, above `kept` there is no room to
 * go on.
 */
const share = { asked: 0.85, kept: 0.75 };
/**
 * Of the memory of the machine: what has to stay free for the search to go on, when it holds much
 * of it itself.
 */
const freeShare = 0.03;
/**
 * Growth of the heap in one piece of the search, as a part of what it may hold, at which the pieces
 * are made smaller.
 */
const pieceShare = 1 / 32;

/**
 * Watches what the process has of memory while a search runs: the checker counts, and this
 * measures.
 */
export class Headroom {
  readonly #bytesMax: number;
  readonly #before: number;
  /** What was in use after the last collection. */
  #live = 0;
  #heapBefore: number;

  /** `bytesMax` bounds what the process holds more than now. */
  constructor(bytesMax: number = Number.POSITIVE_INFINITY) {
    this.#bytesMax = bytesMax;
    const now = getHeapStatistics();
    this.#before = bytesOf(now);
    this.#heapBefore = now.used_heap_size;
  }

  /**
   * Why the search has to stop now, as it may ask for `growthBytes` at once; undefined while there
   * is room.
   */
  shortage(growthBytes: number): 'memory_max' | 'no_memory' | undefined {
    const now = getHeapStatistics();
    if (isShort(now, share.asked)) {
      collectGarbage();
      if (isShort(getHeapStatistics(), share.kept)) return 'no_memory';
    }
    if (this.#isBeyondBound(bytesOf(now))) return 'memory_max';
    return isMachineShort(now) || areAddressesShort(growthBytes) ? 'no_memory' : undefined;
  }

  /**
   * Whether the last piece of the search took so much of the heap that the next one should be
   * smaller.
   */
  wasLarge(): boolean {
    const { used_heap_size, heap_size_limit } = getHeapStatistics();
    const growth = used_heap_size - this.#heapBefore;
    this.#heapBefore = used_heap_size;
    return growth > pieceShare * heap_size_limit;
  }

  #isBeyondBound(bytes: number): boolean {
    // Garbage counts for nothing, but collecting it after each piece would take all the time.
    const grown = bytes - this.#before - this.#live;
    if (bytes - this.#before <= this.#bytesMax || grown < (this.#bytesMax - this.#live) / 4) {
      return false;
    }
    collectGarbage();
    this.#live = Math.max(0, bytesOf(getHeapStatistics()) - this.#before);
    return this.#live > this.#bytesMax;
  }
}

type Heap = ReturnType<typeof getHeapStatistics>;

/**
 * What the limit leaves to young objects, which are moved on when they stay: three semi-spaces, of
 * 16 MB each up to V8 12 (Node 22), 64 MB in V8 13 (Node 24) and 32 MB from V8 14 (Node 26). Old
 * objects have the rest. V8 tells the sum of both only, and ends the process when the old ones
 * have no room.
 */
const youngBytes = youngMegabytes(Number.parseInt(process.versions.v8, 10)) * 1024 * 1024;

function youngMegabytes(majorOfV8: number): number {
  if (majorOfV8 <= 12) return 48;
  return majorOfV8 === 13 ? 192 : 96;
}

function isShort({ used_heap_size, heap_size_limit }: Heap, most: number): boolean {
  // Where semi-spaces were made smaller, the old objects have more than this.
  return used_heap_size > most * Math.max(heap_size_limit - youngBytes, heap_size_limit / 4);
}

function bytesOf({ used_heap_size, external_memory }: Heap): number {
  return used_heap_size + external_memory;
}

/** What the system gives away beyond its memory it takes back by ending a process. */
function isMachineShort(heap: Heap): boolean {
  const all = totalmem();
  return bytesOf(heap) > all / 4 && freemem() < freeShare * all;
}

/**
 * What V8 asks of the machine while it makes room for an array, and ends the process when it does
 * not get it.
 */
const ownBytes = 64 * 1024 * 1024;

/**
 * Where the address space is bounded (`ulimit -v`), V8 ends the process before it says that an
 * array has no room.
 */
function areAddressesShort(growthBytes: number): boolean {
  addressesMax ??= addressLimit();
  if (addressesMax === Number.POSITIVE_INFINITY) return false;
  // The first number is the size of the process, in pages of four kilobytes nearly everywhere.
  const used = 4096 * Number.parseInt(readFileSync('/proc/self/statm', 'utf8'), 10);
  return used + growthBytes + ownBytes > addressesMax;
}

let addressesMax: number | undefined;

function addressLimit(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    const bytes = /^Max address space\s+(\d+)/m.exec(limits)?.[1];
    return bytes === undefined ? Number.POSITIVE_INFINITY : Number(bytes);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

let collect: (() => void) | undefined;

function collectGarbage(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    // The flag gives it to contexts that are made later.
    const found: unknown = runInNewContext("typeof gc === 'function' ? gc : undefined");
    collect = typeof found === 'function' ? () => void found() : () => undefined;
  }
  collect();
}
