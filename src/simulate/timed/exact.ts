import { UsageError } from '../../checker/result/usage-error.ts';
import type { Durations } from '../../spec/duration.ts';
import type { Load } from './load.ts';
import type { Clock, TimedGraph } from './timed-graph.ts';

/** The largest number of nodes of an exact solution. */
export const exactNodesMax = 200_000;
/** The sweeps end when no value changes by more than this share. */
const precision = 1e-13;
/** The largest number of values that the sweeps of one solution compute. */
const valuesMax = 300_000_000;

/** The exact figures of one round, from the start until no operation is under way. */
export interface ExactRound {
  /** The probability that the property fails in a round. */
  readonly violated: number;
  /** The expected number of requests, and of seconds. */
  readonly requests: number;
  readonly seconds: number;
}

/** Whether the durations of all these steps are exponential, so that a solution is possible. */
export function isMarkov(durations: Durations, steps: Iterable<string>): boolean {
  return [...steps].every((step) => durations[step]?.kind === 'exponential');
}

/**
 * Solves the continuous-time Markov chain of a timed graph for one property: the expected values of
 * a node are the means of those that follow, by Gauss and Seidel. Undefined where the sweeps do not
 * converge in time. Throws a UsageError for a duration that is not exponential.
 */
export function exactRound(
  graph: TimedGraph,
  load: Load,
  property: number,
): ExactRound | undefined {
  const order = reachable(graph);
  const rows = order.map((node) => rowOf(graph, node, load));
  const values = (
    at: (node: number) => number | undefined,
    gain: (row: Row) => number,
  ): number | undefined => solved(graph.count, order, rows, at, gain);
  const violated = values(
    (node) => (graph.isViolated(property, node) ? 1 : undefined),
    () => 0,
  );
  const requests = values(
    () => undefined,
    (row) => row.requests,
  );
  const seconds = values(
    () => undefined,
    (row) => row.seconds,
  );
  if (violated === undefined || requests === undefined || seconds === undefined) return undefined;
  return { violated, requests, seconds };
}

/** What follows a node: nodes with probabilities, and what is expected before. */
interface Row {
  readonly next: readonly (readonly [node: number, probability: number])[];
  readonly seconds: number;
  /** The probability that a request comes next. */
  readonly requests: number;
}

function rowOf(graph: TimedGraph, node: number, load: Load): Row {
  if (graph.endOf(node) !== undefined) return { next: [], seconds: 0, requests: 0 };
  const clocks = graph.clocks(node);
  const rates = clocks.map((clock) => rateOf(clock, graph, load));
  const all = rates.reduce((sum, rate) => sum + rate, 0);
  const next = clocks.flatMap((clock, i) =>
    clock.next.map((to) => [to, (rates[i] as number) / all / clock.next.length] as const),
  );
  const requests = clocks.reduce(
    (sum, { request }, i) => sum + (request === undefined ? 0 : (rates[i] as number)),
    0,
  );
  return { next, seconds: 1 / all, requests: requests / all };
}

/** How often a clock runs out, a second. */
function rateOf({ step }: Clock, graph: TimedGraph, { perHour, durations }: Load): number {
  if (step === undefined) return perHour / 3600 / graph.processes.length;
  const duration = durations[step];
  if (duration?.kind === 'exponential') return 1 / duration.mean;
  throw new UsageError(`the duration of '${step}' is not exponential, so nothing is exact`);
}

/** Every node, with those that follow it before it wherever possible. */
function reachable(graph: TimedGraph): readonly number[] {
  const order: number[] = [];
  const met = new Set([0]);
  const path: { node: number; next: number[] }[] = [{ node: 0, next: graph.nextOf(0) }];
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const to = top.next.pop();
    if (to === undefined) {
      order.push(top.node);
      path.pop();
    } else if (!met.has(to)) {
      met.add(to);
      path.push({ node: to, next: graph.nextOf(to) });
    }
  }
  return order;
}

function solved(
  count: number,
  order: readonly number[],
  rows: readonly Row[],
  at: (node: number) => number | undefined,
  gain: (row: Row) => number,
): number | undefined {
  const values = new Float64Array(count);
  const fixed = order.map(at);
  for (let left = valuesMax; left > 0; left -= order.length) {
    let change = 0;
    for (const [i, node] of order.entries()) {
      const row = rows[i] as Row;
      const value =
        fixed[i] ??
        row.next.reduce((sum, [to, share]) => sum + share * (values[to] as number), gain(row));
      change = Math.max(
        change,
        Math.abs(value - (values[node] as number)) / Math.max(1e-12, value),
      );
      values[node] = value;
    }
    if (change < precision) return values[0];
  }
  return undefined;
}
