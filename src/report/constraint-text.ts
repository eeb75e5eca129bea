import type { Result } from '../checker/result/result.ts';

/** Where a constraint cut something off, a verdict speaks of what lies within. */
export const WITHIN = 'within the constraint';

/** The number of states that were judged and not expanded. */
export const outsideOf = ({ ledger }: Result): number => ledger.statesOutside ?? 0;
