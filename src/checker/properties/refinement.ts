import type { AnyStepTest } from '../../spec/property.ts';
import type { Implements, Mapped } from '../../spec/refinement.ts';
import { isRecord, quoted } from '../../spec/refuse.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { processField } from '../evaluate/tracker.ts';
import { worldOf } from '../evaluate/world.ts';
import type { AbstractSide } from '../result/result.ts';
import { AbstractSteps } from './abstract-steps.ts';
import { readMapped } from './read-mapped.ts';
import type { Seen } from './seen.ts';

type Vector = readonly number[];

/** Judges whether the states and steps of a system are those of an abstract one. */
export class Refinement {
  /** One for each property, because the abstract system has a memo. */
  static readonly #known = new WeakMap<Implements, Refinement>();
  readonly #property: Implements;
  readonly #abstract: AbstractSteps;

  /** Throws a SpecError when the abstract system is broken. */
  static of(property: Implements): Refinement {
    const known = Refinement.#known.get(property) ?? new Refinement(property);
    Refinement.#known.set(property, known);
    return known;
  }

  private constructor(property: Implements) {
    this.#property = property;
    const name = `the abstract system of '${property.name}'`;
    this.#abstract = new AbstractSteps(property.abstract, name);
  }

  /** Whether an initial state stands for an initial state. */
  isInitial(seen: Seen): boolean {
    return this.#abstract.isInitial(this.#vectorOf(seen));
  }

  /** Whether a step between these states is a step there, or changes nothing there. */
  allows(before: Seen, after: Seen): boolean {
    const [one, other] = [this.#vectorOf(before), this.#vectorOf(after)];
    return (
      this.#abstract.key(one) === this.#abstract.key(other) || this.#abstract.leads(one, other)
    );
  }

  /** The same as a test of steps. */
  readonly test: AnyStepTest = (before, _action, after, processes) =>
    this.allows(
      { state: before, processes: processes.before },
      { state: after, processes: processes.after },
    );

  /** What a step, or an initial state, is in the abstract system. */
  side(before: Seen | undefined, after: Seen): AbstractSide {
    const end = this.#worldOf(this.#vectorOf(after));
    if (before === undefined) return { after: end, enabled: [] };
    const start = this.#vectorOf(before);
    const enabled = this.#abstract.entries(start);
    return { before: this.#worldOf(start), after: end, enabled };
  }

  #worldOf(vector: Vector): AbstractSide['after'] {
    const { slots } = this.#abstract;
    const { state, processes } = worldOf(slots, { numberOf: (slot) => vector[slot] ?? 0 });
    return { state, processes };
  }

  #vectorOf({ state, processes }: Seen): Vector {
    const mapped: unknown = this.#property.map(state, processes);
    if (!isRecord(mapped) || !isRecord(mapped['state'])) {
      throw new SpecError({
        what: `its map returned ${quoted(mapped)}`,
        mend: 'Return { state, processes } of the abstract system; without processes { state }.',
      });
    }
    const { slots, flows, listed } = this.#abstract;
    const around = { slots, flows, listed, table: processField(slots) };
    return this.#abstract.vectorOf(readMapped(mapped as unknown as Mapped<object>, around));
  }
}
