import type { Move, Schedules } from './schedules.ts';

/**
 * The indices of steps without which, all of them left out, the property still fails at the end. Of
 * a shortest counterexample none can be left out, or it would not be one.
 */
export function irrelevantSteps(schedules: Schedules, moves: readonly Move[]): readonly number[] {
  const left = new Set<number>();
  // From the end, as what an actor does last has the fewest steps that depend on it.
  for (let i = moves.length - 1; i >= 0; i--) {
    const kept = moves.filter((_, k) => k !== i && !left.has(k));
    if (schedules.failsAfter(schedules.init, kept)) left.add(i);
  }
  return [...left].sort((a, b) => a - b);
}
