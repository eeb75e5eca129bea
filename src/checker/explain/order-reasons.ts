import type { Claims } from './claims.ts';
import { neededBy, type Pair, pairsOf } from './pairs.ts';
import type { Reason } from './reason.ts';
import type { GraphAction } from './run-graph.ts';
import type { Runs, StepTime } from './run-set.ts';

/**
 * The largest number of pairs that are tried, and of reasons that are kept: more are not worth
 * reading.
 */
const triesMax = 200;
const reasonsMax = 6;

/**
 * The number of pairs that are tried with a changed schedule, where no order is a reason in all
 * runs.
 */
const schedulesMax = 40;

/**
 * Pairs of steps whose other order makes the property hold. None follows from another, or equals
 * another with processes exchanged.
 */
export function orderReasons(claims: Claims): readonly Reason[] {
  const pairs = possiblePairs(claims);
  const found = ofAllRuns(claims, pairs);
  return found.length > 0 ? found : ofChangedSchedules(claims, pairs);
}

interface Possible extends Pair {
  /** The steps to move before the first one: those that the second needs, and the second itself. */
  readonly moved: readonly number[];
}

function possiblePairs({ trace, actions }: Claims): readonly Possible[] {
  const agents = actions.map(({ agent }) => agent);
  return pairsOf(trace.steps, agents)
    .slice(0, triesMax)
    .flatMap((pair) => {
      const moved = neededBy(trace.steps, agents, pair);
      return moved === undefined ? [] : [{ ...pair, moved }];
    });
}

function ofAllRuns(claims: Claims, pairs: readonly Possible[]): readonly Reason[] {
  const { questions } = claims;
  let found: { readonly reason: Reason; readonly pattern: string }[] = [];
  for (const pair of pairs) {
    const meant = orderOf(claims, pair);
    const pattern = patternOf(claims, pair);
    if (found.some((known) => known.pattern === pattern)) continue;
    if (found.some(({ reason }) => questions.isWithin({ meant }, reason.runs) === true)) continue;
    const runs = claims.firstTrue(claims.widest(meant));
    if (runs === undefined) continue;
    const isImplied = (reason: Reason): boolean => questions.isWithin(reason.runs, runs) === true;
    if (found.some(({ reason }) => questions.isWithin(runs, reason.runs) === true)) continue;
    found = found.filter(({ reason }) => !isImplied(reason));
    found.push({ reason: reasonOf(pair, runs), pattern });
    if (found.length === reasonsMax) break;
  }
  return found.map(({ reason }) => reason);
}

/**
 * The runs that begin like this one, but with the second step and what it needs before the first.
 */
function ofChangedSchedules(claims: Claims, pairs: readonly Possible[]): readonly Reason[] {
  const { schedule, initIndex } = claims.trace;
  const found: { readonly reason: Reason; readonly pattern: string }[] = [];
  for (const pair of pairs.slice(0, schedulesMax)) {
    const pattern = patternOf(claims, pair);
    if (found.some((known) => known.pattern === pattern)) continue;
    const { first, moved } = pair;
    const order = [...moved, first].map((i) => schedule[i] ?? '');
    const begins = { init: initIndex, schedule: [...schedule.slice(0, first), ...order] };
    const runs = claims.firstTrue([{ meant: undefined, begins }]);
    if (runs === undefined) continue;
    found.push({ reason: { ...reasonOf(pair, runs), moved }, pattern });
    if (found.length === reasonsMax) break;
  }
  return found.map(({ reason }) => reason);
}

function reasonOf({ kind, slots, first, second }: Possible, runs: Runs): Reason {
  return { runs, steps: [first, second], race: { kind, slots } };
}

function orderOf({ actions }: Claims, { first, second }: Pair) {
  return {
    kind: 'order' as const,
    earlier: timeOf(actions, second),
    later: timeOf(actions, first),
  };
}

function timeOf(actions: readonly GraphAction[], index: number): StepTime {
  const { name, agent } = actions[index] as GraphAction;
  const same = actions
    .slice(0, index + 1)
    .filter((action) => action.name === name && action.agent === agent);
  return { name, agent, nth: same.length };
}

/** Equal for pairs that differ only in which process of a flow takes which step. */
function patternOf({ actions }: Claims, { first, second }: Pair): string {
  const step = (index: number): string => {
    const { flow, label, name } = actions[index] as GraphAction;
    return flow === undefined ? name : `flow ${flow}.${label}`;
  };
  return `${step(second)}\n${step(first)}\n${timeOf(actions, second).nth} ${timeOf(actions, first).nth}`;
}
