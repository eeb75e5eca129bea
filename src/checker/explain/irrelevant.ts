import type { Move, Schedules } from './schedules.ts';

/**
 * The indices of steps such that, without all of them, the property still fails at the end. A
 * shortest counterexample has none, or it would not be shortest.
 */
export function irrelevantSteps(schedules: Schedules, moves: readonly Move[]): readonly number[] {
  const left = new Set<number>();
  // From the end, because fewest steps depend on the last step of an actor.
  for (let i = moves.length - 1; i >= 0; i--) {
    const kept = moves.filter((_, k) => k !== i && !left.has(k));
    if (schedules.failsAfter(schedules.init, kept)) left.add(i);
  }
  return [...left].sort((a, b) => a - b);
}
