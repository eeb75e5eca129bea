import type { Trace } from '../result/result.ts';
import { choiceReasons } from './choice-reasons.ts';
import { Claims } from './claims.ts';
import type { Failures } from './failures-in-graph.ts';
import { orderReasons } from './order-reasons.ts';
import type { Reason } from './reason.ts';
import type { RunGraph } from './run-graph.ts';
import type { Taken } from './schedules.ts';
import { serialReasons } from './serial-reasons.ts';

/** The reasons of a counterexample, and the number of changes that were no reasons. */
export interface Reasons {
  readonly found: readonly Reason[];
  /** The number of changes with which some run still violates the property. */
  readonly refuted: number;
  /** The number of changes that would have needed too many states. */
  readonly undecided: number;
  /** The bound on states, beyond which a change stays undecided. */
  readonly statesMax: number;
}

/** The reasons why this run violates its property. */
export function reasonsOf(
  graph: RunGraph,
  failures: Failures | undefined,
  trace: Trace,
  taken: readonly Taken[],
): Reasons {
  // // Where it is unknown in which states the property fails, no change can be tried.
  if (failures === undefined) {
    return { found: [], refuted: 0, undecided: 1, statesMax: graph.statesMax };
  }
  const claims = new Claims(graph, failures, trace, taken);
  const orders = orderReasons(claims);
  const choices = choiceReasons(claims);
  const isOrdered = orders.some(({ runs }) => runs.begins === undefined);
  const serial = isOrdered ? [] : serialReasons(claims);
  const { refuted, undecided } = claims;
  return {
    found: inTurn([orders, choices, serial]),
    refuted,
    undecided,
    statesMax: graph.statesMax,
  };
}

/** Takes the first reason of each kind, then the others; those about more runs come first. */
function inTurn(kinds: readonly (readonly Reason[])[]): readonly Reason[] {
  const leading = kinds.flatMap((reasons) => reasons.slice(0, 1));
  const others = kinds.flatMap((reasons) => reasons.slice(1));
  return [...leading, ...others].sort((a, b) => widthOf(a) - widthOf(b));
}

function widthOf({ runs }: Reason): number {
  return runs.begins !== undefined ? 2 : Number(runs.only !== undefined);
}
