import type { AnyAction } from '../../spec/action.ts';
import { BLOCKED } from '../../spec/blocked.ts';
import type { AnyFlow, ProcessState } from '../../spec/process.ts';
import { allow, forbid, refuseOffence } from '../purity/forbidden.ts';
import type { Slots } from '../state/slots.ts';
import type { ActionActor, Actor, ProcessActor } from './actors.ts';
import { blame } from './blame.ts';
import { Choices } from './choices.ts';
import { Drafts } from './draft-views.ts';
import { type Evaluated, NO_OUTCOMES, type Outcome, UNASKED } from './evaluated.ts';
import type { Flows } from './flows.ts';
import { IDLE, type PreparedStep, prepare } from './prepared-step.ts';
import { makeProcesses, type ProcessRecord } from './processes-view.ts';
import { selfView } from './self-view.ts';
import type { TableUses } from './table-uses.ts';
import { doAction, doStep, requireBoolean } from './take-step.ts';
import { type NumberSource, processField, Tracker } from './tracker.ts';
import { Looks, type Views } from './views.ts';

/** Runs recipes, guards and tests on one state at a time, and returns what they read and did. */
export class Evaluator {
  readonly slots: Slots;
  readonly flows: Flows;
  readonly tracker: Tracker;
  readonly #looks: Looks;
  readonly #drafts: Drafts;
  readonly #choices = new Choices();
  readonly #scenario: string;
  readonly #watchesLess: boolean;
  /** The step or the property under evaluation, for a caller that ends it from outside. */
  underWay: string | undefined;
  /** The number of runs of recipes and tests so far. It tells an endless step from a long one. */
  runs = 0;
  /** The process that takes the step under evaluation; undefined for an action. */
  #acting: string | undefined;
  /** Whether the present step gets plain tables, and which it is. */
  #isDirect = false;
  #last: PreparedStep | undefined;
  readonly #processes;
  readonly #processRecord: () => ProcessRecord;
  /** The steps of processes, by slot of the process and number of its value. */
  readonly #stepsOf: (PreparedStep | undefined)[][] = [];
  /** The same by place in the text of the model, and actions by their object. */
  readonly #stepsAt = new Map<string, PreparedStep>();
  readonly #actionsOf = new Map<AnyAction, PreparedStep>();

  /** With `watchesLess` plain tables are given as soon as they can be: for tests. */
  constructor(slots: Slots, flows: Flows, scenario: string, watchesLess = false) {
    this.#watchesLess = watchesLess;
    this.slots = slots;
    this.flows = flows;
    this.tracker = new Tracker(slots);
    this.#looks = new Looks(slots, this.tracker);
    this.#drafts = new Drafts(slots, this.tracker);
    const field = processField(slots);
    // Only the checker writes this table, so its values are processes.
    this.#processRecord = () => this.#drafts.held(field) as ProcessRecord;
    this.#processes = makeProcesses(this.#processRecord, flows, () => this.#acting);
    this.#scenario = scenario;
  }

  /**
   * All outcomes of the actor's next step. `strictly` looks closely at each value that is written,
   * and freezes what the recipe was given once it is done. Without `reads` the slots that were read
   * are left out of the answer, and a step that is not remembered gets plain tables. Throws a
   * SpecError that names flow and step when the model is broken.
   */
  step(actor: Actor, source: NumberSource, strictly = false, reads = true): Evaluated {
    this.tracker.begin(source);
    this.#drafts.isStrict = strictly;
    const prepared = actor.kind === 'process' ? this.#stepOf(actor) : this.#actionOf(actor);
    this.#isDirect = !(strictly || reads) && prepared?.isDirect === true;
    this.#last = prepared;
    const outcomes = prepared === undefined ? NO_OUTCOMES : this.#outcomesOf(prepared, actor);
    const { flow, label, where, idle } = prepared ?? IDLE;
    if (!reads && outcomes.length === 0) return idle;
    const order = reads ? this.tracker.order : UNASKED;
    const numbers = reads ? this.tracker.numbers : UNASKED;
    return { order, numbers, flow, label, where, outcomes };
  }

  /**
   * Whether what was evaluated last is remembered: where it is not, it is evaluated the shorter way
   * next time.
   */
  isRemembered(is: boolean): void {
    if (this.#last !== undefined) this.#last.isDirect = !is;
  }

  /** The last answer of `step`, with the slots that it read. */
  withReads({ flow, label, where, outcomes }: Evaluated): Evaluated {
    const { order, numbers } = this.tracker;
    return { order, numbers, flow, label, where, outcomes };
  }

  #outcomesOf(prepared: PreparedStep, actor: Actor): readonly Outcome[] {
    this.#acting = actor.kind === 'process' ? actor.pid : undefined;
    this.underWay = prepared.where;
    let outcomes = NO_OUTCOMES;
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
   * The value of a test of a property. With `isDirect` it gets plain objects for the tables that it
   * is known to go through. Throws a SpecError that names the property when the test throws.
   */
  test(
    body: (views: Views) => unknown,
    where: string,
    source: NumberSource,
    uses?: TableUses,
    isDirect = false,
  ): boolean {
    this.tracker.begin(source);
    this.runs += 1;
    this.underWay = where;
    try {
      const outer = forbid();
      let answer: unknown;
      try {
        answer = body(this.#looks.begin(uses, isDirect));
      } finally {
        allow(outer);
      }
      refuseOffence();
      this.underWay = undefined;
      return requireBoolean(answer);
    } catch (error) {
      throw blame(error, `scenario '${this.#scenario}', ${where}`);
    } finally {
      this.#looks.end();
    }
  }

  /**
   * Runs the recipe once for each combination of picks, like an odometer. The idea is that of
   * TigerBeetle's exhaustigen.zig.
   */
  #everyWay(prepared: PreparedStep, actor: Actor): readonly Outcome[] {
    let outcomes: Outcome[] | undefined;
    const drafts = this.#drafts;
    const choices = this.#choices;
    if (!this.#isDirect) prepared.recipeUses.begin();
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
    return outcomes ?? NO_OUTCOMES;
  }

  #isEnabled({ step, action, guardUses }: PreparedStep, actor: Actor): boolean {
    const when = (step ?? action)?.when;
    if (when === undefined) return true;
    const { state, processes } = this.#looks.begin(guardUses, this.#isDirect);
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

  #runOnce({ step, flow, label, action, recipeUses }: PreparedStep, actor: Actor): void {
    const { pick } = this.#choices;
    const state = this.#drafts.begin(recipeUses, this.#isDirect);
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

  /** The next step of a process; undefined when the process is done or absent. */
  #stepOf(actor: ProcessActor): PreparedStep | undefined {
    const number = this.tracker.read(actor.slot);
    // The value of a process alone determines its next step.
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
    // One recipe may stand under several labels, so the key is not the recipe.
    const where = `flow '${flow}', step '${label}'`;
    const known = this.#stepsAt.get(where);
    if (known?.step === step) return known;
    const made = prepare({ flow, label, where, step, action: undefined }, this.#watchesLess);
    this.#stepsAt.set(where, made);
    return made;
  }

  /** The step of an action; undefined for a fault whose budget is used up. */
  #actionOf({ action, budget, kind }: ActionActor): PreparedStep | undefined {
    if (budget !== undefined && this.tracker.get(budget) === 0) return undefined;
    const known = this.#actionsOf.get(action);
    if (known !== undefined) return known;
    const { name } = action;
    const where = `${kind} '${name}'`;
    const given = { flow: undefined, label: name, where, step: undefined, action };
    const made = prepare(given, this.#watchesLess);
    this.#actionsOf.set(action, made);
    return made;
  }
}
