import type { StepProperty } from '../spec/property.ts';
import type { AnySystem } from '../spec/scenario.ts';
import type { Evaluated } from './evaluate.ts';
import type { Machine } from './machine.ts';
import type { StepTests, Taken } from './step-tests.ts';

/** Judges every step that is taken, also those that change nothing. */
export class StepJudge {
  /** The first step that violates each property. */
  readonly discoveries = new Map<string, Taken>();
  readonly #machine: Machine;
  readonly #steps: StepTests;
  #open: readonly StepProperty[];

  /** Undefined when the system has no property about steps. */
  static for(system: AnySystem, machine: Machine, steps: StepTests): StepJudge | undefined {
    const properties = (system.properties ?? []).filter((property) => property.kind === 'step');
    return properties.length === 0 ? undefined : new StepJudge(properties, machine, steps);
  }

  private constructor(properties: readonly StepProperty[], machine: Machine, steps: StepTests) {
    this.#open = properties;
    this.#machine = machine;
    this.#steps = steps;
  }

  /** True while some property may still be violated. */
  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  judge(state: number, actor: number, leaf: number): void {
    if (this.#open.length === 0) return;
    const evaluated = this.#machine.leaves.evaluated[leaf] as Evaluated;
    for (const property of this.#open) {
      for (const outcome of evaluated.outcomes) {
        const step = { state, actor, evaluated, outcome };
        if (this.#steps.holds(property.holds, `property '${property.name}'`, step)) continue;
        this.discoveries.set(property.name, step);
        this.#open = this.#open.filter((other) => other !== property);
        break;
      }
    }
  }

  violated(): Iterable<string> {
    return this.discoveries.keys();
  }
}
