import { type Actor, actorName } from '../evaluate/actors.ts';
import type { Evaluated, Outcome } from '../evaluate/evaluated.ts';
import { formatEntry } from '../result/schedule-entry.ts';
import { widened } from '../state/layout.ts';

/** What was done on an edge, as far as fairness and traces need it. */
export interface EdgeAction {
  readonly actor: Actor;
  /** The flow of the process that took the step; undefined for an action. */
  readonly flow: string | undefined;
  readonly label: string;
  readonly entry: string;
}

const GROWTH = 1.1;
/**
 * The target of an edge that leads to a state which was not kept, because of a bound. It is a
 * number of no state.
 */
export const OUTSIDE = -1;
/** Edge 0 is none, so that `begin` is 0 for a state whose edges are unknown. */
const FIRST = 1;

/**
 * The graph of a search: for each state the steps that lead to another state. Kept only when a
 * liveness property asks. 6 bytes an edge and 8 bytes a state, before room to grow.
 */
export class Edges {
  readonly actions: EdgeAction[] = [];
  /** The edges of state s are those from begin[s] up to end[s]. */
  begin = new Int32Array(64);
  end = new Int32Array(64);
  target: Int32Array<ArrayBuffer> = new Int32Array(256);
  /**
   * Numbers of actions; 16 bits are enough for all but giant systems, and are widened for those.
   */
  action: Uint16Array<ArrayBuffer> | Int32Array<ArrayBuffer> = new Uint16Array(256);
  /** One more than the number of the last edge. */
  count = FIRST;
  #state = 0;
  /** The first of the edges that leave `#state`. */
  #begin = FIRST;
  readonly #actionByWord = new Map<string, number>();
  /** By outcome number: its action, for the outcome that had the number then. */
  readonly #actionOf: number[] = [];
  readonly #actionBy: Outcome[] = [];

  get bytes(): number {
    const { begin, end, target, action } = this;
    return begin.byteLength + end.byteLength + target.byteLength + action.byteLength;
  }

  /** The edges that are kept, and those of states that were expanded again. */
  get kept(): number {
    return this.count - FIRST;
  }

  /**
   * Every edge that leaves this state is known: so it is known, too, which steps are enabled there.
   */
  isExpanded(state: number): boolean {
    return (this.begin[state] ?? 0) >= FIRST;
  }

  /** The edges that are added next leave this state. */
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
   * The edges that were added since `from` are all that leave its state, in place of what was known
   * of it. While a step that throws keeps the search from coming to this, the state is not
   * expanded.
   */
  done(): void {
    this.begin[this.#state] = this.#begin;
    this.end[this.#state] = this.count;
  }

  /**
   * Forgets all edges, so that they can be recorded once more; the states that are expanded stay
   * known.
   */
  forget(): void {
    this.count = FIRST;
  }

  /** An edge to a state, or to one that was not kept (`OUTSIDE`). */
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

  /** The number of what was done in an outcome, which is number `index` among all outcomes. */
  actionNumber(actor: Actor, evaluated: Evaluated, outcome: Outcome, index: number): number {
    if (this.#actionBy[index] === outcome) return this.#actionOf[index] as number;
    const { label, flow } = evaluated;
    const entry = formatEntry({ actor: actorName(actor), label, picks: outcome.picks });
    // The same word may be said by several: by processes of two flows that had one id, one after
    // the other, by an action and a fault, by actors whose names end where the name of a label
    // begins.
    const key = JSON.stringify([actor.kind, flow, actorName(actor), label, entry]);
    let number = this.#actionByWord.get(key);
    if (number === undefined) {
      number = this.actions.push({ actor, flow, label, entry }) - 1;
      this.#actionByWord.set(key, number);
    }
    this.#actionOf[index] = number;
    this.#actionBy[index] = outcome;
    return number;
  }
}
