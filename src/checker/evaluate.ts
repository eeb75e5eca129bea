import type { ProcessState } from '../spec/process.ts';
import type { ActionActor, Actor, ProcessActor } from './actors.ts';
import { blame } from './blame.ts';
import { Choices } from './choices.ts';
import { Drafts } from './draft-views.ts';
import type { Flows } from './flows.ts';
import { withoutClockAndRandomness } from './forbidden.ts';
import { makeProcesses, type ProcessRecord } from './processes-view.ts';
import { selfView } from './self-view.ts';
import type { Slots } from './slots.ts';
import { doAction, doStep, requireBoolean } from './take-step.ts';
import { type NumberSource, processField, Tracker } from './tracker.ts';
import { Looks, type Views } from './views.ts';
import type { Picks } from './words.ts';

/** One way in which a step can go: the picks that lead there and what it writes. */
export interface Outcome {
  readonly picks: Picks;
  /** Slot and new value number in turn, for each slot that changes. Empty when the step changes nothing. */
  readonly writes: readonly number[];
}

/** Of an actor that has nothing to do. */
export const NOTHING_DONE: Evaluated = {
  order: [],
  numbers: [],
  flow: undefined,
  label: '',
  where: '',
  outcomes: [],
};

/** A step as a function of what it read. */
export interface Evaluated {
  /** Slots in the order of reading, and the value numbers found there. */
  readonly order: readonly number[];
  readonly numbers: readonly number[];
  /** The label at which a process stood, or the name of the action; '' when the actor had nothing to do. */
  readonly label: string;
  /** The flow of the process; undefined for an action, or when the actor had nothing to do. */
  readonly flow: string | undefined;
  /** `flow 'detach', step 'driver_detach'`, for messages; '' when the actor had nothing to do. */
  readonly where: string;
  /** Empty when the step is not enabled. */
  readonly outcomes: readonly Outcome[];
}

/** Runs recipes, guards and tests on one state at a time and tells what they read and did. */
export class Evaluator {
  readonly slots: Slots;
  readonly flows: Flows;
  readonly tracker: Tracker;
  readonly #looks: Looks;
  readonly #drafts: Drafts;
  readonly #choices = new Choices();
  readonly #scenario: string;
  /** The step or the property that is being evaluated, for whoever ends it from outside. */
  underWay: string | undefined;
  /** The process that takes the step which is being evaluated; undefined for an action. */
  #acting: string | undefined;
  readonly #processes;
  readonly #processRecord: () => ProcessRecord;

  constructor(slots: Slots, flows: Flows, scenario: string) {
    this.slots = slots;
    this.flows = flows;
    this.tracker = new Tracker(slots);
    this.#looks = new Looks(slots, this.tracker);
    this.#drafts = new Drafts(slots, this.tracker);
    const field = processField(slots);
    // Only the checker writes this table, so that it holds processes.
    this.#processRecord = () => this.#drafts.held(field) as ProcessRecord;
    this.#processes = makeProcesses(this.#processRecord, flows, () => this.#acting);
    this.#scenario = scenario;
  }

  /**
   * All outcomes of the actor's next step. `strictly` looks closely at each value that is written, and freezes
   * what the recipe was given once it is done.
   * Throws a SpecError that names flow and step when the model is broken.
   */
  step(actor: Actor, source: NumberSource, strictly = false): Evaluated {
    this.tracker.begin(source);
    this.#drafts.isStrict = strictly;
    this.#acting = actor.kind === 'process' ? actor.pid : undefined;
    const { flow, label, where, guard, run } =
      actor.kind === 'process' ? this.#processStep(actor) : this.#actionStep(actor);
    if (run === undefined) return this.#evaluated({ flow, label, where, outcomes: [] });
    this.underWay = where;
    try {
      const outcomes = withoutClockAndRandomness(() => this.#outcomes(guard, run));
      this.underWay = undefined;
      return this.#evaluated({ flow, label, where, outcomes });
    } catch (error) {
      throw blame(error, `scenario '${this.#scenario}', ${where}`);
    }
  }

  /** The value of a test of a property. Throws a SpecError that names the property when the test throws. */
  test(
    body: (views: Views, tracker: Tracker) => unknown,
    where: string,
    source: NumberSource,
  ): boolean {
    this.tracker.begin(source);
    this.underWay = where;
    try {
      const answer = withoutClockAndRandomness(() => body(this.#looks.begin(), this.tracker));
      this.underWay = undefined;
      return requireBoolean(answer);
    } catch (error) {
      throw blame(error, `scenario '${this.#scenario}', ${where}`);
    } finally {
      this.#looks.end();
    }
  }

  #evaluated(what: Omit<Evaluated, 'order' | 'numbers'>): Evaluated {
    const { order, numbers } = this.tracker;
    return { order: order.slice(), numbers: numbers.slice(), ...what };
  }

  /** Runs the recipe once for every combination of picks, like an odometer; see TigerBeetle's exhaustigen.zig for the idea. */
  #outcomes(
    guard: ((views: Views) => unknown) | undefined,
    run: (state: object) => void,
  ): Outcome[] {
    if (guard !== undefined) {
      const isEnabled = requireBoolean(guard(this.#looks.begin()));
      this.#looks.end();
      if (!isEnabled) return [];
    }
    const outcomes: Outcome[] = [];
    const drafts = this.#drafts;
    this.#choices.begin();
    do {
      const isDone = this.#choices.attempt(() => {
        run(drafts.begin());
        return true;
      });
      if (isDone) outcomes.push({ picks: this.#choices.taken(), writes: drafts.writes() });
      drafts.end();
    } while (this.#choices.next());
    return outcomes;
  }

  #processStep(actor: ProcessActor): Runnable {
    const { pid } = actor;
    const process = this.tracker.get(actor.slot) as ProcessState | undefined;
    if (process === undefined || process.at === 'done') return IDLE;
    const { at: label } = process;
    const flow = this.flows.get(process.flow);
    const step = flow?.steps[label];
    if (flow === undefined || step === undefined) {
      throw new Error(`process '${pid}' stands at '${label}' of '${process.flow}'`);
    }
    const { when } = step;
    return {
      flow: flow.name,
      label,
      where: `flow '${flow.name}', step '${label}'`,
      guard: when && (({ state, processes }) => when(state, selfView(pid, process), processes)),
      run: (state) => {
        const processes = this.#processRecord();
        doStep({ state, processes, flow, label, step, pid }, this.#choices.pick, this.#processes);
      },
    };
  }

  #actionStep({ action, budget, kind }: ActionActor): Runnable {
    const left = budget === undefined ? Number.POSITIVE_INFINITY : this.tracker.get(budget);
    if (left === 0) return IDLE;
    const { when } = action;
    return {
      flow: undefined,
      label: action.name,
      where: `${kind} '${action.name}'`,
      guard: when && (({ state, processes }) => when(state, processes)),
      run: (state) => {
        doAction(action, state, this.#choices.pick, this.#processes);
        if (budget !== undefined) this.#drafts.write(budget, Number(left) - 1);
      },
    };
  }
}

interface Runnable {
  readonly flow: string | undefined;
  readonly label: string;
  readonly where: string;
  /** Undefined when the step waits for nothing. */
  readonly guard?: ((views: Views) => unknown) | undefined;
  /** Runs the recipe once. Undefined when there is no step to take. */
  readonly run: ((state: object) => void) | undefined;
}

const IDLE: Runnable = { flow: undefined, label: '', where: '', run: undefined };
