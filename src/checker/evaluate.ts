import { isDraft } from 'immer';
import type { AnyFlow, AnyStep, Processes, ProcessState } from '../spec/process.ts';
import { SpecError } from '../spec/spec-error.ts';
import type { ActionActor, Actor, ProcessActor } from './actors.ts';
import { blame } from './blame.ts';
import { Choices } from './choices.ts';
import type { Flows } from './flows.ts';
import { withoutClockAndRandomness } from './forbidden.ts';
import { makeProcesses } from './processes-view.ts';
import { selfView } from './self-view.ts';
import type { Slots } from './slots.ts';
import { type NumberSource, Tracker } from './tracker.ts';
import { makeViews, type Views } from './views.ts';
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
  readonly #views: Views;
  readonly #processes: Processes;
  readonly #choices = new Choices();
  readonly #scenario: string;
  /** The step or the property that is being evaluated, for whoever ends it from outside. */
  underWay: string | undefined;
  /** The process that takes the step which is being evaluated; undefined for an action. */
  #acting: string | undefined;

  constructor(slots: Slots, flows: Flows, scenario: string) {
    this.slots = slots;
    this.flows = flows;
    this.tracker = new Tracker(slots);
    this.#views = makeViews(slots, this.tracker);
    this.#processes = makeProcesses(slots, this.tracker, flows, () => this.#acting);
    this.#scenario = scenario;
  }

  /** All outcomes of the actor's next step. Throws a SpecError that names flow and step when the model is broken. */
  step(actor: Actor, source: NumberSource): Evaluated {
    this.tracker.begin(source);
    this.#acting = actor.kind === 'process' ? actor.pid : undefined;
    const { flow, label, where, run } =
      actor.kind === 'process' ? this.#processStep(actor) : this.#actionStep(actor);
    if (run === undefined) return this.#evaluated({ flow, label, where, outcomes: [] });
    this.underWay = where;
    try {
      const outcomes = withoutClockAndRandomness(() => this.#outcomes(run));
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
      const answer = withoutClockAndRandomness(() => body(this.#views, this.tracker));
      this.underWay = undefined;
      return requireBoolean(answer);
    } catch (error) {
      throw blame(error, `scenario '${this.#scenario}', ${where}`);
    }
  }

  #evaluated(what: Omit<Evaluated, 'order' | 'numbers'>): Evaluated {
    const { order, numbers } = this.tracker;
    return { order: [...order], numbers: [...numbers], ...what };
  }

  /** Runs the recipe once for every combination of picks, like an odometer; see TigerBeetle's exhaustigen.zig for the idea. */
  #outcomes(run: () => boolean): Outcome[] {
    const outcomes: Outcome[] = [];
    this.#choices.begin();
    do {
      this.tracker.again();
      if (this.#choices.attempt(run)) {
        outcomes.push({ picks: this.#choices.taken(), writes: this.tracker.writes() });
      }
    } while (this.#choices.next());
    return outcomes;
  }

  #processStep(actor: ProcessActor): Runnable {
    const process = this.tracker.get(actor.slot) as ProcessState | undefined;
    if (process === undefined || process.at === 'done') return IDLE;
    const flow = this.flows.get(process.flow);
    const step = flow?.steps[process.at];
    if (flow === undefined || step === undefined) {
      throw new Error(`process '${actor.pid}' stands at '${process.at}' of '${process.flow}'`);
    }
    return {
      flow: flow.name,
      label: process.at,
      where: `flow '${flow.name}', step '${process.at}'`,
      run: () => this.#runStep(actor, flow, step, process.at),
    };
  }

  #runStep(actor: ProcessActor, flow: AnyFlow, step: AnyStep, label: string): boolean {
    const { state, processes } = this.#views;
    const self = selfView(actor, this.tracker);
    if (step.when !== undefined && !requireBoolean(step.when(state, self, processes))) return false;
    this.tracker.allowWrites();
    const returned = step.do(state, self, this.#choices.pick, this.#processes);
    const next = nextLabel(flow, label, returned);
    const process = this.tracker.get(actor.slot) as { at: string } | undefined;
    // A step may remove its own process; then there is no program counter left to move.
    if (process !== undefined) this.#moveTo(actor.slot, process, next);
    return true;
  }

  #moveTo(slot: number, process: { at: string }, label: string): void {
    if (isDraft(process)) process.at = label;
    else this.tracker.set(slot, { ...process, at: label });
  }

  #actionStep({ action, budget, kind }: ActionActor): Runnable {
    const left = budget === undefined ? Number.POSITIVE_INFINITY : this.tracker.get(budget);
    const where = `${kind} '${action.name}'`;
    if (left === 0) return IDLE;
    const { state, processes } = this.#views;
    const run = () => {
      if (action.when !== undefined && !requireBoolean(action.when(state, processes))) return false;
      this.tracker.allowWrites();
      // What the types call void may be anything.
      const returned: unknown = action.do(state, this.#choices.pick as never, this.#processes);
      refuseLater(returned);
      if (budget !== undefined) this.tracker.set(budget, Number(left) - 1);
      return true;
    };
    return { flow: undefined, label: action.name, where, run };
  }
}

interface Runnable {
  readonly flow: string | undefined;
  readonly label: string;
  readonly where: string;
  /** Runs guard and recipe once; false when the step is not enabled. Undefined when there is no step to take. */
  readonly run: (() => boolean) | undefined;
}

const IDLE: Runnable = { flow: undefined, label: '', where: '', run: undefined };

/** A promise or a generator would do its work, or the rest of it, after the step is over. */
function refuseLater(returned: unknown): void {
  const kind = laterKind(returned);
  if (kind === undefined) return;
  throw new SpecError({
    what: `it returned a ${kind}, so that it has not done all of its work`,
    mend: 'A step is done at once: remove `async` or `*`, and make several steps where one has to wait.',
  });
}

function laterKind(value: unknown): string | undefined {
  return /Promise|Generator/.exec(Object.prototype.toString.call(value))?.[0];
}

function nextLabel(flow: AnyFlow, label: string, returned: unknown): string {
  if (returned === undefined) return flow.labels[flow.labels.indexOf(label) + 1] ?? 'done';
  if (returned === 'done' || flow.labels.includes(String(returned))) return String(returned);
  refuseLater(returned);
  throw new SpecError({
    what: `it returned '${String(returned)}', which is not a label of this flow`,
    mend: `Return ${flow.labels.map((known) => `'${known}'`).join(', ')}, 'done', or nothing to fall through.`,
  });
}

/** The answer of a guard or a property. Throws a SpecError when it is neither true nor false. */
export function requireBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  const later = laterKind(value);
  const found = typeof value === 'object' ? 'an object' : String(value);
  throw new SpecError({
    what: `a guard or property answered ${later === undefined ? found : `a ${later}`}`,
    mend: `Answer true or false${later === undefined ? '' : ': remove `async` or `*`'}.`,
  });
}
