import { type Actor, actorName } from '../evaluate/actors.ts';
import type { Evaluated, Outcome } from '../evaluate/evaluated.ts';
import { formatEntry } from '../result/schedule-entry.ts';
import { widened } from '../state/layout.ts';

/** The action of an edge, as far as fairness and traces need it. */
export interface EdgeAction {
  readonly actor: Actor;
  /** The flow of the process; undefined for an action. */
  readonly flow: string | undefined;
  readonly label: string;
  readonly entry: string;
  /**
   * By number of an assumption with a condition on its steps: whether the step fulfils it. Empty
   * where the system has none.
   */
  readonly meets: readonly boolean[];
}

const GROWTH = 1.1;
/**
 * The target of an edge to a state that a bound kept from being stored. No state has this number.
 */
export const OUTSIDE = -1;
/** There is no edge 0, so `begin` is 0 for a state whose edges are unknown. */
const FIRST = 1;

/**
 * The graph of a search: for each state the steps that lead to another state. The search keeps it
 * only when a liveness property asks. It takes 6 bytes for an edge and 8 for a state, without room
 * to grow.
 */
export class Edges {
  readonly actions: EdgeAction[] = [];
  /** The edges of state s are those from begin[s] up to end[s]. */
  begin = new Int32Array(64);
  end = new Int32Array(64);
  target: Int32Array<ArrayBuffer> = new Int32Array(256);
  /**
   * By edge, the number of its action. 16 bits are enough for all but giant systems; for those the
   * array is widened.
   */
  action: Uint16Array<ArrayBuffer> | Int32Array<ArrayBuffer> = new Uint16Array(256);
  /** The number of the last edge, plus one. */
  count = FIRST;
  #state = 0;
  /** The first edge that leaves `#state`. */
  #begin = FIRST;
  readonly #actionByWord = new Map<string, number>();
  /** By number of an outcome: its action. The entry is valid only for the same outcome. */
  readonly #actionOf: number[] = [];
  readonly #actionBy: Outcome[] = [];

  get bytes(): number {
    const { begin, end, target, action } = this;
    return begin.byteLength + end.byteLength + target.byteLength + action.byteLength;
  }

  /** The number of edges, including those of states that were expanded again. */
  get kept(): number {
    return this.count - FIRST;
  }

  /**
   * True if every edge that leaves this state is known, and so also which steps are enabled in it.
   */
  isExpanded(state: number): boolean {
    return (this.begin[state] ?? 0) >= FIRST;
  }

  /** Begins the edges that leave this state. */
  from(state: number): void {
    if (state >= this.begin.length) {
      const capacity = Math.ceil((state + 1) * GROWTH);
      this.begin = widened(this.begin, capacity);
      this.end = widened(this.end, capacity);
    }
    this.#state = state;
    this.#begin = this.count;
  }

  /**
   * Ends the edges that were added since `from`. They replace the earlier ones of the state. If a
   * step throws before this call, the state does not count as expanded.
   */
  done(): void {
    this.begin[this.#state] = this.#begin;
    this.end[this.#state] = this.count;
  }

  /** Forgets all edges, so that they can be recorded again. The states still count as expanded. */
  forget(): void {
    this.count = FIRST;
  }

  /** Adds an edge to a state, or to `OUTSIDE`. */
  add(target: number, action: number): void {
    if (this.count === this.target.length) {
      const capacity = Math.ceil(this.count * GROWTH);
      this.target = widened(this.target, capacity);
      const wider =
        this.action instanceof Uint16Array ? new Uint16Array(capacity) : new Int32Array(capacity);
      wider.set(this.action);
      this.action = wider;
    }
    if (action > 0xffff && this.action instanceof Uint16Array)
      this.action = Int32Array.from(this.action);
    this.target[this.count] = target;
    this.action[this.count] = action;
    this.count += 1;
  }

  /**
   * The number of the action of an outcome. `index` is the number of the outcome. Steps with one
   * entry that meet different conditions of fairness are different actions.
   */
  actionNumber(
    actor: Actor,
    evaluated: Evaluated,
    outcome: Outcome,
    index: number,
    meets: readonly boolean[],
  ): number {
    const isKept = meets.length === 0;
    if (isKept && this.#actionBy[index] === outcome) return this.#actionOf[index] as number;
    const { label, flow } = evaluated;
    const entry = formatEntry({ actor: actorName(actor), label, picks: outcome.picks });
    // Different actions may share an entry: processes of two flows that had one id in turn, an
    // action and a fault, or actors whose names end where the name of a label begins.
    const key = JSON.stringify([actor.kind, flow, actorName(actor), label, entry, meets]);
    let number = this.#actionByWord.get(key);
    if (number === undefined) {
      number = this.actions.push({ actor, flow, label, entry, meets }) - 1;
      this.#actionByWord.set(key, number);
    }
    if (!isKept) return number;
    this.#actionOf[index] = number;
    this.#actionBy[index] = outcome;
    return number;
  }
}
