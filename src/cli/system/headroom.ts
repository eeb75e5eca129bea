import { readFileSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Shares of the heap limit: above `asked` the garbage is collected; above `kept` the search has no
 * room to go on.
 */
const share = { asked: 0.85, kept: 0.75 };
/**
 * The share of the machine's memory that must stay free, where the search itself holds much of it.
 */
const freeShare = 0.03;
/**
 * Where one piece of the search makes the heap grow by this share of its limit, the pieces get
 * smaller.
 */
const pieceShare = 1 / 32;

/** Measures the memory of the process during a search. The checker itself only estimates it. */
export class Headroom {
  readonly #bytesMax: number;
  readonly #before: number;
  /** Bytes in use after the last collection. */
  #live = 0;
  #heapBefore: number;

  /** `bytesMax` bounds the growth of the process from now on. */
  constructor(bytesMax: number = Number.POSITIVE_INFINITY) {
    this.#bytesMax = bytesMax;
    const now = getHeapStatistics();
    this.#before = bytesOf(now);
    this.#heapBefore = now.used_heap_size;
  }

  /**
   * Why the search must stop now, given that it may ask for `growthBytes` at once; undefined while
   * there is room.
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
   * True where the last piece of the search took so much of the heap that the next one should be
   * smaller.
   */
  wasLarge(): boolean {
    const { used_heap_size, heap_size_limit } = getHeapStatistics();
    const growth = used_heap_size - this.#heapBefore;
    this.#heapBefore = used_heap_size;
    return growth > pieceShare * heap_size_limit;
  }

  #isBeyondBound(bytes: number): boolean {
    // Garbage should not count, but to collect it after each piece would take all the time.
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
 * The part of the heap limit that belongs to young objects: three semi-spaces of 16 MB each up to
 * V8 12 (Node 22), 64 MB in V8 13 (Node 24) and 32 MB from V8 14 (Node 26). Old objects have the
 * rest. V8 reports only the sum, and ends the process when the old objects have no room.
 */
const youngBytes = youngMegabytes(Number.parseInt(process.versions.v8, 10)) * 1024 * 1024;

function youngMegabytes(majorOfV8: number): number {
  if (majorOfV8 <= 12) return 48;
  return majorOfV8 === 13 ? 192 : 96;
}

function isShort({ used_heap_size, heap_size_limit }: Heap, most: number): boolean {
  // With smaller semi-spaces the old objects have more room than this.
  return used_heap_size > most * Math.max(heap_size_limit - youngBytes, heap_size_limit / 4);
}

function bytesOf({ used_heap_size, external_memory }: Heap): number {
  return used_heap_size + external_memory;
}

/**
 * True where the machine is short of memory. Systems promise more than they have, and then end a
 * process.
 */
function isMachineShort(heap: Heap): boolean {
  const all = totalmem();
  return bytesOf(heap) > all / 4 && freemem() < freeShare * all;
}

/**
 * V8 itself takes this much while it makes room for an array, and ends the process if it cannot.
 */
const ownBytes = 64 * 1024 * 1024;

/**
 * True where the address space is bounded (`ulimit -v`) and nearly full. V8 would end the process
 * instead of reporting that an array has no room.
 */
function areAddressesShort(growthBytes: number): boolean {
  addressesMax ??= addressLimit();
  if (addressesMax === Number.POSITIVE_INFINITY) return false;
  // The first number is the size of the process in pages, which have four kilobytes nearly
  // everywhere.
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
    // The flag adds `gc` only to contexts that are made later.
    const found: unknown = runInNewContext("typeof gc === 'function' ? gc : undefined");
    collect = typeof found === 'function' ? () => void found() : () => undefined;
  }
  collect();
}
