import type { Process } from '../../spec/process.ts';
import type { AbstractSystem } from '../../spec/refinement.ts';
import type { AnySystem } from '../../spec/system.ts';
import { type Actor, actorName } from '../evaluate/actors.ts';
import { Evaluator } from '../evaluate/evaluate.ts';
import type { Evaluated } from '../evaluate/evaluated.ts';
import { load } from '../evaluate/load.ts';
import type { NumberSource } from '../evaluate/tracker.ts';
import { evaluationsMax, growing } from '../purity/growing.ts';
import { formatEntry } from '../result/schedule-entry.ts';
import { ABSENT, PROCESSES, type Slots } from '../state/slots.ts';
import { vectorKey } from '../state/vector-key.ts';

/** A state of an abstract system, as value numbers by slot. */
type Vector = readonly number[];

/** An abstract system: its initial states, and which state one of its steps leads to. */
export class AbstractSteps {
  readonly slots: Slots;
  readonly flows: Evaluator['flows'];
  readonly listed: { readonly [pid: string]: Process | undefined };
  readonly #evaluator: Evaluator;
  readonly #actors: Actor[];
  readonly #initial: ReadonlySet<string>;
  /** By key of a state: the keys of the states after it, each with a schedule entry. */
  readonly #after = new Map<string, ReadonlyMap<string, string>>();

  constructor({ init, processes = {}, actions = [], faults = [] }: AbstractSystem, name: string) {
    // A budget would be a part of the state, which a map would have to know.
    const free = faults.map((fault) => ({ ...fault, times: Number.POSITIVE_INFINITY }));
    const system = { init, processes, actions, faults: free } as AnySystem;
    const { slots, flows, actors, initial } = load(system, name);
    this.slots = slots;
    this.flows = flows;
    this.listed = processes;
    this.#actors = [...actors];
    slots.onSlot((field, slot) => {
      if (field.name !== PROCESSES) return;
      this.#actors.push({ kind: 'process', pid: slots.idOf[slot] as string, slot });
    });
    this.#evaluator = new Evaluator(slots, flows, name);
    this.#initial = new Set(initial.map((vector) => this.key(vector)));
  }

  /** One text for each state. */
  key(vector: Vector): string {
    return vectorKey(vector);
  }

  isInitial(vector: Vector): boolean {
    return this.#initial.has(this.key(vector));
  }

  /** Whether a step leads from one state to the other. */
  leads(before: Vector, after: Vector): boolean {
    return this.#from(before).has(this.key(after));
  }

  /** The schedule entries of steps from a state, one for each state after it. */
  entries(vector: Vector): readonly string[] {
    return [...this.#from(vector).values()];
  }

  #from(vector: Vector): ReadonlyMap<string, string> {
    const key = this.key(vector);
    const known = this.#after.get(key);
    if (known !== undefined) return known;
    const after = new Map<string, string>();
    // An evaluation may add an actor for a new process. The loop then visits it, too.
    for (let i = 0; i < this.#actors.length; i++) {
      const actor = this.#actors[i] as Actor;
      const { label, outcomes } = this.#evaluate(actor, vector);
      for (const { picks, writes } of outcomes) {
        const entry = formatEntry({ actor: actorName(actor), label, picks });
        after.set(this.key(this.#written(vector, writes)), entry);
      }
    }
    this.#after.set(key, after);
    return after;
  }

  #written(vector: Vector, writes: readonly number[]): Vector {
    const next = Array.from({ length: this.slots.count }, (_, slot) => vector[slot] ?? 0);
    for (let i = 0; i < writes.length; i += 2) next[writes[i] as number] = writes[i + 1] as number;
    return next;
  }

  #evaluate(actor: Actor, vector: Vector): Evaluated {
    const source: NumberSource = { numberOf: (slot) => vector[slot] ?? 0 };
    for (let times = 1; ; times++) {
      const count = this.slots.count;
      const evaluated = this.#evaluator.step(actor, source);
      if (this.slots.count === count) return evaluated;
      if (times === evaluationsMax) throw growing(this.slots, evaluated.where);
    }
  }

  /** The state with these values; all other slots are absent. */
  vectorOf(values: Iterable<readonly [slot: number, value: unknown]>): Vector {
    const numbers = new Map<number, number>();
    for (const [slot, value] of values) numbers.set(slot, this.slots.intern(slot, value));
    return Array.from(
      { length: this.slots.count },
      (_, slot) => numbers.get(slot) ?? this.slots.intern(slot, ABSENT),
    );
  }
}
