import { Immer } from 'immer';
import type { Plain } from '../../spec/plain.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { withoutClockAndRandomness } from '../purity/forbidden.ts';
import { dependsOnOrder, tableInOtherOrder, withOtherKeys } from '../purity/other-order.ts';
import type { Picks } from '../result/schedule-entry.ts';
import { isError } from '../result/thrown-text.ts';
import { ABSENT, FAULTS, type Field, PROCESSES, type Slots } from '../state/slots.ts';
import type { ActionActor, Actor, ProcessActor } from './actors.ts';
import { Choices } from './choices.ts';
import type { Evaluated, Outcome } from './evaluated.ts';
import type { Flows } from './flows.ts';
import { oddity } from './object-protocol.ts';
import { makeProcesses, type ProcessRecord } from './processes-view.ts';
import { samePicks } from './same-picks.ts';
import { selfView } from './self-view.ts';
import { doAction, doStep, requireBoolean } from './take-step.ts';
import { type NumberSource, processField } from './tracker.ts';
import { worldOf } from './world.ts';

/** A state as plain data, of which immer makes drafts. */
interface PlainState {
  readonly state: object;
  readonly processes: ProcessRecord;
}

interface PlainOutcome {
  readonly picks: Picks;
  readonly after: PlainState;
}

const immer = new Immer({ autoFreeze: false });

/**
 * A second meaning of a step: its recipe under immer's `produce`, on the whole state as plain data.
 * It shares no view, copy or tracking with the evaluator. So each search compares two independent
 * meanings of its own recipes.
 */
export class PlainSteps {
  readonly #slots: Slots;
  readonly #flows: Flows;
  readonly #choices = new Choices();

  constructor(slots: Slots, flows: Flows) {
    this.#slots = slots;
    this.#flows = flows;
  }

  /**
   * Compares the outcomes of an evaluation with those under immer. Throws a SpecError that names
   * the difference, or what the recipe does that immer refuses.
   */
  compare(actor: Actor, source: NumberSource, evaluated: Evaluated): void {
    if (evaluated.label === '') return;
    const outcomes = withoutClockAndRandomness(() =>
      this.#outcomes(actor, this.#plainState(source)),
    );
    if (outcomes.length !== evaluated.outcomes.length) {
      throw differs(
        `it can be taken in ${outcomes.length} ways instead of ${evaluated.outcomes.length}`,
      );
    }
    for (const [i, { picks, after }] of outcomes.entries()) {
      const twin = evaluated.outcomes[i] as Outcome;
      if (!samePicks(picks, twin.picks)) throw differs('its picks are others');
      const slot = this.#difference(source, twin, after);
      if (slot === undefined) continue;
      throw differs(`${this.#slots.nameOf(slot)} has another value then`);
    }
  }

  /**
   * Takes the step once more on a state whose records have their keys in another order. Throws a
   * SpecError where the outcomes differ, because a state does not keep that order.
   */
  compareOrders(actor: Actor, source: NumberSource, evaluated: Evaluated): void {
    if (evaluated.label === '') return;
    const outcomes = withoutClockAndRandomness(() =>
      this.#outcomes(actor, this.#inOtherOrder(source)),
    );
    if (outcomes.length !== evaluated.outcomes.length) throw dependsOnOrder();
    for (const { picks, after } of outcomes) {
      // A recipe may offer keys as options, so the picks are compared instead of their order.
      const twin = evaluated.outcomes.find((outcome) => samePicks(picks, outcome.picks));
      if (twin === undefined || this.#difference(source, twin, after) !== undefined) {
        throw dependsOnOrder();
      }
    }
  }

