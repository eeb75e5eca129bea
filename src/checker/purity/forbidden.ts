import { purity } from './purity.ts';
import { replaceSources } from './replace-sources.ts';

/**
 * Runs `body` while clocks, sources of randomness, schedulers and whatever else looks beyond the
 * state throw a SpecError that names them. Two evaluations of an impure recipe may agree by chance
 * (two reads of the clock within one millisecond); this does not depend on chance. What `body`
 * caught of it is thrown when it has ended.
 */
export function withoutClockAndRandomness<T>(body: () => T): T {
  const outer = forbid();
  let result: T;
  try {
    result = body();
  } finally {
    allow(outer);
  }
  refuseOffence();
  return result;
}

/**
 * The parts of the above, for whoever runs so many bodies that a function for each costs more than
 * they do: `allow` is owed what `forbid` answered, whatever happens in between.
 */
export function forbid(): boolean {
  replaceSources();
  const outer = purity.asked;
  if (!outer) purity.offence = undefined;
  purity.asked = true;
  return outer;
}

export function allow(outer: boolean): void {
  purity.asked = outer;
}

/** Throws what was refused while it was forbidden and caught by the model. */
export function refuseOffence(): void {
  if (purity.offence !== undefined) throw purity.offence;
}

/**
 * Gives them back where a call of the above was ended from outside, so that nothing of it could
 * clean up.
 */
export function restoreClockAndRandomness(): void {
  purity.asked = false;
  purity.offence = undefined;
}
