import type { Step, Trace } from '../result.ts';
import type { Vector } from '../stepper.ts';
import { goOn, holdsFromHere } from './changed-order.ts';
import { type Move, movesOf, type Schedules, type Taken } from './schedules.ts';
import { usedBy } from './used.ts';

/**
 * Two steps of different actors that touch the same slots, one of them writing, in an order that matters: in the
 * schedule `repaired`, where the second comes first, the property holds. Steps are counted from 0.
 */
export interface Race {
  readonly kind: 'stale_read' | 'early_read' | 'overwrite';
  readonly first: number;
  readonly second: number;
  /**
   * The first step after the second one that did something else than in the repaired run, of the actor that read or of one
   * that heard from it; undefined where the read itself was the same.
   */
  readonly used: number | undefined;
  readonly slots: readonly string[];
  readonly repaired: readonly string[];
  /** 'always': however the run goes on after the two; 'run': in the repaired run. */
  readonly holds: 'always' | 'run';
}

/** Pairs that are tried, and races that are reported: the reader wants the reason, not all of them. */
const triesMax = 300;
const racesMax = 6;

/** The races of a counterexample, those whose stale value a later step went on with first. Each has been run. */
export function racesIn(schedules: Schedules, trace: Trace): readonly Race[] {
  const moves = movesOf(trace);
  const found: Race[] = [];
  for (const pair of pairsOf(trace).slice(0, triesMax)) {
    if (found.length === racesMax) break;
    if (found.some((race) => isSameStory(race, pair, trace))) continue;
    const race = tryOut(schedules, trace, moves, pair);
    if (race !== undefined) found.push(race);
  }
  return found.sort((a, b) => Number(b.used !== undefined) - Number(a.used !== undefined));
}

type Pair = Pick<Race, 'kind' | 'first' | 'second' | 'slots'>;

/** Stale reads first; among those the nearest to one another. */
function pairsOf({ steps }: Trace): readonly Pair[] {
  const order = { stale_read: 0, overwrite: 1, early_read: 2 };
  const pairs = steps.flatMap((later, second) =>
    steps.slice(0, second).flatMap((earlier, first): Pair[] => {
      const conflict = earlier.actor === later.actor ? undefined : conflictOf(earlier, later);
      return conflict === undefined ? [] : [{ ...conflict, first, second }];
    }),
  );
  return pairs.sort(
    (a, b) => order[a.kind] - order[b.kind] || a.second - a.first - (b.second - b.first),
  );
}

function conflictOf(earlier: Step, later: Step): Pick<Pair, 'kind' | 'slots'> | undefined {
  const both = (one: readonly string[], other: readonly string[]): readonly string[] =>
    one.filter((slot) => other.includes(slot) && !isControl(slot));
  const onlyRead = (step: Step): readonly string[] =>
    step.reads.filter((slot) => !step.writes.includes(slot));
  const found = [
    { kind: 'stale_read' as const, slots: both(onlyRead(earlier), later.writes) },
    { kind: 'overwrite' as const, slots: both(earlier.writes, later.writes) },
    { kind: 'early_read' as const, slots: both(earlier.writes, onlyRead(later)) },
  ];
  return found.find(({ slots }) => slots.length > 0);
}

/** Where processes stand, who holds a lock, what may still go wrong: these order steps, and do not race. */
function isControl(slot: string): boolean {
  return /^(?:processes|locks|faults)\./.test(slot);
}

/** The same first step against a later step of the same actor, or the same second against an earlier one. */
function isSameStory(race: Race, pair: Pair, { steps }: Trace): boolean {
  const sameActors =
    steps[race.first]?.actor === steps[pair.first]?.actor &&
    steps[race.second]?.actor === steps[pair.second]?.actor;
  return sameActors && (race.first === pair.first || race.second === pair.second);
}

/** Runs the schedule in which the second step comes before the first; the race, if the property holds then. */
function tryOut(
  schedules: Schedules,
  trace: Trace,
  moves: readonly Move[],
  pair: Pair,
): Race | undefined {
  const { first, second } = pair;
  const needed = neededBy(trace, first, second);
  if (needed === undefined) return undefined;
  const early = [...moves.slice(0, first), ...needed.map((i) => moves[i] as Move)];
  const start = schedules.follow(schedules.init, early);
  const atFirst =
    start === undefined
      ? undefined
      : schedules.follow(stateAfter(start, schedules), moves.slice(first, first + 1));
  if (start === undefined || atFirst === undefined) return undefined;
  const rest = moves.filter((_, i) => i > first && !needed.includes(i));
  const swapped = [...start, ...atFirst];
  const here = stateAfter(swapped, schedules);
  const later = goOn(schedules, here, rest);
  if (later === undefined) return undefined;
  const run = [...swapped, ...later];
  if (run.some((step) => schedules.failsAt(step.after, step))) return undefined;
  return {
    ...pair,
    used: pair.kind === 'stale_read' ? usedBy(schedules, trace, pair, run) : undefined,
    repaired: run.map(({ candidate }) => candidate.word),
    holds: holdsFromHere(schedules, here) === true ? 'always' : 'run',
  };
}

function stateAfter(taken: readonly Taken[], { init }: Schedules): Vector {
  return taken.at(-1)?.after ?? init;
}

/** The steps between the two that the second cannot do without, and itself; undefined when the first is one of them. */
function neededBy({ steps }: Trace, first: number, second: number): readonly number[] | undefined {
  const needed = [second];
  for (let i = second - 1; i >= first; i--) {
    const step = steps[i] as Step;
    if (!needed.some((other) => isBoundTo(step, steps[other] as Step))) continue;
    if (i === first) return undefined;
    needed.unshift(i);
  }
  return needed;
}

/** The later step cannot come before the earlier one: the same actor, or a process or lock that both touch. */
function isBoundTo(earlier: Step, later: Step): boolean {
  if (earlier.actor === later.actor) return true;
  const touches = (step: Step, slot: string): boolean =>
    step.reads.includes(slot) || step.writes.includes(slot);
  const control = (step: Step): readonly string[] => step.writes.filter(isControl);
  return (
    control(earlier).some((slot) => touches(later, slot)) ||
    control(later).some((slot) => touches(earlier, slot))
  );
}
