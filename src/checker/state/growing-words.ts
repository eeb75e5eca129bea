import { widened } from './layout.ts';

/** Larger arrays grow in place where the platform allows it. */
const LARGE = 1 << 18;
const PAGE_WORDS = 1 << 14;

/** A growing array of 32-bit words. After each change `words` may be another object. */
export interface Words {
  readonly words: Int32Array<ArrayBuffer>;
  readonly bytes: number;
  /** The bytes that the machine must give at once for `length` words. */
  bytesToReserve(length: number): number;
  /**
   * Makes room for at least `length` words. New words are 0. Throws a RangeError where there is no
   * memory.
   */
  reserve(length: number): void;
  /** Copies other words to the front. Words behind them stay. */
  replace(words: Int32Array<ArrayBuffer>): void;
}

/**
 * A growing array of 32-bit words. A large one lies in a WebAssembly memory, if there is one. There
 * it grows without being copied, and untouched words take no memory.
 */
export class GrowingWords implements Words {
  words: Int32Array<ArrayBuffer>;
  #memory: Memory | undefined;

  constructor(length: number) {
    this.words = new Int32Array(length);
  }

  get bytes(): number {
    return this.words.byteLength;
  }

  bytesToReserve(length: number): number {
    const more = this.#memory === undefined ? length : length - this.words.length;
    return Math.max(0, more) * Int32Array.BYTES_PER_ELEMENT;
  }

  reserve(length: number): void {
    if (length <= this.words.length) return;
    if (length < LARGE || !this.#growInPlace(length)) this.replace(widened(this.words, length));
  }

  replace(words: Int32Array<ArrayBuffer>): void {
    this.#memory = undefined;
    this.words = words;
  }

  #growInPlace(length: number): boolean {
    const pages = Math.ceil(length / PAGE_WORDS);
    try {
      if (this.#memory === undefined) this.#move(pages);
      else {
        this.#memory.grow(pages - this.words.length / PAGE_WORDS);
        this.words = new Int32Array(this.#memory.buffer);
      }
    } catch {
      // There is no WebAssembly, no address space, or the memory has reached its 4 GiB.
      return false;
    }
    return true;
  }

  #move(pages: number): void {
    const memory = newMemory(pages);
    const words = new Int32Array(memory.buffer);
    words.set(this.words);
    this.#memory = memory;
    this.words = words;
  }
}

/**
 * Makes words larger. Without room `leave` moves them elsewhere, and they are made larger there.
 * Throws the error of the second attempt, or of the first where there is no `leave`.
 */
export function growOrLeave(grow: () => void, leave: (() => void) | undefined): void {
  try {
    grow();
  } catch (error) {
    if (leave === undefined || !(error instanceof RangeError)) throw error;
    leave();
    grow();
  }
}

export interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** Throws where there is no WebAssembly. */
export function newMemory(pages: number): Memory {
  // The checker is compiled without platform types, so the compiler cannot know that this platform
  // has it.
  const { WebAssembly } = globalThis as unknown as {
    readonly WebAssembly: { readonly Memory: new (size: { initial: number }) => Memory };
  };
  return new WebAssembly.Memory({ initial: pages });
}
