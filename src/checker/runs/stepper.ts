import type { Scenario } from '../../spec/scenario.ts';
import type { AnySystem } from '../../spec/system.ts';
import { type Actor, actorName } from '../evaluate/actors.ts';
import { blame } from '../evaluate/blame.ts';
import { buildSystem } from '../evaluate/build-system.ts';
import { changesOf } from '../evaluate/changes.ts';
import { Evaluator } from '../evaluate/evaluate.ts';
import type { Evaluated, Outcome } from '../evaluate/evaluated.ts';
import type { Flows } from '../evaluate/flows.ts';
import { load } from '../evaluate/load.ts';
import { PlainSteps } from '../evaluate/plain-steps.ts';
import { pointOf } from '../evaluate/point.ts';
import type { NumberSource } from '../evaluate/tracker.ts';
import { worldOf } from '../evaluate/world.ts';
import { evaluationsMax, growing } from '../purity/growing.ts';
import type { CheckOptions } from '../result/options.ts';
import type { Change, Step, Trace, WorldState } from '../result/result.ts';
import { formatEntry } from '../result/schedule-entry.ts';
import { ABSENT, FAULTS, PROCESSES, type Slots } from '../state/slots.ts';
import { isOutside } from './outside.ts';

/**
 * A state outside of the packed store, as value numbers by slot. Missing trailing slots hold value
 * 0.
 */
export type Vector = readonly number[];

/** An enabled step. */
export interface Candidate {
  readonly actor: Actor;
  readonly evaluated: Evaluated;
  readonly outcome: Outcome;
  readonly entry: string;
}

/** The parts that a stepper needs. A Machine has them, too. */
interface Parts {
  readonly slots: Slots;
  readonly evaluator: Evaluator;
  readonly actors: readonly Actor[];
  /** The system whose constraint ends runs; without it none does. */
  readonly system?: AnySystem;
}

