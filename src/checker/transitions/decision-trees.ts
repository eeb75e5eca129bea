import { type Layout, widened } from '../state/layout.ts';

/**
 * The fields of a node: word, shift and mask of its slot, the place and number of its children, and
 * the slot itself.
 */
const WORD = 0;
const SHIFT = 1;
const MASK = 2;
const CHILDREN = 3;
const CAPACITY = 4;
const SLOT = 5;
const HEADER = 6;

/** The answer of `find` where no leaf is known yet. */
export const NO_LEAF = -1;

/**
 * What a recipe did as a function of what it read: first slot read, its value, next slot read, …, a
 * leaf. All trees lie in one array of integers. A child is 0 (unknown yet), the place of a node, or
 * -(leaf + 1).
 */
export class DecisionTrees {
  #pool = new Int32Array(1 << 8);
  /** The next free place. It is never 0, because a child of 0 means none. */
  #end = 1;
  /** By tree: its root. `relayout` reclaims the space of dropped trees and moved children. */
  readonly #roots: number[] = [];
  #layout: Layout;
  /**
   * Places that have changed since the last call of `changes`; undefined while nothing calls it.
   */
  #changed: number[] | undefined;
  #endBefore = 0;

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /** The words of all trees. Those before `end` are in use. */
  get pool(): { readonly words: Int32Array; readonly end: number } {
    return { words: this.#pool, end: this.#end };
  }

  /** The place of the first node of a tree, -(leaf + 1), or 0. */
  rootOf(tree: number): number {
    return this.#roots[tree] as number;
  }

  /**
   * The places of the pool that have changed since the last call: single ones, and all from `from`
   * on. After a new layout, and at the first call, that is everything.
   */
  changes(): { readonly places: readonly number[]; readonly from: number } {
    const answer = { places: this.#changed ?? [], from: this.#changed ? this.#endBefore : 0 };
    this.#changed = [];
    this.#endBefore = this.#end;
    return answer;
  }

  get count(): number {
    return this.#roots.length;
  }

  get bytes(): number {
    return this.#pool.byteLength;
  }

  /** Adds an empty tree and returns its number. */
  add(): number {
    return this.#roots.push(0) - 1;
  }

  /** Whether a tree answers without reading a slot. */
  isConstant(tree: number): boolean {
    return (this.#roots[tree] as number) < 0;
  }

  /** Forgets all trees; their numbers begin anew. */
  clear(): void {
    this.#roots.length = 0;
    this.relayout(this.#layout);
  }

  drop(tree: number): void {
    this.#roots[tree] = 0;
  }

  /** The leaf for the state at `words[offset]…`, or NO_LEAF. */
  find(tree: number, words: Int32Array, offset: number): number {
    const pool = this.#pool;
    let node = this.#roots[tree] as number;
    while (node > 0) {
      const word = words[offset + (pool[node + WORD] as number)] as number;
      const number = (word >>> (pool[node + SHIFT] as number)) & (pool[node + MASK] as number);
      if (number >= (pool[node + CAPACITY] as number)) return NO_LEAF;
      node = pool[(pool[node + CHILDREN] as number) + number] as number;
    }
    return -node - 1;
  }

  /**
   * Puts a leaf at the end of the path that reads `order` and finds `numbers`. Returns false where
   * the path meets something else: the recipe did not read what it read before in the same state,
   * so it is not deterministic.
   */
  insert(
    tree: number,
    order: readonly number[],
    numbers: readonly number[],
    leaf: number,
  ): boolean {
    const last = order.length - 1;
    if (last < 0) {
      if (this.#roots[tree] !== 0) return false;
      this.#roots[tree] = -(leaf + 1);
      return true;
    }
    if (this.#roots[tree] === 0) this.#roots[tree] = this.#node(order[0] as number);
    let node = this.#roots[tree] as number;
    for (let i = 0; ; i++) {
      if (node < 0 || this.#pool[node + SLOT] !== order[i]) return false;
      const at = this.#child(node, numbers[i] as number);
      if (i < last) node = this.#step(at, order[i + 1] as number);
      else if (this.#pool[at] === 0) {
        this.#set(at, -(leaf + 1));
        return true;
      } else return false;
    }
  }

  /** Follows a new layout: the places of slots change, the trees stay. */
  relayout(layout: Layout): void {
    this.#layout = layout;
    const old = this.#pool;
    this.#pool = new Int32Array(this.#roots.some((root) => root > 0) ? old.length : 1 << 8);
    this.#end = 1;
    this.#changed = undefined;
    for (const [tree, root] of this.#roots.entries()) this.#roots[tree] = this.#copy(old, root);
  }

  /** Copies a tree without recursion, because trees may be deeper than the stack. */
  #copy(old: Int32Array, root: number): number {
    if (root <= 0) return root;
    const top = this.#copyNode(old, root);
    const todo = [top];
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      const children = this.#pool[node + CHILDREN] as number;
      const capacity = this.#pool[node + CAPACITY] as number;
      for (let at = children; at < children + capacity; at++) {
        const child = this.#pool[at] as number;
        if (child <= 0) continue;
        const copied = this.#copyNode(old, child);
        this.#pool[at] = copied;
        todo.push(copied);
      }
    }
    return top;
  }

  /** Copies one node. Its children still point into the old array. */
  #copyNode(old: Int32Array, node: number): number {
    const capacity = old[node + CAPACITY] as number;
    const copied = this.#node(old[node + SLOT] as number, capacity);
    const from = old[node + CHILDREN] as number;
    this.#pool.set(old.subarray(from, from + capacity), this.#pool[copied + CHILDREN] as number);
    return copied;
  }

  /** The node or leaf of the child at place `at`; makes a node where there is none. */
  #step(at: number, slot: number): number {
    const child = this.#pool[at] as number;
    if (child !== 0) return child;
    const node = this.#node(slot);
    this.#set(at, node);
    return node;
  }

  #node(slot: number, capacity = 2): number {
    const node = this.#allocate(HEADER + capacity);
    this.#pool[node + WORD] = this.#layout.word[slot] ?? 0;
    this.#pool[node + SHIFT] = this.#layout.shift[slot] ?? 0;
    this.#pool[node + MASK] = this.#layout.mask[slot] ?? 0;
    this.#pool[node + CHILDREN] = node + HEADER;
    this.#pool[node + CAPACITY] = capacity;
    this.#pool[node + SLOT] = slot;
    return node;
  }

  /** The place of a child. The children move when there is no room for it. */
  #child(node: number, number: number): number {
    const capacity = this.#pool[node + CAPACITY] as number;
    const children = this.#pool[node + CHILDREN] as number;
    if (number < capacity) return children + number;
    const wider = Math.max(2 * capacity, number + 1);
    const moved = this.#allocate(wider);
    this.#pool.copyWithin(moved, children, children + capacity);
    this.#set(node + CHILDREN, moved);
    this.#set(node + CAPACITY, wider);
    return moved + number;
  }

  #set(at: number, word: number): void {
    this.#pool[at] = word;
    this.#changed?.push(at);
  }

  #allocate(length: number): number {
    const at = this.#end;
    this.#end += length;
    if (this.#end > this.#pool.length) {
      this.#pool = widened(this.#pool, Math.max(2 * this.#pool.length, this.#end));
    }
    return at;
  }
}
