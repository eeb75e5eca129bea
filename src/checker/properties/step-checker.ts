import type { AnyBody, ReachableStep, StepProperty } from '../../spec/property.ts';
import type { Implements } from '../../spec/refinement.ts';
import type { AnySystem } from '../../spec/system.ts';
import { type Evaluated, tellsReads } from '../evaluate/evaluated.ts';
import type { WorldState } from '../result/result.ts';
import type { Machine } from '../transitions/machine.ts';
import { failingInitially } from './failing-at.ts';
import { Refinement } from './refinement.ts';
import type { StepTests, Taken } from './step-tests.ts';

/** A question about steps that no step has decided. */
interface Open {
  readonly name: string;
  readonly holds: (step: Taken) => boolean;
  /** The answer that decides: false for a step property, true for a `reachable`. */
  readonly decides: boolean;
}

type AboutSteps = StepProperty | ReachableStep | Implements;

/** The properties that ask about steps. */
export function aboutSteps({ properties = [] }: AnySystem): readonly AboutSteps[] {
  return properties.filter(
    (property): property is AboutSteps =>
      ['step', 'implements'].includes(property.kind) ||
      (property.kind === 'reachable' && 'step' in property),
  );
}

/** Asks of every step the questions about steps, including steps that change nothing. */
export class StepChecker {
  /** The first step that decides each property: it violates it, or a `reachable` asks for it. */
  readonly discoveries = new Map<string, Taken>();
  /** For each `implements` that an initial state violates: the first such state, by its index. */
  readonly unmapped = new Map<string, number>();
  readonly #machine: Machine;
  readonly #steps: StepTests;
  #open: readonly Open[];
  /**
   * By leaf: its evaluation, once all of its steps were seen to decide no property in any state.
   */
  readonly #settled: (Evaluated | undefined)[] = [];
  /** The version of the tests for which that was found. */
  #version = 0;

  /** Undefined when the system asks nothing about steps. */
  static for(system: AnySystem, machine: Machine, steps: StepTests): StepChecker | undefined {
    const properties = aboutSteps(system);
    return properties.length === 0 ? undefined : new StepChecker(properties, machine, steps);
  }

  private constructor(properties: readonly AboutSteps[], machine: Machine, steps: StepTests) {
    this.#open = properties.map((property) => {
      const body = bodyOf(property);
      const holds = steps.question(body, `property '${property.name}'`);
      return { name: property.name, holds, decides: property.kind === 'reachable' };
    });
    this.#machine = machine;
    this.#steps = steps;
  }

  /** Judges the initial states, in order. Throws a SpecError when a map throws. */
  judgeInitial(worlds: readonly WorldState[], system: AnySystem): void {
    for (const [index, world] of worlds.entries()) {
      for (const { property } of failingInitially(system, world)) {
        if (!this.unmapped.has(property.name)) this.unmapped.set(property.name, index);
      }
    }
    this.#open = this.#open.filter(({ name }) => !this.unmapped.has(name));
  }

  /** Rises when settled leaves may no longer be settled. */
  get version(): number {
    return this.#steps.version;
  }

  /** True while some question is open. */
  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** True where the steps of a leaf decide no property in any state. */
  isSettled(leaf: number): boolean {
    if (this.#open.length === 0) return true;
    const evaluated = this.#machine.leaves.evaluated[leaf];
    return this.#settled[leaf] === evaluated && this.#version === this.#steps.version;
  }

  /**
   * Judges the steps of a leaf in this state. Returns true where they decide no property in any
   * state.
   */
  judge(state: number, actor: number, leaf: number): boolean {
    if (this.isSettled(leaf)) return true;
    const evaluated = this.#machine.leaves.evaluated[leaf] as Evaluated;
    const isSettled = this.#judge(state, actor, evaluated);
    if (isSettled) this.#settle(leaf, evaluated);
    return isSettled;
  }

  /** Returns true where the steps decide no property in any state in which they are enabled. */
  #judge(state: number, actor: number, evaluated: Evaluated): boolean {
    let isSettled = tellsReads(evaluated);
    for (const { name, holds, decides } of this.#open) {
      for (const outcome of evaluated.outcomes) {
        const step = { state, actor, evaluated, outcome };
        if (holds(step) !== decides) {
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

  /** The names of the decided properties. */
  violated(): Iterable<string> {
    return [...this.unmapped.keys(), ...this.discoveries.keys()];
  }
}

/** The question that a property asks of each step. */
export function bodyOf(property: AboutSteps): AnyBody {
  switch (property.kind) {
    case 'step':
      return property.holds;
    case 'reachable':
      return property.step;
    case 'implements':
      return Refinement.of(property).test;
  }
}
