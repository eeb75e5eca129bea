import type { Scalar } from './plain.ts';

/**
 * Answers a named choice, and is the only source of nondeterminism in a recipe. Checking tries
 * every option (by running the recipe again), simulation draws one, replay repeats one.
 *
 * With no options there is nothing to choose, so the step as a whole is not enabled. An option is
 * plain data; one that is listed twice is one option. A recipe may pick several times under one
 * name: the second pick is called `name#2` in schedule entries and in step properties, the third
 * `name#3`.
 */
export interface Pick {
  <const T extends Scalar>(name: string, options: readonly T[]): T;
  /**
   * Of several records, or of records and other values. Two records that are equal in all parts
   * cannot be told apart.
   */
  <T extends Scalar | object>(name: string, options: readonly T[]): T;
}
