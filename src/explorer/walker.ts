import { prospectFrom } from '../checker/ends/from-here.ts';
import { pointOf } from '../checker/evaluate/point.ts';
import { type Truth, truthsAt } from '../checker/properties/truths-at.ts';
import { OUT_OF_REACH } from '../checker/result/end-questions.ts';
import type { Step, WorldState } from '../checker/result/result.ts';
import { type Candidate, type Stepper, stepperFor, type Vector } from '../checker/runs/stepper.ts';
import type { AnyPoint } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import type { AnySystem } from '../spec/system.ts';
import { stateAt, type Walk, type WalkStep } from './walk.ts';

/** The largest number of states after a walk in which to look for an end. */
const followersMax = 300;

/** The part of a schedule that the model follows. */
export interface Stopped {
  readonly walk: Walk;
  /** Undefined when the model follows the whole schedule. */
  readonly refused: Refused | undefined;
}

/**
 * The number of the step, from 1, that the model does not follow, and the steps that are enabled
 * instead.
 */
export interface Refused {
  readonly step: number;
  readonly entry: string;
  readonly enabled: readonly string[];
}

/** Takes the steps of a model at one point. */
export class Walker {
  readonly scenario: Scenario;
  readonly point: AnyPoint;
  readonly system: AnySystem;
  /** The initial states. */
  readonly initial: readonly WorldState[];
  readonly #stepper: Stepper;
  readonly #vectors: readonly Vector[];

  /**
   * Throws a UsageError for parameters or faults that the scenario does not have, and a SpecError
   * when the model is broken.
   */
  constructor(
    scenario: Scenario,
    parameters: AnyPoint,
    faults?: { readonly [name: string]: number },
  ) {
    this.scenario = scenario;
    this.point = pointOf(scenario, parameters);
    this.system = scenario.system(this.point);
    const options = { parameters: this.point, ...(faults === undefined ? {} : { faults }) };
    const { stepper, initial } = stepperFor(scenario, options);
    this.#stepper = stepper;
    this.#vectors = initial;
    this.initial = initial.map((vector) => stepper.world(vector));
  }

  /** A walk without steps. Throws a RangeError when there is no such initial state. */
  begin(initIndex = 0): Walk {
    const init = this.initial[initIndex];
    if (init === undefined) throw new RangeError(`there is no initial state ${initIndex}`);
    return { init, initIndex, steps: [] };
  }

  /** The steps that are enabled after `at` steps of a walk. */
  enabled(walk: Walk, at: number): readonly WalkStep[] {
    this.#learn(walk, at);
    const vector = this.#stepper.vectorOf(stateAt(walk, at));
    return this.#stepper
      .enabled(vector)
      .map((candidate) => walkStep(candidate.entry, this.#stepper.describe(vector, candidate)));
  }

  /** Follows a schedule as far as the model allows it. */
  follow(schedule: readonly string[], initIndex = 0): Stopped {
    const { init } = this.begin(initIndex);
    const steps: WalkStep[] = [];
    let vector = this.#vectors[initIndex] as Vector;
    for (const [i, entry] of schedule.entries()) {
      const candidates = this.#stepper.enabled(vector);
      const taken = candidates.find((candidate) => candidate.entry === entry);
      if (taken === undefined) {
        const enabled = [...new Set(candidates.map((candidate) => candidate.entry))];
        return { walk: { init, initIndex, steps }, refused: { step: i + 1, entry, enabled } };
      }
      steps.push(this.#describe(vector, taken));
      vector = this.#stepper.after(vector, taken.outcome);
    }
    return { walk: { init, initIndex, steps }, refused: undefined };
  }

  /**
   * The truth of each property after `at` steps of a walk. Throws a SpecError when a property
   * throws.
   */
  truths(walk: Walk, at: number): readonly Truth[] {
    const step = walk.steps[at - 1];
    const reached = step === undefined ? undefined : { before: stateAt(walk, at - 1), step };
    const state = stateAt(walk, at);
    return [...truthsAt(this.system, state, reached), ...this.#endTruth(walk, at)];
  }

  /**
   * Whether an end can be reached from here; empty where the system does not ask, or where too many
   * states follow.
   */
  #endTruth(walk: Walk, at: number): readonly Truth[] {
    this.#learn(walk, at);
    const state = stateAt(walk, at);
    const vector = this.#stepper.vectorOf(state);
    const walkable = { stepper: this.#stepper, system: this.system, initial: this.#vectors };
    const { kind, question: name } = prospectFrom(walkable, vector, followersMax);
    if (name === undefined || kind === 'unknown') return [];
    const part = kind === 'out_of_reach' ? OUT_OF_REACH : undefined;
    return [{ name, kind: 'deadlock', truth: kind === 'goes_on' ? 'holds' : 'fails', part }];
  }

  /**
   * Evaluates the earlier steps in order, because a flow that only some step starts is unknown
   * until that step is evaluated.
   */
  #learn(walk: Walk, at: number): void {
    for (let i = 1; i <= at; i++) {
      if (this.#stepper.knows(stateAt(walk, i))) continue;
      this.#stepper.enabled(this.#stepper.vectorOf(stateAt(walk, i - 1)));
    }
  }

  #describe(vector: Vector, candidate: Candidate): WalkStep {
    return walkStep(candidate.entry, this.#stepper.describe(vector, candidate));
  }
}

function walkStep(entry: string, step: Step): WalkStep {
  const { actor, label, picks, changes, reads, writes, state } = step;
  return { actor, label, picks, changes, reads, writes, entry, state };
}
