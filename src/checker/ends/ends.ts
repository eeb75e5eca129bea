import type { AnySystem } from '../../spec/system.ts';
import { processField } from '../evaluate/tracker.ts';
import type { Clauses } from '../properties/clauses.ts';
import type { Constraint } from '../properties/constraint.ts';
import { DEADLOCK, endQuestion, FINAL_WHERE, NEVER_STUCK } from '../result/end-questions.ts';
import { processesExist } from '../runs/processes-exist.ts';
import type { Frontier } from '../state/frontier.ts';
import { ABSENT, type Field } from '../state/slots.ts';
import type { Machine } from '../transitions/machine.ts';
import { type Asked, OutOfReach, type Reach } from './out-of-reach.ts';

/** The answer to the question about ends. */
export type EndFinding =
  | { readonly verdict: 'holds' }
  /** `leaves` is true where a run that leaves the constraint may still reach an end. */
  | { readonly verdict: 'undecided'; readonly leaves: boolean }
  | {
      readonly verdict: 'violated';
      readonly state: number;
      /**
       * True where nothing but a fault is enabled; false where steps go on without ever leading to
       * an end.
       */
      readonly isStuck: boolean;
    };

/**
 * Decides whether every run can go on until it is done: whether from every reachable state an end
 * is reachable without a further fault. It judges stuck states as they are found. They are enough
 * where every step leads to a later level. Otherwise, and where only steps are left that change
 * nothing, it goes through all states once more at the end (docs/adr/0011).
 */
export class Ends {
  /**
   * The number of states in which nothing is enabled, and of those in which no enabled step changes
   * the state.
   */
  readonly counts = { stuck: 0, onlySelfLoops: 0 };
  readonly #machine: Machine;
  readonly #system: AnySystem;
  readonly #constraint: Constraint | undefined;
  readonly #isEnd: (state: number) => boolean;
  /** True where a state also counts as stuck if no enabled step changes it. */
  readonly #stuttering: boolean;
  #stuckAt: number | undefined;
  #outOfReach: number | undefined;
  /** True once a state that is no end has enabled steps, none of which changes it. */
  #hasIdleState = false;
  /** The pass over all states, while it runs. */
  #pass: Generator<void, Reach & { readonly leaves: boolean }> | undefined;
  /** True where every step leads to a later level. */
  #isLevelled = false;
  /** True where no state is an end, and the system does not define ends itself. */
  #isEndless = false;
  /** True where a pass would find nothing new. */
  #isDecided = false;
  /** True where from some state only a run that leaves the constraint may reach an end. */
  #leaves = false;

  constructor({ machine, clauses, system, constraint }: Parts, stuttering: boolean) {
    this.#machine = machine;
    this.#system = system;
    this.#constraint = constraint;
    this.#stuttering = stuttering;
    this.#isEnd = endTest(machine, clauses, system);
  }
  /**
   * The question by its name; undefined where runs may end anywhere. A system in which no process
   * is ever done has no ends, unless it defines them itself. That is known once every reachable
   * state was visited.
   */
  question(isComplete: boolean): ReturnType<typeof endQuestion> {
    const asked = this.#asked;
    return asked === DEADLOCK && isComplete && this.#isEndless ? NEVER_STUCK : asked;
  }

  get #asked(): ReturnType<typeof endQuestion> {
    return endQuestion(this.#system, processesExist(this.#machine.slots));
  }

  /** The name of the question, once it is known to be violated. */
  get violated(): readonly string[] {
    const asked = this.#asked;
    const isViolated = this.#stuckAt !== undefined || this.#outOfReach !== undefined;
    return isViolated && asked !== undefined ? [asked] : [];
  }

  /**
   * Judges a state in which nothing but a fault can change anything. `isStuck` says whether nothing
   * but a fault is enabled.
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
   * To be called when the search visits no further state. Returns true when all states have to be
   * gone through once more, which `advance` does.
   */
  begin(frontier: Frontier): boolean {
    this.#isLevelled = frontier.isLevelled;
    if (!this.#needsPass()) return false;
    const asked: Asked = {
      machine: this.#machine,
      isEnd: this.#isEnd,
      isStated: typeof this.#system.final === 'function',
      inLevels: !frontier.levelsNeedPass,
      waiting: frontier.waitingStates(this.#machine.visited.count),
      outside: new Set([...(this.#constraint?.outside ?? [])].filter((at) => !this.#isEnd(at))),
      leadsOutside: true,
    };
    this.#pass = reachOf(asked);
    return true;
  }

  /** Continues to the next pause. Returns true when nothing is left to do. */
  advance(): boolean {
    const step = this.#pass?.next();
    if (step?.done !== true) return step === undefined;
    this.#pass = undefined;
    this.#outOfReach = step.value.outOfReach;
    this.#leaves = step.value.leaves;
    // A complete search has visited every successor, so nothing is open unless a recipe has changed
    // its mind.
    this.#isDecided = !step.value.isOpen;
    const isStated = typeof this.#system.final === 'function';
    const { hasEnds, outOfReach } = step.value;
    this.#isEndless = !isStated && !hasEnds && outOfReach === undefined;
    return true;
  }

  /** `isComplete` says whether every reachable state was visited. */
  finding(isComplete: boolean): EndFinding {
    if (this.#stuckAt !== undefined) {
      return { verdict: 'violated', state: this.#stuckAt, isStuck: true };
    }
    if (this.#outOfReach !== undefined) {
      return { verdict: 'violated', state: this.#outOfReach, isStuck: false };
    }
    const isDecided = this.#isDecided || !this.#needsPass();
    if (!isComplete || !isDecided) return { verdict: 'undecided', leaves: false };
    return this.#leaves ? { verdict: 'undecided', leaves: true } : { verdict: 'holds' };
  }

  #needsPass(): boolean {
    if (this.#asked !== DEADLOCK || this.#stuckAt !== undefined) return false;
    const isCut = (this.#constraint?.outside.size ?? 0) > 0;
    return !this.#isLevelled || this.#hasIdleState || isCut;
  }
}

/** What a judge of ends works on. */
interface Parts {
  readonly machine: Machine;
  readonly clauses: Clauses;
  readonly system: AnySystem;
  readonly constraint: Constraint | undefined;
}

/**
 * Asks first whether each state leads to an end or out of the constraint. Where each does, it asks
 * whether each leads to an end.
 */
function* reachOf(asked: Asked): Generator<void, Reach & { readonly leaves: boolean }> {
  const reach = yield* new OutOfReach(asked).run();
  const isSettled = reach.outOfReach !== undefined || reach.isOpen || asked.outside.size === 0;
  // A system without ends is asked only whether something can always happen.
  if (isSettled || !(reach.hasEnds || asked.isStated)) return { ...reach, leaves: false };
  const inside = yield* new OutOfReach({ ...asked, leadsOutside: false }).run();
  return { ...reach, leaves: inside.outOfReach !== undefined };
}

/**
 * The test whether a run may end in a state: `final` of the system, or else that every process is
 * done and there is one.
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
  return clauses.question(final, FINAL_WHERE);
}

/** `allDone` for a packed state; `otherwise` where there is no process. */
function allDoneIn(machine: Machine, field: Field, state: number, otherwise: boolean): boolean {
  machine.lookAt(state);
  let answer = otherwise;
  for (const [, slot] of field.sorted) {
    const value = machine.slots.valueOf(slot, machine.numberOf(slot));
    if (value === ABSENT) continue;
    // Only the checker writes this table, so its values are processes.
    if ((value as { readonly at?: unknown }).at !== 'done') return false;
    answer = true;
  }
  return answer;
}