  #outcomes(actor: Actor, before: PlainState): PlainOutcome[] {
    if (!isEnabled(actor, before, this.#flows)) return [];
    const outcomes: PlainOutcome[] = [];
    this.#choices.begin();
    do {
      let after = before;
      const isDone = this.#choices.attempt(() => {
        after = this.#take(actor, before);
        return true;
      });
      if (isDone) outcomes.push({ picks: this.#choices.taken(), after });
    } while (this.#choices.next());
    return outcomes;
  }

  /** The state after the step with the current picks. */
  #take(actor: Actor, before: PlainState): PlainState {
    try {
      return immer.produce(before, (draft) => {
        const acting = actor.kind === 'process' ? actor.pid : undefined;
        const record = draft.processes as ProcessRecord;
        const processes = makeProcesses(
          () => record,
          this.#flows,
          () => acting,
        );
        if (actor.kind !== 'process') {
          doAction(actor.action, draft.state, this.#choices.pick, processes);
          return;
        }
        const { flow, label, step } = standing(actor, before, this.#flows);
        const { labels } = flow;
        const taken = {
          state: draft.state,
          processes: record,
          labels,
          label,
          step,
          pid: actor.pid,
        };
        doStep(taken, this.#choices.pick, processes);
      });
    } catch (error) {
      // A pick without options is no error, and a SpecError already has its message.
      if (!isError(error) || error instanceof SpecError) throw error;
      throw refusedByImmer(error);
    }
  }

  #plainState(source: NumberSource): PlainState {
    const { state, processes } = worldOf(this.#slots, source);
    for (const table of Object.values(state)) Object.freeze(table);
    // Nothing writes to it: guards only read, and recipes get drafts.
    return { state: Object.freeze(state), processes: Object.freeze(processes) as ProcessRecord };
  }

  #inOtherOrder(source: NumberSource): PlainState {
    const { state, processes } = worldOf(this.#slots, source);
    const other: { [name: string]: Plain } = {};
    for (const [name, value] of Object.entries(state)) {
      const field = this.#slots.fields.get(name);
      other[name] =
        field?.kind === 'table'
          ? tableInOtherOrder(this.#slots, field, value as { [id: string]: Plain })
          : withOtherKeys(value);
    }
    const record = tableInOtherOrder(this.#slots, processField(this.#slots), processes as never);
    // Only the checker writes the table of processes.
    return { state: Object.freeze(other), processes: record as never };
  }

  /**
   * A slot whose value after the step is not that of the outcome; undefined where there is none, or
   * where nothing can be compared. immer 11.2.13 leaves a revoked draft in its result where a
   * recipe moves an unchanged draft into two new objects, one of them inside a third.
   */
  #difference(source: NumberSource, outcome: Outcome, after: PlainState): number | undefined {
    try {
      return this.#changed(source, outcome, after);
    } catch (error) {
      if (error instanceof TypeError && error.message.includes('has been revoked'))
        return undefined;
      throw error;
    }
  }

  #changed(source: NumberSource, { writes }: Outcome, after: PlainState): number | undefined {
    const written = new Map<number, number>();
    for (let i = 0; i < writes.length; i += 2) {
      written.set(writes[i] as number, writes[i + 1] as number);
    }
    const numberOf = (slot: number) => written.get(slot) ?? source.numberOf(slot);
    for (const field of this.#slots.fields.values()) {
      if (field.name === FAULTS) continue;
      const value =
        field.name === PROCESSES
          ? after.processes
          : (after.state as { readonly [name: string]: unknown })[field.name];
      const slot = this.#differenceIn(field, value, numberOf);
      if (slot !== undefined) return slot;
    }
    return undefined;
  }

  #differenceIn(
    field: Field,
    value: unknown,
    numberOf: (slot: number) => number,
  ): number | undefined {
    for (const [id, slot] of this.#entries(field, value)) {
      const number = numberOf(slot);
      const held = field.kind === 'single' ? value : ownOf(value, id);
      if (this.#slots.valueOf(slot, number) === held) continue;
      if (this.#slots.intern(slot, held) !== number) return slot;
    }
    return undefined;
  }

  /** The slots of a field, including new ones that only `value` has. */
  #entries(field: Field, value: unknown): readonly (readonly [string, number])[] {
    if (field.kind === 'single') return [['', field.single]];
    if (typeof value !== 'object' || value === null)
      throw differs(`${field.name} is no table then`);
    for (const id of Object.keys(value)) this.#slots.slot(field, id);
    return field.sorted;
  }
}

function ownOf(table: unknown, id: string): unknown {
  return Object.hasOwn(table as object, id) ? (table as { [id: string]: unknown })[id] : ABSENT;
}

function isEnabled(actor: Actor, before: PlainState, flows: Flows): boolean {
  const { state, processes } = before;
  if (actor.kind !== 'process') {
    const { when } = (actor satisfies ActionActor).action;
    return when === undefined || requireBoolean(when(state, processes));
  }
  const { step, process } = standing(actor, before, flows);
  const self = selfView(actor.pid, () => process);
  return step.when === undefined || requireBoolean(step.when(state, self, processes));
}

/** The flow and the label of a process. */
function standing({ pid }: ProcessActor, { processes }: PlainState, flows: Flows) {
  const process = processes[pid];
  const flow = process && flows.get(process.flow);
  const step = process && flow?.steps[process.at];
  if (process === undefined || flow === undefined || step === undefined) {
    throw new Error(`process '${pid}' has no step to take`);
  }
  return { process, flow, step, label: process.at };
}

function differs(how: string): SpecError {
  return new SpecError({
    what: `uncontrolled nondeterminism: run once more, through immer's produce, it did something else: ${how}`,
    mend: 'A recipe may depend on nothing but the state, its variables and its picks: look for a variable outside the recipe that changes, and for Object.is(n, -0): a state does not keep the sign of zero.',
  });
}

/** Messages of immer or its proxies about a recipe that makes more of a part than plain data. */
const oddities: readonly (readonly [RegExp, string])[] = [
  [/^\[Immer\] Object\.setPrototypeOf/, 'a record or list with another prototype'],
  [
    /^\[Immer\] Object\.defineProperty|^'\w+' on proxy/,
    'a frozen, sealed, hidden or computed part of a record or list',
  ],
];

function refusedByImmer(error: Error): SpecError {
  const made = oddities.find(([message]) => message.test(error.message))?.[1];
  if (made !== undefined) return oddity(made);
  return new SpecError(
    {
      what: `run once more, through immer's produce, it threw ${error.name}: ${error.message}`,
      mend: 'A recipe changes plain records and arrays in place. Keep no draft beyond its step; copy with {...record} or [...list].',
    },
    { cause: error },
  );
}
