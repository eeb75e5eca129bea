import type { Trace } from '../result/result.ts';
import { RunQuestions } from './decide-runs.ts';
import type { Failures } from './failures-in-graph.ts';
import { actionOf, type GraphAction, operationOfProcess, type RunGraph } from './run-graph.ts';
import { operationOf, type Runs, type RunsMeant } from './run-set.ts';
import type { Taken } from './schedules.ts';

/** Decides claims about sets of runs, the largest set first, and counts those that do not hold. */
export class Claims {
  refuted = 0;
  undecided = 0;
  readonly graph: RunGraph;
  readonly questions: RunQuestions;
  readonly trace: Trace;
  /** The action of each step of the counterexample. */
  readonly actions: readonly GraphAction[];
  /**
   * The operations, actions and faults that take its steps; undefined when the system has no
   * others.
   */
  readonly alone: readonly string[] | undefined;

  constructor(graph: RunGraph, failures: Failures, trace: Trace, taken: readonly Taken[]) {
    this.graph = graph;
    this.questions = new RunQuestions(graph, failures);
    this.trace = trace;
    this.actions = taken.map(({ candidate }) => actionOf(candidate));
    this.alone = aloneIn(graph, this.actions);
  }

  /**
   * The first of these sets of runs in which the property holds and some run does what the
   * description says, ending where `isEnd` says. Undefined when there is none.
   */
  firstTrue(sets: readonly Runs[], isEnd: (state: number) => boolean = () => true) {
    let isOpen = false;
    for (const runs of sets) {
      const holds = this.questions.holds(runs);
      if (holds === undefined) isOpen = true;
      if (holds !== true) continue;
      const isTold = this.questions.isTold(runs, isEnd);
      if (isTold === true) return runs;
      // Where nothing of the kind happens, a claim is empty, also for each smaller set.
      if (isTold === false) return undefined;
      isOpen = true;
    }
    if (isOpen) this.undecided += 1;
    else this.refuted += 1;
    return undefined;
  }

  /**
   * All runs of a description, and those among them with no other actors than the counterexample
   * has.
   */
  widest(meant: RunsMeant): readonly Runs[] {
    return [{ meant }, ...(this.alone === undefined ? [] : [{ meant, only: this.alone }])];
  }
}

function aloneIn(
  { system }: RunGraph,
  actions: readonly GraphAction[],
): readonly string[] | undefined {
  const those = [...new Set(actions.map(operationOf))];
  const processes = Object.keys(system.processes ?? {}).map(operationOfProcess);
  const others = [...(system.actions ?? []), ...(system.faults ?? [])].map(({ actor, name }) =>
    actor === undefined ? name : `${actor}.${name}`,
  );
  return [...processes, ...others].every((each) => those.includes(each)) ? undefined : those;
}
