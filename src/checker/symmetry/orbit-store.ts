import type { Layout } from '../state/layout.ts';
import { Visited } from '../state/visited.ts';
import type { Canonical } from './canonical-form.ts';
import type { Members } from './members.ts';

/** What an orbit store works with; known once the machine is. */
export interface OrbitParts {
  readonly layoutOf: () => Layout;
  /** The number of slots. */
  readonly countOf: () => number;
  readonly canonical: (vector: Int32Array) => Canonical;
  readonly members: Members;
  /** Each initial state as it was given, by its index. */
  readonly initial: readonly Int32Array[];
}

/** Stores one state for each orbit: a successor is looked up by its canonical state. */
export class OrbitStore extends Visited {
  #parts: OrbitParts | undefined;

  /** To be called once, before the first state. */
  use(parts: OrbitParts): void {
    this.#parts = parts;
  }

  /** The state as value numbers by slot. */
  vectorOf(state: number): Int32Array {
    return this.#unpacked(this.words, state * this.known.layoutOf().width);
  }

  override offer(from: number, masks: Int32Array, at: number, store: boolean): number {
    const { layoutOf, canonical } = this.known;
    const { width } = layoutOf();
    const packed = new Int32Array(width);
    for (let w = 0; w < width; w++) {
      packed[w] = (this.words[from * width + w] as number) ^ (masks[at + w] as number);
    }
    const { vector } = canonical(this.#unpacked(packed, 0));
    // A value that the layout cannot tell is in no stored state.
    if (!fits(vector, layoutOf())) return -1;
    return this.offerCanonical(from, vector, store);
  }

  /** As `offer`, for a canonical state whose values all have room in the layout. */
  offerCanonical(from: number, vector: Int32Array, store: boolean): number {
    const mask = this.#pack(vector);
    const base = from * mask.length;
    for (let w = 0; w < mask.length; w++) {
      mask[w] = (mask[w] as number) ^ (this.words[base + w] as number);
    }
    return super.offer(from, mask, 0, store);
  }

  /**
   * Writes a state into the free place behind all others, without storing it, and returns the
   * number of that place. The next new state or layout overwrites it.
   */
  place(vector: Int32Array): number {
    this.makeRoom(1);
    const packed = this.#pack(vector);
    this.words.set(packed, this.count * packed.length);
    return this.count;
  }

  /** What it works with. */
  get known(): OrbitParts {
    if (this.#parts === undefined) throw new Error('an orbit store without its parts');
    return this.#parts;
  }

  #unpacked(words: Int32Array, offset: number): Int32Array {
    const { layoutOf, countOf } = this.known;
    const { word, shift, mask } = layoutOf();
    const vector = new Int32Array(countOf());
    for (let slot = 0; slot < vector.length; slot++) {
      const bits = words[offset + (word[slot] as number)] as number;
      vector[slot] = (bits >>> (shift[slot] as number)) & (mask[slot] as number);
    }
    return vector;
  }

  #pack(vector: Int32Array): Int32Array {
    const { width, word, shift } = this.known.layoutOf();
    const packed = new Int32Array(width);
    for (let slot = 0; slot < vector.length; slot++) {
      const at = word[slot] as number;
      packed[at] = (packed[at] as number) | ((vector[slot] as number) << (shift[slot] as number));
    }
    return packed;
  }
}

function fits(vector: Int32Array, { mask }: Layout): boolean {
  return vector.every((number, slot) => (number & ~(mask[slot] as number)) === 0);
}
