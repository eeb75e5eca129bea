import type { StepProperty } from '../../spec/property.ts';
import type { AnySystem } from '../../spec/system.ts';
import { type Evaluated, tellsReads } from '../evaluate/evaluated.ts';
import type { Machine } from '../transitions/machine.ts';
import type { StepTests, Taken } from './step-tests.ts';

/** A step property without a known violation. */
interface Open {
  readonly name: string;
  readonly holds: (step: Taken) => boolean;
}

/** Checks every step against the step properties, including steps that change nothing. */
export class StepChecker {
  /** The first step that violates each property. */
  readonly discoveries = new Map<string, Taken>();
  readonly #machine: Machine;
  readonly #steps: StepTests;
  #open: readonly Open[];
  /**
   * By leaf: its evaluation, once all of its steps were seen to fulfil every property in any state.
   */
  readonly #settled: (Evaluated | undefined)[] = [];
  /** The version of the tests for which that was found. */
  #version = 0;

  /** Undefined when the system has no step property. */
  static for(system: AnySystem, machine: Machine, steps: StepTests): StepChecker | undefined {
    const properties = (system.properties ?? []).filter((property) => property.kind === 'step');
    return properties.length === 0 ? undefined : new StepChecker(properties, machine, steps);
  }

  private constructor(properties: readonly StepProperty[], machine: Machine, steps: StepTests) {
    this.#open = properties.map(({ name, holds }) => ({
      name,
      holds: steps.question(holds, `property '${name}'`),
    }));
    this.#machine = machine;
    this.#steps = steps;
  }

  /** Rises when settled leaves may no longer be settled. */
  get version(): number {
    return this.#steps.version;
  }

  /** True while some step property has no known violation. */
  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** True where the steps of a leaf fulfil every property in any state. */
  isSettled(leaf: number): boolean {
    if (this.#open.length === 0) return true;
    const evaluated = this.#machine.leaves.evaluated[leaf];
    return this.#settled[leaf] === evaluated && this.#version === this.#steps.version;
  }

  /**
   * Judges the steps of a leaf in this state. Returns true where they fulfil every property in any
   * state.
   */
  judge(state: number, actor: number, leaf: number): boolean {
    if (this.isSettled(leaf)) return true;
    const evaluated = this.#machine.leaves.evaluated[leaf] as Evaluated;
    const isSettled = this.#judge(state, actor, evaluated);
    if (isSettled) this.#settle(leaf, evaluated);
    return isSettled;
  }

  /** Returns true where the steps fulfil every property in any state in which they are enabled. */
  #judge(state: number, actor: number, evaluated: Evaluated): boolean {
    let isSettled = tellsReads(evaluated);
    for (const { name, holds } of this.#open) {
      for (const outcome of evaluated.outcomes) {
        const step = { state, actor, evaluated, outcome };
        if (holds(step)) {
          isSettled &&= this.#steps.wasConstant;
          continue;
        }
        this.discoveries.set(name, step);
        this.#open = this.#open.filter((other) => other.name !== name);
        break;
      }
    }
    return isSettled;
  }

  #settle(leaf: number, evaluated: Evaluated): void {
    if (this.#version !== this.#steps.version) {
      this.#settled.length = 0;
      this.#version = this.#steps.version;
    }
    this.#settled[leaf] = evaluated;
  }

  violated(): Iterable<string> {
    return this.discoveries.keys();
  }
}
