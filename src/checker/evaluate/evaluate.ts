import type { AnyAction } from '../../spec/action.ts';
import { BLOCKED } from '../../spec/blocked.ts';
import type { AnyFlow, AnyStep, ProcessState } from '../../spec/process.ts';
import { allow, forbid, refuseOffence, withoutClockAndRandomness } from '../purity/forbidden.ts';
import type { Picks } from '../result/schedule-entry.ts';
import type { Slots } from '../state/slots.ts';
import type { ActionActor, Actor, ProcessActor } from './actors.ts';
import { blame } from './blame.ts';
import { Choices } from './choices.ts';
import { Drafts } from './draft-views.ts';
import type { Flows } from './flows.ts';
import { makeProcesses, type ProcessRecord } from './processes-view.ts';
import { selfView } from './self-view.ts';
import { doAction, doStep, requireBoolean } from './take-step.ts';
import { type NumberSource, processField, Tracker } from './tracker.ts';
import { Looks, type Views } from './views.ts';

/** One way in which a step can go: the picks that lead there and what it writes. */
export interface Outcome {
  readonly picks: Picks;
  /**
   * Slot and new value number in turn, for each slot that changes. Empty when the step changes
   * nothing.
   */
  readonly writes: readonly number[];
}

const NONE: readonly Outcome[] = [];
const UNASKED: readonly number[] = [];

/** Of an actor that has nothing to do. */
export const NOTHING_DONE: Evaluated = {
  order: UNASKED,
  numbers: UNASKED,
  flow: undefined,
  label: '',
  where: '',
  outcomes: NONE,
};

/** A step as a function of what it read. */
export interface Evaluated {
  /** Slots in the order of reading, and the value numbers found there. */
  readonly order: readonly number[];
  readonly numbers: readonly number[];
  /**
   * The label at which a process stood, or the name of the action; '' when the actor had nothing to
   * do.
   */
  readonly label: string;
  /** The flow of the process; undefined for an action, or when the actor had nothing to do. */
  readonly flow: string | undefined;
  /** `flow 'detach', step 'driver_detach'`, for messages; '' when the actor had nothing to do. */
  readonly where: string;
  /** Empty when the step is not enabled. */
  readonly outcomes: readonly Outcome[];
}

