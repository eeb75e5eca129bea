import type { Result } from '../../checker/result/result.ts';

/** What the exit codes of the command mean. */
export const exitCodes = { asExpected: 0, notAsExpected: 1, wrongUsage: 2, undecided: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A result, and whether the scenario states an expectation for that point. */
export interface Compared {
  readonly result: Result;
  readonly stated: boolean;
}

/** True where there is no question that an answer could be wrong to, and no figure to compare. */
export const asksNothing = ({ result, stated }: Compared): boolean =>
  !stated && result.properties.length === 0;

/**
 * The code of one check. Where nothing is expected, `holds` is good and `violated` is not. An
 * incomplete search cannot confirm an expectation, even if what it has found so far was expected.
 */
export function exitCodeOf({ result, stated }: Compared): ExitCode {
  if (result.asExpected === true) return exitCodes.asExpected;
  if (result.asExpected === false) return exitCodes.notAsExpected;
  if (asksNothing({ result, stated })) return exitCodes.wrongUsage;
  if (result.verdict === 'undecided' || (stated && !result.complete)) return exitCodes.undecided;
  return result.verdict === 'holds' ? exitCodes.asExpected : exitCodes.notAsExpected;
}

/**
 * The code of several. What was found stays found whatever else went wrong; an error is worse than
 * an open question. Of no code at all it is that of wrong usage: nothing was checked.
 */
export function worstOf(codes: readonly ExitCode[]): ExitCode {
  const { wrongUsage, notAsExpected, undecided } = exitCodes;
  if (codes.length === 0) return wrongUsage;
  return [notAsExpected, wrongUsage, undecided].find((code) => codes.includes(code)) ?? 0;
}
