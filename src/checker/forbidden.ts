import { SpecError } from '../spec/spec-error.ts';

/**
 * Runs `body` while the clock and the sources of randomness throw. Two evaluations of an impure recipe may
 * agree by chance (two reads of the clock within one millisecond); this does not depend on chance.
 */
export function withoutClockAndRandomness<T>(body: () => T): T {
  const realms = globalThis as unknown as Record<string, unknown>;
  const date = globalThis.Date;
  const random = Math.random;
  realms['Date'] = PureDate;
  Math.random = refuseRandom;
  const clock = performanceClock();
  const now = clock?.now;
  if (clock !== undefined) clock.now = refusePerformance;
  try {
    return body();
  } finally {
    realms['Date'] = date;
    Math.random = random;
    if (clock !== undefined && now !== undefined) clock.now = now;
  }
}

/** Gives them back where a call of the above was ended from outside, so that nothing of it could clean up. */
export function restoreClockAndRandomness(): void {
  (globalThis as unknown as Record<string, unknown>)['Date'] = own.date;
  Math.random = own.random;
  const clock = performanceClock();
  if (clock !== undefined && own.now !== undefined) clock.now = own.now;
}

interface Clock {
  now: () => number;
}

function performanceClock(): Clock | undefined {
  // Not in the library of the language, but in every runtime that there is.
  return (globalThis as { performance?: Clock }).performance;
}

function refuse(source: string): never {
  throw new SpecError({
    what: `uncontrolled nondeterminism: it uses ${source}`,
    mend: 'A recipe may depend on nothing but the state. Choose with `pick`, and keep time as a number in the state.',
  });
}

const refuseRandom = () => refuse('Math.random');
const refusePerformance = () => refuse('performance.now');

const PureDate = new Proxy(Date, {
  construct: (target, args: unknown[]) =>
    // A date made from a given number is a function of that number; only `new Date()` reads the clock.
    args.length === 0 ? refuse('new Date()') : Reflect.construct(target, args),
  apply: () => refuse('Date()'),
  get: (target, key) => (key === 'now' ? () => refuse('Date.now') : Reflect.get(target, key)),
});

const own = { date: globalThis.Date, random: Math.random, now: performanceClock()?.now };