/** False where the slots that were read are left out. */
export function tellsReads({ order }: Evaluated): boolean {
  return order !== UNASKED;
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
  /** How often a recipe or a test was run so far, for whoever wonders whether it goes on. */
  runs = 0;
  /** The process that takes the step which is being evaluated; undefined for an action. */
  #acting: string | undefined;
  readonly #processes;
  readonly #processRecord: () => ProcessRecord;
  /** Steps of processes, by the slot of a process and the number of its value. */
  readonly #stepsOf: (PreparedStep | undefined)[][] = [];
  /** The same by where the step is written, and actions by what the model wrote. */
  readonly #stepsAt = new Map<string, PreparedStep>();
  readonly #actionsOf = new Map<AnyAction, PreparedStep>();

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
   * All outcomes of the actor's next step. `strictly` looks closely at each value that is written,
   * and freezes what the recipe was given once it is done. Without `reads` the slots that were read
   * are left out of the answer. Throws a SpecError that names flow and step when the model is
   * broken.
   */
  step(actor: Actor, source: NumberSource, strictly = false, reads = true): Evaluated {
    this.tracker.begin(source);
    this.#drafts.isStrict = strictly;
    const prepared = actor.kind === 'process' ? this.#stepOf(actor) : this.#actionOf(actor);
    const outcomes = prepared === undefined ? NONE : this.#outcomesOf(prepared, actor);
    const { flow, label, where, idle } = prepared ?? IDLE;
    if (!reads && outcomes.length === 0) return idle;
    const order = reads ? this.tracker.order : UNASKED;
    const numbers = reads ? this.tracker.numbers : UNASKED;
    return { order, numbers, flow, label, where, outcomes };
  }

  /** The last answer of `step`, with the slots that were read. */
  withReads({ flow, label, where, outcomes }: Evaluated): Evaluated {
    const { order, numbers } = this.tracker;
    return { order, numbers, flow, label, where, outcomes };
  }

  #outcomesOf(prepared: PreparedStep, actor: Actor): readonly Outcome[] {
    this.#acting = actor.kind === 'process' ? actor.pid : undefined;
    this.underWay = prepared.where;
    let outcomes = NONE;
    try {
      const outer = forbid();
      try {
        if (this.#isEnabled(prepared, actor)) outcomes = this.#everyWay(prepared, actor);
      } finally {
        allow(outer);
      }
      refuseOffence();
    } catch (error) {
      throw blame(error, `scenario '${this.#scenario}', ${prepared.where}`);
    }
    this.underWay = undefined;
    return outcomes;
  }

  /**
   * The value of a test of a property. Throws a SpecError that names the property when the test
   * throws.
   */
  test(
    body: (views: Views, tracker: Tracker) => unknown,
    where: string,
    source: NumberSource,
  ): boolean {
    this.tracker.begin(source);
    this.runs += 1;
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

  /**
   * Runs the recipe once for every combination of picks, like an odometer; see TigerBeetle's
   * exhaustigen.zig for the idea.
   */
  #everyWay(prepared: PreparedStep, actor: Actor): readonly Outcome[] {
    let outcomes: Outcome[] | undefined;
    const drafts = this.#drafts;
    const choices = this.#choices;
    choices.begin();
    do {
      this.runs += 1;
      let isDone = true;
      try {
        this.#runOnce(prepared, actor);
      } catch (signal) {
        if (signal !== BLOCKED) throw signal;
        isDone = false;
      }
      choices.endRun();
      if (isDone) {
        const outcome = { picks: choices.taken(), writes: drafts.writes() };
        if (outcomes === undefined) outcomes = [outcome];
        else outcomes.push(outcome);
      }
      drafts.end();
    } while (choices.next());
    return outcomes ?? NONE;
  }

  #isEnabled({ step, action }: PreparedStep, actor: Actor): boolean {
    const when = (step ?? action)?.when;
    if (when === undefined) return true;
    const { state, processes } = this.#looks.begin();
    const answer =
      step?.when === undefined || actor.kind !== 'process'
        ? action?.when?.(state, processes)
        : step.when(
            state,
            selfView(actor.pid, () => this.#stateOf(actor)),
            processes,
          );
    this.#looks.end();
    return requireBoolean(answer);
  }

  #runOnce({ step, flow, label, action }: PreparedStep, actor: Actor): void {
    const { pick } = this.#choices;
    const state = this.#drafts.begin();
    if (actor.kind === 'process' && step !== undefined) {
      const processes = this.#processRecord();
      const { labels } = this.flows.get(flow as string) as AnyFlow;
      doStep({ state, processes, labels, label, step, pid: actor.pid }, pick, this.#processes);
    } else if (actor.kind !== 'process' && action !== undefined) {
      doAction(action, state, pick, this.#processes);
      const { budget } = actor;
      if (budget !== undefined) this.#drafts.write(budget, Number(this.tracker.get(budget)) - 1);
    }
  }

  #stateOf({ slot }: ProcessActor): ProcessState {
    // Only the checker writes the table of processes.
    return this.tracker.get(slot) as ProcessState;
  }

  /** The step that a process would take; undefined when it is done or not there. */
  #stepOf(actor: ProcessActor): PreparedStep | undefined {
    const number = this.tracker.read(actor.slot);
    // What a process does next is told by its value alone.
    const byNumber = this.#stepsOf[actor.slot] ?? [];
    this.#stepsOf[actor.slot] = byNumber;
    const known = byNumber[number];
    if (known !== undefined) return known === IDLE ? undefined : known;
    const made = this.#prepareStep(actor) ?? IDLE;
    byNumber[number] = made;
    return made === IDLE ? undefined : made;
  }

  #prepareStep(actor: ProcessActor): PreparedStep | undefined {
    const process = this.#stateOf(actor) as ProcessState | undefined;
    if (process === undefined || process.at === 'done') return undefined;
    const { flow, at: label } = process;
    const step = this.flows.get(flow)?.steps[label];
    if (step === undefined)
      throw new Error(`process '${actor.pid}' stands at '${label}' of '${flow}'`);
    // One recipe may stand under several labels.
    const where = `flow '${flow}', step '${label}'`;
    const known = this.#stepsAt.get(where);
    if (known?.step === step) return known;
    const made = prepare({ flow, label, where, step, action: undefined });
    this.#stepsAt.set(where, made);
    return made;
  }

  /** An action, unless it is a fault that has happened as often as it may. */
  #actionOf({ action, budget, kind }: ActionActor): PreparedStep | undefined {
    if (budget !== undefined && this.tracker.get(budget) === 0) return undefined;
    const known = this.#actionsOf.get(action);
    if (known !== undefined) return known;
    const { name } = action;
    const where = `${kind} '${name}'`;
    const made = prepare({ flow: undefined, label: name, where, step: undefined, action });
    this.#actionsOf.set(action, made);
    return made;
  }
}

/** A step of a process, or an action. */
interface PreparedStep {
  readonly flow: string | undefined;
  readonly label: string;
  /** For messages. */
  readonly where: string;
  readonly step: AnyStep | undefined;
  readonly action: AnyAction | undefined;
  /** The answer of a step that is not enabled, where the reads are left out. */
  readonly idle: Evaluated;
}

/** All are made here, so that V8 gives them one shape. */
function prepare({ flow, label, where, step, action }: Omit<PreparedStep, 'idle'>): PreparedStep {
  const idle = { order: UNASKED, numbers: UNASKED, flow, label, where, outcomes: NONE };
  return { flow, label, where, step, action, idle };
}

const IDLE = prepare({
  flow: undefined,
  label: '',
  where: '',
  step: undefined,
  action: undefined,
});
