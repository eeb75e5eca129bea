import type { Candidate, Vector } from '../stepper.ts';
import type { Move, Schedules, Taken } from './schedules.ts';

/** Steps that a run takes at most after the schedule has ended. */
const beyondMax = 500;

/**
 * Goes on from a state in the order of these moves as far as the changed circumstances allow: an actor that now stands at
 * another step takes that one, one that has to wait goes on when it can, a fault that cannot happen does not. Then every
 * process goes on until nothing new happens. Undefined when that takes too long.
 */
export function goOn(
  schedules: Schedules,
  from: Vector,
  moves: readonly Move[],
): readonly Taken[] | undefined {
  const taken: Taken[] = [];
  let state = from;
  const take = (candidate: Candidate): void => {
    const step = schedules.take(state, candidate);
    taken.push(step);
    state = step.after;
  };
  let waiting: Move[] = [];
  for (const move of moves) {
    waiting.push(move);
    const still: Move[] = [];
    for (const each of waiting) {
      const candidate = stepLike(schedules, state, each);
      if (candidate === undefined) still.push(each);
      else take(candidate);
    }
    waiting = still;
  }
  const seen = new Set<string>();
  for (let beyond = 0; beyond < beyondMax; beyond++) {
    seen.add(state.join(','));
    const candidate = schedules.stepper
      .enabled(state)
      .find((each) => isNew(schedules, state, each, seen));
    if (candidate === undefined) return taken;
    take(candidate);
  }
  return undefined;
}

/** The very step if it is enabled, else what the actor can do instead: preferably at the same label. */
function stepLike(schedules: Schedules, state: Vector, move: Move): Candidate | undefined {
  const candidates = schedules.enabledFor(move.actor, state);
  const same = candidates.find(({ word }) => word === move.word);
  if (same !== undefined || candidates.some(({ actor }) => actor.kind !== 'process')) return same;
  return candidates.find(({ evaluated }) => evaluated.label === move.label) ?? candidates[0];
}

function isNew(
  { stepper }: Schedules,
  state: Vector,
  { actor, outcome }: Candidate,
  seen: ReadonlySet<string>,
): boolean {
  if (actor.kind === 'fault' || outcome.writes.length === 0) return false;
  return !seen.has(stepper.after(state, outcome).join(','));
}

/** States that are looked at before it is left open how all ways on end. */
const statesMax = 1500;

/** Whether the property holds on every way on from a state; undefined when there are too many states to tell. */
export function holdsFromHere(schedules: Schedules, from: Vector): boolean | undefined {
  const { stepper } = schedules;
  const seen = new Set([from.join(',')]);
  const waiting: Vector[] = [from];
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    for (const candidate of stepper.enabled(state)) {
      const step = schedules.take(state, candidate);
      if (schedules.failsAt(step.after, step)) return false;
      const key = step.after.join(',');
      if (seen.has(key)) continue;
      if (seen.size === statesMax) return undefined;
      seen.add(key);
      waiting.push(step.after);
    }
  }
  return true;
}
