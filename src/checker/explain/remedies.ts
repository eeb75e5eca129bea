import type { Trace } from '../result.ts';
import type { Candidate, Vector } from '../stepper.ts';
import { goOn, holdsFromHere } from './changed-order.ts';
import { type Move, movesOf, type Schedules, type Taken } from './schedules.ts';

/** A change to the run, other than two steps in another order, with which the property holds. Steps are counted from 0. */
export type Remedy = {
  /** The schedule with the change; every step of it was taken, and the property held after each. */
  readonly repaired: readonly string[];
  /** 'always': however the run goes on after the change; 'run': in the repaired run. */
  readonly holds: 'always' | 'run';
} & (
  | {
      /** A fault that does not happen, or a step that picks something else, as `word` says. */
      readonly kind: 'without' | 'instead';
      readonly step: number;
      readonly word: string | undefined;
    }
  | {
      /** One operation goes all the way before the other one takes its step `before`. */
      readonly kind: 'turn';
      readonly operation: string;
      readonly other: string;
      readonly before: number;
    }
);

/** Changes that are told: the reader wants a reason, not all of them. */
const remediesMax = 3;
/** Steps, and pairs of operations, that are tried: from the end, where the run goes wrong. */
const triesMax = 40;

/**
 * What a run hangs on beside the order of two steps: faults that need not happen, other picks, and, where `withTurns` says so,
 * operations one after the other. Each has been run.
 */
export function remediesIn(
  schedules: Schedules,
  trace: Trace,
  withTurns: boolean,
): readonly Remedy[] {
  const moves = movesOf(trace);
  const taken = schedules.follow(schedules.init, moves) ?? [];
  const ways = [...waysAround(schedules, taken), ...(withTurns ? turns(taken, moves) : [])].slice(
    0,
    triesMax,
  );
  const found: Remedy[] = [];
  for (const way of ways) {
    if (found.length === remediesMax) break;
    const remedy = tryOut(schedules, taken, moves, way);
    if (remedy !== undefined) found.push(remedy);
  }
  return found;
}

type Way =
  | { readonly kind: 'without' | 'instead'; readonly step: number; readonly other?: Candidate }
  | {
      readonly kind: 'turn';
      readonly operation: string;
      readonly other: string;
      readonly before: number;
    };

/** The faults of a run, and what could have been picked in place of what was; those at the end first. */
function waysAround(schedules: Schedules, taken: readonly Taken[]): readonly Way[] {
  const ways = taken.flatMap(({ candidate, before }, step): Way[] => {
    if (candidate.actor.kind === 'fault') return [{ kind: 'without', step }];
    if (candidate.outcome.picks.length === 0) return [];
    return schedules.stepper
      .enabled(before)
      .filter((other) => isOtherPick(other, candidate))
      .map((other) => ({ kind: 'instead', step, other }));
  });
  return ways.reverse();
}

function isOtherPick(other: Candidate, taken: Candidate): boolean {
  const isSame = other.actor === taken.actor && other.evaluated.label === taken.evaluated.label;
  return isSame && other.word !== taken.word;
}

/** Each operation before each other one that had begun when it had not yet ended. */
function turns(taken: readonly Taken[], moves: readonly Move[]): readonly Way[] {
  const isProcess = (_: Move, i: number): boolean => taken[i]?.candidate.actor.kind === 'process';
  const operations = [...new Set(moves.filter(isProcess).map(operationOf))];
  return operations.flatMap((other) => {
    const before = moves.findIndex((move) => operationOf(move) === other);
    return operations
      .filter((operation) => operation !== other)
      .filter((operation) => moves.some((move, i) => i > before && operationOf(move) === operation))
      .map((operation): Way => ({ kind: 'turn', operation, other, before }));
  });
}

/** `detach1` of `detach1/nova`: a process belongs to the operation that started it. */
function operationOf({ actor }: Move): string {
  return actor?.split('/')[0] ?? '';
}

/** Runs the changed schedule; the remedy, if the property holds all along. */
function tryOut(
  schedules: Schedules,
  taken: readonly Taken[],
  moves: readonly Move[],
  way: Way,
): Remedy | undefined {
  const at = way.kind === 'turn' ? way.before : way.step;
  const early = taken.slice(0, at);
  const start: Vector = taken[at]?.before ?? schedules.init;
  const changed: readonly Taken[] =
    way.kind === 'instead' && way.other !== undefined ? [schedules.take(start, way.other)] : [];
  const here = changed.at(-1)?.after ?? start;
  const later = goOn(schedules, here, restOf(moves, way));
  if (later === undefined) return undefined;
  const run = [...early, ...changed, ...later];
  if (run.some((step) => schedules.failsAt(step.after, step))) return undefined;
  const repaired = run.map(({ candidate }) => candidate.word);
  if (way.kind === 'turn') {
    const { operation, other, before } = way;
    if (!goesFirst(later, operation, other)) return undefined;
    return { kind: 'turn', operation, other, before, repaired, holds: 'run' };
  }
  const { kind, step } = way;
  const holds = kind === 'instead' && holdsFromHere(schedules, here) === true ? 'always' : 'run';
  return { kind, step, word: way.other?.word, repaired, holds };
}

function restOf(moves: readonly Move[], way: Way): readonly Move[] {
  if (way.kind !== 'turn') return moves.slice(way.step + 1);
  const rest = moves.slice(way.before);
  const isFirst = (move: Move): boolean => operationOf(move) === way.operation;
  return [...rest.filter(isFirst), ...rest.filter((move) => !isFirst(move))];
}

/** Whether all steps of one operation really come before those of the other: what one waits for may have turned them around. */
function goesFirst(run: readonly Taken[], operation: string, other: string): boolean {
  const operations = run.map(({ candidate }) => operationOfWord(candidate));
  const begins = operations.indexOf(other);
  return begins < 0 || operations.lastIndexOf(operation) < begins;
}

function operationOfWord({ actor }: Candidate): string | undefined {
  return actor.kind === 'process' ? actor.pid.split('/')[0] : undefined;
}
