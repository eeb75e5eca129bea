import { purity } from './purity.ts';
import { replaceSources } from './replace-sources.ts';

/**
 * Runs `body`. Clocks, random numbers, schedulers and all else that looks beyond the state throw a
 * SpecError that names them. Comparing two evaluations is not enough: two reads of the clock may
 * agree by chance. If `body` catches such an error, it is thrown at the end.
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
 * The first half of the above, for callers with so many bodies that a function for each is too
 * slow. `allow` must get the answer of `forbid` in every case.
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

/** Throws an error that the model caused and caught while sources were forbidden. */
export function refuseOffence(): void {
  if (purity.offence !== undefined) throw purity.offence;
}

/** Allows the sources again after a call was ended from outside and could not do so itself. */
export function restoreClockAndRandomness(): void {
  purity.asked = false;
  purity.offence = undefined;
}
