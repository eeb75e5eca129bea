import { normaliseEntry } from '../../checker/result/schedule-entry.ts';
import { ReplayError } from '../../checker/runs/replay.ts';
import { entryOf, preferred } from '../schedule/entry.ts';
import type { Chooser } from '../schedule/run.ts';

/**
 * Follows a schedule to its end, and goes on with the first choice of the task that took the last
 * step. Throws a ReplayError at an entry that is not possible.
 */
export function following(schedule: readonly string[]): Chooser {
  const entries = schedule.map(normaliseEntry);
  return {
    choose(choices, steps) {
      const entry = entries[steps.length];
      if (entry === undefined) return preferred(choices, steps.at(-1)?.choice.parked);
      const chosen = choices.find((choice) => entryOf(choice) === entry);
      if (chosen !== undefined) return chosen;
      throw new ReplayError(steps.length + 1, entry, choices.map(entryOf));
    },
  };
}

/** Follows a schedule as far as it can: an entry that is not possible is left out. */
export function followingLoosely(schedule: readonly string[]): Chooser {
  const left = [...schedule];
  return {
    choose(choices, steps) {
      while (left.length > 0) {
        const entry = left.shift();
        const chosen = choices.find((choice) => entryOf(choice) === entry);
        if (chosen !== undefined) return chosen;
      }
      return preferred(choices, steps.at(-1)?.choice.parked);
    },
  };
}
