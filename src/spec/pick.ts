import type { Scalar } from './plain.ts';

/**
 * Makes a named choice. It is the only source of nondeterminism in a recipe. A check tries every
 * option by running the recipe again; a replay repeats one.
 *
 * Without options there is nothing to choose, and the whole step is not enabled. An option is
 * plain data; equal options count once. The second pick of one name in a step is called `name#2`
 * in schedule entries and in step properties, the third `name#3`.
 */
export interface Pick {
  <const T extends Scalar>(name: string, options: readonly T[]): T;
  /**
   * Picks among records, or records and other values. No two different options may be written alike
   * in a schedule entry.
   */
  <T extends Scalar | object>(name: string, options: readonly T[]): T;
}
