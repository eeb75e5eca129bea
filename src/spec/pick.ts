import type { Scalar } from './plain.ts';

/**
 * Answers a named choice, and is the only source of nondeterminism in a recipe. Checking tries every option (by
 * running the recipe again), simulation draws one, replay repeats one.
 *
 * With no options there is nothing to choose, so the step as a whole is not enabled.
 */
export type Pick = <const T extends Scalar>(name: string, options: readonly T[]) => T;
