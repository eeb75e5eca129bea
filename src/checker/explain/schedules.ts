import type { Scenario } from '../../spec/scenario.ts';
import type { AnySystem } from '../../spec/system.ts';
import { failingAt } from '../properties/failing-at.ts';
import type { PropertyResult, Trace, WorldState } from '../result/result.ts';
import type { ReplayOptions } from '../runs/replay.ts';
import { type Candidate, type Stepper, stepperFor, type Vector } from '../runs/stepper.ts';
import { isDeadlock } from '../runs/stuck.ts';

/** One step of a schedule: its actor and its entry. */
export interface Move {
  readonly actor: string | undefined;
  readonly label: string;
  readonly entry: string;
}

/** A step that was taken, with the states before and after. */
export interface Taken {
  readonly candidate: Candidate;
  readonly before: Vector;
  readonly after: Vector;
}

/** Runs changed schedules of one scenario and judges one property on them. */
export class Schedules {
  readonly init: Vector;
  readonly stepper: Stepper;
  /** The number of steps evaluated so far, as a measure of the cost. */
  evaluated = 0;
  readonly #system: AnySystem;
  readonly #isDeadlock: boolean;
  readonly #isLost: ((world: WorldState) => boolean) | undefined;
  readonly #initIndex: number;

  /**
   * `isLost` tells whether a state violates a property that no single run decides, and so no
   * stepper either.
   */
  constructor(
    scenario: Scenario,
    property: Pick<PropertyResult, 'name' | 'kind'>,
    initIndex: number,
    options: ReplayOptions,
    isLost?: (world: WorldState) => boolean,
  ) {
    const { stepper, initial, system } = stepperFor(scenario, options);
    this.stepper = stepper;
    this.init = initial[initIndex] ?? [];
    this.#initIndex = initIndex;
    this.#isDeadlock = property.kind === 'deadlock';
    this.#isLost = isLost;
    const only = (system.properties ?? []).filter(({ name }) => name === property.name);
    this.#system = { ...system, properties: only };
  }

  /** Follows a schedule from a state; undefined as soon as a step is not enabled. */
  follow(from: Vector, moves: readonly Move[]): readonly Taken[] | undefined {
    const taken: Taken[] = [];
    let before = from;
    for (const { actor, entry } of moves) {
      const candidate = this.enabledFor(actor, before).find((each) => each.entry === entry);
      if (candidate === undefined) return undefined;
      const step = this.take(before, candidate);
      taken.push(step);
      before = step.after;
    }
    return taken;
  }

  enabledFor(actor: string | undefined, vector: Vector): Candidate[] {
    this.evaluated += 1;
    return this.stepper.enabledFor(actor, vector);
  }

  take(before: Vector, candidate: Candidate): Taken {
    return { candidate, before, after: this.stepper.after(before, candidate.outcome) };
  }

  /** Whether the property fails in this state, or in the step that led there. */
  failsAt(vector: Vector, reached: Taken | undefined): boolean {
    const world = this.stepper.world(vector);
    if (this.#isLost !== undefined) return this.#isLost(world);
    if (this.#isDeadlock) return this.#isStuck(vector, world);
    const step =
      reached === undefined
        ? undefined
        : {
            before: this.stepper.world(reached.before),
            step: this.stepper.describe(reached.before, reached.candidate),
          };
    return failingAt(this.#system, world, step).length > 0;
  }

  /**
   * Whether the property fails at the end of this schedule, which begins in `from`. False when the
   * schedule cannot be followed.
   */
  failsAfter(from: Vector, moves: readonly Move[]): boolean {
    const taken = this.follow(from, moves);
    if (taken === undefined) return false;
    const last = taken.at(-1);
    return this.failsAt(last?.after ?? from, last);
  }

  /** The run in the form of a counterexample. */
  trace(taken: readonly Taken[]): Trace {
    const candidates = taken.map(({ candidate }) => candidate);
    return this.stepper.trace(this.init, this.#initIndex, candidates);
  }

  #isStuck(vector: Vector, world: WorldState): boolean {
    return isDeadlock(this.#system, world, this.stepper.enabled(vector));
  }
}

/** The moves of a run. */
export function movesOf({ steps, schedule }: Trace): readonly Move[] {
  return steps.map(({ actor, label }, i) => ({ actor, label, entry: schedule[i] ?? label }));
}
