import { actorName } from '../evaluate/actors.ts';
import type { Machine } from '../transitions/machine.ts';

/** Where the states of a search come from, and what finding them cost. */
export interface Profile {
  /** Slots with more than one value, the strongest multiplier first. */
  readonly slots: readonly SlotProfile[];
  /** The number of states by level; empty for a depth-first search. */
  readonly levels: readonly number[];
  readonly actors: readonly ActorProfile[];
  readonly labels: readonly LabelProfile[];
}

export interface SlotProfile {
  readonly slot: string;
  /** The number of distinct values, with absence as one of them. */
  readonly values: number;
  /**
   * How many states there are for each state without the slot; 1 for a slot that the others
   * determine. Undefined where measuring takes too long.
   */
  readonly multiplies: number | undefined;
}

export interface ActorProfile {
  readonly actor: string;
  /**
   * The number of expanded states, in each of which the actor was looked up or known; and how often
   * it was evaluated.
   */
  readonly lookups: number;
  readonly misses: number;
}

export interface LabelProfile {
  /** `flow.label`, or the name of an action. */
  readonly label: string;
  /** How often it was evaluated, including second evaluations for purity. */
  readonly evaluations: number;
  /** The milliseconds that this took; undefined without a clock. */
  readonly ms: number | undefined;
}

/** The number of states that are looked up to measure slots: a few seconds. */
const BUDGET = 60_000_000;

export function profileOf(machine: Machine, levels: readonly number[]): Profile {
  const changing = machine.slots.values
    .map((values, slot) => ({ slot, values: values.length }))
    .filter(({ values }) => values > 1)
    .sort((a, b) => b.values - a.values);
  const affordable = Math.max(1, Math.floor(BUDGET / machine.visited.count));
  const slots = changing.map(({ slot, values }, i) => ({
    slot: machine.slots.nameOf(slot),
    values,
    multiplies: i < affordable ? machine.visited.count / countWithout(machine, slot) : undefined,
  }));
  return {
    slots: slots.sort((a, b) => (b.multiplies ?? 0) - (a.multiplies ?? 0)),
    levels,
    actors: machine.actors.map((actor, i) => ({
      actor:
        actor.kind === 'process' ? actor.pid : nameOfAction(actorName(actor), actor.action.name),
      lookups: machine.counters.expansions,
      misses: machine.missesOf(i),
    })),
    labels: [...machine.costs.by]
      .map(([label, { evaluations, ms }]) => ({ label, evaluations, ms }))
      .sort((a, b) => (b.ms ?? b.evaluations) - (a.ms ?? a.evaluations)),
  };
}

function nameOfAction(actor: string | undefined, name: string): string {
  return actor === undefined ? name : `${actor}.${name}`;
}

/** The number of states that differ in more than this slot. */
function countWithout(machine: Machine, slot: number): number {
  const { visited, layout } = machine;
  const { width } = layout;
  const mask = (layout.mask[slot] as number) << (layout.shift[slot] as number);
  const word = layout.word[slot] as number;
  const keep = new Int32Array(width).fill(-1);
  keep[word] = ~mask;
  let size = 1024;
  while (3 * visited.count > 2 * size) size *= 2;
  const table = new Int32Array(size);
  let distinct = 0;
  for (let state = 0; state < visited.count; state++) {
    let hash = 0x9e3779b9 | 0;
    for (let w = 0; w < width; w++) {
      const bits = (visited.words[state * width + w] as number) & (keep[w] as number);
      hash = Math.imul(hash ^ bits, 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    let probe = Math.imul(hash, 0xc2b2ae35) >>> 0;
    probe = (probe ^ (probe >>> 16)) & (size - 1);
    while (
      table[probe] !== 0 &&
      !sameBut(visited.words, state, (table[probe] as number) - 1, keep)
    ) {
      probe = (probe + 1) & (size - 1);
    }
    if (table[probe] !== 0) continue;
    table[probe] = state + 1;
    distinct += 1;
  }
  return distinct;
}

function sameBut(words: Int32Array, one: number, other: number, keep: Int32Array): boolean {
  const width = keep.length;
  for (let w = 0; w < width; w++) {
    const difference = (words[one * width + w] as number) ^ (words[other * width + w] as number);
    if ((difference & (keep[w] as number)) !== 0) return false;
  }
  return true;
}