/** Takes single steps, one state at a time: for traces, replays, walks and the explorer. */
export class Stepper {
  readonly #parts: Parts;
  readonly #plainSteps: PlainSteps;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#plainSteps = new PlainSteps(parts.slots, parts.evaluator.flows);
  }

  /**
   * Every enabled step of this state, in the order of the actors and of the options of their picks.
   */
  enabled(vector: Vector): Candidate[] {
    return this.#enabled(vector, () => true);
  }

  /** The enabled steps of one actor in this state. Several actions may share an actor. */
  enabledFor(name: string | undefined, vector: Vector): Candidate[] {
    return this.#enabled(vector, (actor) => actorName(actor) === name);
  }

  get slots(): Slots {
    return this.#parts.slots;
  }

  /**
   * The slots that the next step of a process reads in this state, in order, even if the step is
   * not enabled.
   */
  readsOf(pid: string, vector: Vector): readonly number[] {
    const isIt = (actor: Actor) => actor.kind === 'process' && actor.pid === pid;
    const actor = this.#parts.actors.find(isIt);
    return actor === undefined ? [] : this.#evaluate(actor, vector).order;
  }

  /**
   * The first enabled step of which `isMeant` is true. An error of another actor is thrown only
   * when no step is found.
   */
  find(vector: Vector, isMeant: (candidate: Candidate) => boolean): Candidate | undefined {
    const thrown: unknown[] = [];
    for (let i = 0; i < this.#parts.actors.length; i++) {
      const actor = this.#parts.actors[i] as Actor;
      try {
        const found = this.#enabled(vector, (other) => other === actor).find(isMeant);
        if (found !== undefined) return found;
      } catch (error) {
        thrown.push(error);
      }
    }
    if (thrown.length > 0) throw thrown[0];
    return undefined;
  }

  after(vector: Vector, { writes }: Outcome): Vector {
    const next = Array.from({ length: this.#parts.slots.count }, (_, slot) => vector[slot] ?? 0);
    for (let i = 0; i < writes.length; i += 2) next[writes[i] as number] = writes[i + 1] as number;
    return next;
  }

  world(vector: Vector): WorldState {
    return worldOf(this.#parts.slots, sourceOf(vector));
  }

  /**
   * The inverse of `world`, for any state of this model. The flows of its processes must be known
   * (`knows`). A flow that a step starts becomes known when that step is evaluated.
   */
  vectorOf(world: WorldState): Vector {
    const { slots } = this.#parts;
    const fields = { ...world.state, [PROCESSES]: world.processes, [FAULTS]: world.faults };
    const numbers = new Map<number, number>();
    for (const field of slots.fields.values()) {
      const value = (fields as { readonly [name: string]: unknown })[field.name];
      // A table holds a record in every state, so the value has entries.
      const entries =
        field.kind === 'table' ? Object.entries(value as object) : [['', value] as const];
      for (const [id, entry] of entries) {
        const slot = slots.slot(field, id);
        numbers.set(slot, slots.intern(slot, entry));
      }
    }
    return Array.from(
      { length: slots.count },
      (_, slot) => numbers.get(slot) ?? slots.intern(slot, ABSENT),
    );
  }

  /** True when the flows of all processes of this state are known. */
  knows({ processes }: WorldState): boolean {
    return Object.values(processes).every(({ flow }) => this.#parts.evaluator.flows.has(flow));
  }

  /**
   * The step in full: its reads, writes and changes. It also runs through immer; throws a SpecError
   * when that gives another outcome.
   */
  describe(before: Vector, { actor, evaluated, outcome }: Candidate): Step {
    const { slots } = this.#parts;
    try {
      this.#plainSteps.compare(actor, sourceOf(before), evaluated);
    } catch (error) {
      throw blame(error, evaluated.where);
    }
    const after = this.after(before, outcome);
    const written = outcome.writes.filter((_, i) => i % 2 === 0);
    return {
      actor: actorName(actor),
      label: evaluated.label,
      picks: Object.fromEntries(outcome.picks),
      changes: this.changesBetween(before, after, written),
      reads: evaluated.order.map((slot) => slots.nameOf(slot)),
      writes: written.map((slot) => slots.nameOf(slot)),
      state: this.world(after),
    };
  }

  /** The differences between two states, in all slots or in some; empty for equal states. */
  changesBetween(
    before: Vector,
    after: Vector,
    slots: Iterable<number> = Array(this.#parts.slots.count).keys(),
  ): Change[] {
    const all = this.#parts.slots;
    return [...slots].flatMap((slot) => {
      const [one, other] = [before[slot] ?? 0, after[slot] ?? 0];
      if (one === other) return [];
      return changesOf(all.keysOf(slot), all.valueOf(slot, one), all.valueOf(slot, other));
    });
  }

  /**
   * The entries of the enabled steps of a state, without those of faults: a run that stops there
   * declines them.
   */
  declined(vector: Vector): readonly string[] {
    const candidates = this.enabled(vector).filter(
      ({ actor, outcome }) => actor.kind !== 'fault' && outcome.writes.length > 0,
    );
    return [...new Set(candidates.map(({ entry }) => entry))];
  }

  /** The run that takes these steps in order. */
  trace(init: Vector, initIndex: number, candidates: readonly Candidate[]): Trace {
    const steps: Step[] = [];
    let vector = init;
    for (const candidate of candidates) {
      steps.push(this.describe(vector, candidate));
      vector = this.after(vector, candidate.outcome);
    }
    const schedule = candidates.map((candidate) => candidate.entry);
    return { init: this.world(init), initIndex, steps, schedule };
  }

  /** A run with one more step. `last` is its last state so far. */
  extend(trace: Trace, last: Vector, candidate: Candidate): Trace {
    const steps = [...trace.steps, this.describe(last, candidate)];
    return { ...trace, steps, schedule: [...trace.schedule, candidate.entry] };
  }

  /** True outside of the constraint of the system, where no run goes on. */
  isOutside(vector: Vector): boolean {
    const { system } = this.#parts;
    return system?.within !== undefined && isOutside(system, this.world(vector));
  }

  #enabled(vector: Vector, isAsked: (actor: Actor) => boolean): Candidate[] {
    if (this.isOutside(vector)) return [];
    const candidates: Candidate[] = [];
    // An evaluation may add an actor for a new process. The loop then visits it, too.
    for (let i = 0; i < this.#parts.actors.length; i++) {
      const actor = this.#parts.actors[i] as Actor;
      if (!isAsked(actor)) continue;
      const evaluated = this.#evaluate(actor, vector);
      for (const outcome of evaluated.outcomes) {
        const { picks } = outcome;
        const entry = formatEntry({ actor: actorName(actor), label: evaluated.label, picks });
        candidates.push({ actor, evaluated, outcome, entry });
      }
    }
    return candidates;
  }

  #evaluate(actor: Actor, vector: Vector): Evaluated {
    const { slots, evaluator } = this.#parts;
    for (let times = 1; ; times++) {
      const count = slots.count;
      const evaluated = evaluator.step(actor, sourceOf(vector));
      if (slots.count === count) return evaluated;
      if (times === evaluationsMax) throw growing(slots, evaluated.where);
    }
  }
}

/** A stepper for a scenario without a search, with its initial states. */
export function stepperFor(
  scenario: Scenario,
  options: Pick<CheckOptions, 'parameters' | 'faults'> = {},
): {
  readonly stepper: Stepper;
  readonly initial: readonly Vector[];
  readonly system: AnySystem;
  /** The known flows by name. It grows as steps start processes. */
  readonly flows: Flows;
} {
  const system = buildSystem(scenario, pointOf(scenario, options.parameters));
  const { slots, flows, actors, initial } = load(system, scenario.name, options.faults);
  const all = [...actors];
  slots.onSlot((field, slot) => {
    if (field.name !== PROCESSES) return;
    all.push({ kind: 'process', pid: slots.idOf[slot] as string, slot });
  });
  const evaluator = new Evaluator(slots, flows, scenario.name);
  return {
    stepper: new Stepper({ slots, evaluator, actors: all, system }),
    initial,
    system,
    flows,
  };
}

function sourceOf(vector: Vector): NumberSource {
  return { numberOf: (slot) => vector[slot] ?? 0 };
}
