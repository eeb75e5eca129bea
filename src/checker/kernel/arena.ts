import { type Memory, newMemory, type Words } from '../state/growing-words.ts';
import { PARAMETERS, type Parameter } from './parameters.ts';

const PAGE_WORDS = 1 << 14;
const PAGES_MAX = 1 << 16;
/** The memory grows by at least this many pages. */
const PAGES_MIN = 64;
/** Regions begin on a cache line. */
const LINE_WORDS = 16;
/** Room for the parameters of the kernel, in front of all regions. */
const HEAD_WORDS = 1 << 10;
/** A region grows by this factor where there is no room to double it. */
const SLOW_GROWTH = 1.15;

const PLACES = new Map<Parameter, number>(PARAMETERS.map((name, at) => [name, at]));

/**
 * One WebAssembly memory with regions of words that can grow, so that a kernel reaches all of them.
 * A region that grows moves those behind it. Untouched words take no memory in most systems.
 */
export class Arena {
  /** The parameters of the kernel, one word each, in front of all regions. */
  #head: Int32Array<ArrayBuffer>;
  readonly memory: Memory;
  readonly #regions: Region[] = [];
  readonly #pagesMax: number;
  readonly #onMove: (() => void)[] = [];

  /** Throws where there is no WebAssembly. */
  constructor(pagesMax = PAGES_MAX) {
    this.#pagesMax = pagesMax;
    this.memory = newMemory(1);
    this.#head = new Int32Array(this.memory.buffer, 0, HEAD_WORDS);
  }

  /** The value that the kernel or its caller last gave a parameter. */
  get(name: Parameter): number {
    return this.#head[PLACES.get(name) as number] as number;
  }

  set(name: Parameter, value: number): void {
    this.#head[PLACES.get(name) as number] = value;
  }

  /** Calls `listener` when regions have moved, or views of them have become invalid. */
  onMove(listener: () => void): void {
    this.#onMove.push(listener);
  }

  /** Adds a region behind all others. */
  region(length: number): Region {
    const last = this.#regions.at(-1);
    const region = new Region(this, last === undefined ? HEAD_WORDS : last.end);
    this.#regions.push(region);
    region.reserve(length);
    return region;
  }

  /** Makes a region larger. Throws a RangeError where the memory would be too large. */
  grow(region: Region, length: number): void {
    try {
      this.#grow(region, Math.max(length, 2 * region.length));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#grow(region, Math.max(length, Math.ceil(SLOW_GROWTH * region.length)));
    }
  }

  #grow(region: Region, wanted: number): void {
    const length = Math.ceil(wanted / LINE_WORDS) * LINE_WORDS;
    const distance = length - region.length;
    const end = (this.#regions.at(-1) as Region).end;
    this.#reserve(end + distance);
    const all = new Int32Array(this.memory.buffer);
    all.copyWithin(region.end + distance, region.end, end);
    all.fill(0, region.end, Math.min(region.end + distance, end));
    const later = this.#regions.slice(this.#regions.indexOf(region) + 1);
    for (const other of later) other.start += distance;
    region.length = length;
    this.#renew();
  }

  #reserve(words: number): void {
    const pages = Math.ceil(words / PAGE_WORDS);
    const more = pages - this.memory.buffer.byteLength / (4 * PAGE_WORDS);
    if (more <= 0) return;
    if (pages > this.#pagesMax) throw new RangeError(NO_ROOM);
    // A memory that grows makes the platform collect garbage, so it grows seldom.
    this.memory.grow(Math.min(Math.max(more, PAGES_MIN), this.#pagesMax - pages + more));
  }

  /** Makes all views anew, because views of a memory that has grown are empty. */
  #renew(): void {
    const { buffer } = this.memory;
    this.#head = new Int32Array(buffer, 0, HEAD_WORDS);
    for (const region of this.#regions) region.renew(buffer);
    for (const listener of this.#onMove) listener();
  }
}

/** The message of V8 for an array that is too large. */
const NO_ROOM = 'Array buffer allocation failed';

/** A region of words in an arena. */
export class Region implements Words {
  words: Int32Array<ArrayBuffer> = new Int32Array(0);
  length = 0;
  /** Its start, in words. */
  start: number;
  readonly #arena: Arena;

  constructor(arena: Arena, start: number) {
    this.#arena = arena;
    this.start = start;
  }

  get end(): number {
    return this.start + this.length;
  }

  /** Its start in bytes, as a signed number of 32 bits. */
  get address(): number {
    return (4 * this.start) | 0;
  }

  get bytes(): number {
    return 4 * this.length;
  }

  bytesToReserve(length: number): number {
    return Math.max(0, 4 * (length - this.length));
  }

  reserve(length: number): void {
    if (length > this.length) this.#arena.grow(this, length);
  }

  replace(words: Int32Array): void {
    this.reserve(words.length);
    this.words.set(words);
  }

  renew(buffer: ArrayBuffer): void {
    this.words = new Int32Array(buffer, 4 * this.start, this.length);
  }
}
