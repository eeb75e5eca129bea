import type { Failures } from './failures-in-graph.ts';
import type { RunGraph } from './run-graph.ts';
import { type Runs, type Watcher, watcherOf } from './run-set.ts';

/**
 * The place of a run: its state, what the watchers have seen, and whether the property has failed.
 */
interface Place {
  readonly state: number;
  readonly seen: number;
  /** What the watcher of a second set has seen; -1 when the run is not in that set. */
  readonly other: number;
  readonly failed: boolean;
}

/**
 * Answers questions about sets of runs. Each answer searches all runs of the set, and is undefined
 * where there are too many states.
 */
export class RunQuestions {
  readonly #graph: RunGraph;
  readonly #failures: Failures;

  constructor(graph: RunGraph, failures: Failures) {
    this.#graph = graph;
    this.#failures = failures;
  }

  /** Whether the property holds in every run of the set. */
  holds(runs: Runs): boolean | undefined {
    const watcher = watcherOf(this.#graph, runs);
    return negated(
      this.#find(runs, watcher, undefined, ({ seen, failed }) => failed && watcher.has(seen)),
    );
  }

  /**
   * Whether some run of the set does what its description says: takes both steps, or a step of both
   * operations.
   */
  isTold(runs: Runs, isEnd: (state: number) => boolean): boolean | undefined {
    const watcher = watcherOf(this.#graph, runs);
    return this.#find(
      runs,
      watcher,
      undefined,
      ({ state, seen }) => watcher.isTold(seen) && isEnd(state),
    );
  }

  /** Whether every run of one set is in the other. Then what holds in the other holds in it. */
  isWithin(runs: Runs, other: Runs): boolean | undefined {
    if (other.begins !== undefined) return false;
    const watcher = watcherOf(this.#graph, runs);
    const outer = watcherOf(this.#graph, other);
    return negated(
      this.#find(
        runs,
        watcher,
        outer,
        (place) => watcher.has(place.seen) && (place.other < 0 || !outer.has(place.other)),
      ),
    );
  }

  /** Whether some run of the set reaches a place that is looked for. */
  #find(
    runs: Runs,
    watcher: Watcher,
    outer: Watcher | undefined,
    isSought: (place: Place) => boolean,
  ): boolean | undefined {
    const starts = this.#starts(runs, watcher, outer);
    if (starts === undefined) return undefined;
    const met = new Set<number>();
    const others = (outer?.size ?? 0) + 1;
    const isNew = ({ state, seen, other, failed }: Place): boolean => {
      const key = ((state * watcher.size + seen) * others + other + 1) * 2 + Number(failed);
      if (met.has(key)) return false;
      met.add(key);
      return true;
    };
    const waiting = starts.filter(isNew);
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      if (isSought(place)) return true;
      const next = this.#next(place, watcher, outer);
      if (next === undefined) return undefined;
      for (const each of next) if (isNew(each)) waiting.push(each);
    }
    return false;
  }

  /** The places one step later from which the run can stay in the set. */
  #next(place: Place, watcher: Watcher, outer: Watcher | undefined): readonly Place[] | undefined {
    const { state, seen, failed } = place;
    return this.#graph.onward(state)?.flatMap((step, index): Place[] => {
      const after = watcher.after(seen, step.action, state);
      if (after < 0) return [];
      const isFailed = failed || this.#failures.on(state, index, step);
      const other = otherAfter(outer, place, step.action);
      return [{ state: step.to, seen: after, other, failed: isFailed }];
    });
  }

  /**
   * The places where the runs of a set begin, or those after the steps with which they all begin.
   */
  #starts(runs: Runs, watcher: Watcher, outer: Watcher | undefined): readonly Place[] | undefined {
    const at = (state: number): Place => ({
      state,
      seen: watcher.start,
      other: outer?.start ?? -1,
      failed: this.#failures.at(state),
    });
    const { begins } = runs;
    if (begins === undefined) return this.#graph.initial.map(at);
    const first = this.#graph.initial[begins.init];
    if (first === undefined) return [];
    let place = at(first);
    for (const entry of begins.schedule) {
      const onward = this.#graph.onward(place.state);
      if (onward === undefined) return undefined;
      const index = onward.findIndex(({ action }) => this.#graph.action(action).entry === entry);
      const step = onward[index];
      if (step === undefined) return [];
      const other = otherAfter(outer, place, step.action);
      const failed = place.failed || this.#failures.on(place.state, index, step);
      place = { state: step.to, seen: place.seen, other, failed };
    }
    return [place];
  }
}

function otherAfter(outer: Watcher | undefined, { other, state }: Place, action: number): number {
  return outer === undefined || other < 0 ? -1 : outer.after(other, action, state);
}

function negated(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}
