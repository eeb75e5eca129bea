import type { AnySystem } from '../../spec/system.ts';
import { processField } from '../evaluate/tracker.ts';
import type { Clauses } from '../properties/clauses.ts';
import { DEADLOCK, endQuestion, NEVER_STUCK } from '../result/end-questions.ts';
import { processesExist } from '../runs/processes-exist.ts';
import type { Frontier } from '../state/frontier.ts';
import { ABSENT, type Field } from '../state/slots.ts';
import type { Machine } from '../transitions/machine.ts';
import { OutOfReach, type Reach } from './out-of-reach.ts';

/** What is known about the ends of runs. */
export type EndFinding =
  | { readonly verdict: 'holds' }
  | { readonly verdict: 'undecided' }
  | {
      readonly verdict: 'violated';
      readonly state: number;
      /**
       * Nothing but a fault is enabled there; otherwise steps go on, and none of them leads to an
       * end.
       */
      readonly isStuck: boolean;
    };

/**
 * Whether every run can go on until it is done: from every state that is reachable an end is
 * reachable without a further fault. States that are stuck are judged as they are found. Where
 * every step leads to a later level no others are needed; else, and where only steps that change
 * nothing are left, the states are gone through once more when all of them are there.
 */
export class Ends {
  /**
   * How states in which nothing new can happen are counted: nothing enabled; nothing that changes
   * the state.
   */
  readonly counts = { stuck: 0, onlySelfLoops: 0 };
  readonly #machine: Machine;
  readonly #system: AnySystem;
  readonly #isEnd: (state: number) => boolean;
  /** A state counts as stuck, too, in which only steps are enabled that change nothing. */
  readonly #stuttering: boolean;
  #stuckAt: number | undefined;
  #outOfReach: number | undefined;
  /** A state that is no end has steps, but none of them changes anything. */
  #hasIdleState = false;
  /** The pass over all states, while it is under way. */
  #pass: Generator<void, Reach> | undefined;
  /** Every step leads to a later level. */
  #isLevelled = false;
  /** No state is an end, and the system does not say that some should be. */
  #isEndless = false;
  /** Nothing is left to find out by a pass. */
  #isDecided = false;

  constructor(machine: Machine, clauses: Clauses, system: AnySystem, stuttering: boolean) {
    this.#machine = machine;
    this.#system = system;
    this.#stuttering = stuttering;
    this.#isEnd = endTest(machine, clauses, system);
  }
  /**
   * What is asked, by its name; undefined where runs may end anywhere. When every reachable state
   * was visited, and no process is ever done, the system is one without ends, unless it says itself
   * where a run may end.
   */
  question(isComplete: boolean): ReturnType<typeof endQuestion> {
    const asked = this.#asked;
    return asked === DEADLOCK && isComplete && this.#isEndless ? NEVER_STUCK : asked;
  }

  get #asked(): ReturnType<typeof endQuestion> {
    return endQuestion(this.#system, processesExist(this.#machine.slots));
  }

  /** The question, once it is known to be violated. */
  get violated(): readonly string[] {
    const asked = this.#asked;
    const isViolated = this.#stuckAt !== undefined || this.#outOfReach !== undefined;
    return isViolated && asked !== undefined ? [asked] : [];
  }

  /**
   * A state from which nothing but a fault leads to another one; `isStuck`: nothing but a fault is
   * enabled.
   */
  judge(state: number, isStuck: boolean): void {
    this.counts[isStuck ? 'stuck' : 'onlySelfLoops'] += 1;
    if (this.#system.final === 'anywhere' || this.#stuckAt !== undefined) return;
    const counts = isStuck || this.#stuttering;
    if (!counts && this.#hasIdleState) return;
    if (this.#isEnd(state)) return;
    if (counts) this.#stuckAt = state;
    else this.#hasIdleState = true;
  }

  /**
   * Every state that will be visited was visited. True when they have to be gone through once more,
   * which is then done by `advance`.
   */
  begin(frontier: Frontier): boolean {
    this.#isLevelled = frontier.isLevelled;
    if (!this.#needsPass()) return false;
    this.#pass = new OutOfReach({
      machine: this.#machine,
      isEnd: this.#isEnd,
      isStated: typeof this.#system.final === 'function',
      inLevels: !frontier.levelsNeedPass,
      waiting: frontier.waitingStates(this.#machine.visited.count),
    }).run();
    return true;
  }

  /** Goes on to the next pause; true when there is nothing left to do. */
  advance(): boolean {
    const step = this.#pass?.next();
    if (step?.done !== true) return step === undefined;
    this.#pass = undefined;
    this.#outOfReach = step.value.outOfReach;
    // A search that is complete has been everywhere, unless a recipe does something else by now.
    this.#isDecided = !step.value.isOpen;
    this.#isEndless = !step.value.hasEnds && step.value.outOfReach === undefined;
    return true;
  }

  /** `isComplete`: every reachable state was visited. */
  finding(isComplete: boolean): EndFinding {
    if (this.#stuckAt !== undefined) {
      return { verdict: 'violated', state: this.#stuckAt, isStuck: true };
    }
    if (this.#outOfReach !== undefined) {
      return { verdict: 'violated', state: this.#outOfReach, isStuck: false };
    }
    const isDecided = this.#isDecided || !this.#needsPass();
    return isComplete && isDecided ? { verdict: 'holds' } : { verdict: 'undecided' };
  }

  #needsPass(): boolean {
    if (this.#asked !== DEADLOCK || this.#stuckAt !== undefined) return false;
    return !this.#isLevelled || this.#hasIdleState;
  }
}

/**
 * Whether a run may end in a state: as the system says, else where every process is done and there
 * is one.
 */
function endTest(
  machine: Machine,
  clauses: Clauses,
  system: AnySystem,
): (state: number) => boolean {
  const { final, processes: listed = {} } = system;
  if (typeof final !== 'function') {
    const field = processField(machine.slots);
    const hasListed = Object.keys(listed).length > 0;
    return (state) => allDoneIn(machine, field, state, hasListed);
  }
  return clauses.question(final, "'final', which says where a run may end");
}

/**
 * `allDone` of a packed state, up to the first process that is not; `otherwise` where there is
 * none.
 */
function allDoneIn(machine: Machine, field: Field, state: number, otherwise: boolean): boolean {
  machine.lookAt(state);
  let answer = otherwise;
  for (const [, slot] of field.sorted) {
    const value = machine.slots.valueOf(slot, machine.numberOf(slot));
    if (value === ABSENT) continue;
    // Only the checker writes this table.
    if ((value as { readonly at?: unknown }).at !== 'done') return false;
    answer = true;
  }
  return answer;
}
