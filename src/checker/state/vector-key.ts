/**
 * One text for each state outside the packed store. Slots beyond the end of a vector hold value 0,
 * and further ones appear on the way, so zeros at the end do not count.
 */
export const vectorKey = (vector: readonly number[]): string =>
  vector.join(',').replace(/(?:,0)+$/, '');
