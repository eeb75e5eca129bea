import type { Result } from '../../checker/result/result.ts';

/** The exit codes of the command. */
export const exitCodes = { asExpected: 0, notAsExpected: 1, wrongUsage: 2, undecided: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A result, and whether the scenario states an expectation for its point. */
export interface Compared {
  readonly result: Result;
  readonly stated: boolean;
}

/** True where no property and no figure could be wrong. */
export const asksNothing = ({ result, stated }: Compared): boolean =>
  !stated && result.properties.length === 0;

/**
 * The code of one check. Without an expectation, `holds` is good and `violated` is not. An
 * incomplete search cannot confirm an expectation, even if all that it found was expected.
 */
export function exitCodeOf({ result, stated }: Compared): ExitCode {
  if (result.asExpected === true) return exitCodes.asExpected;
  if (result.asExpected === false) return exitCodes.notAsExpected;
  if (asksNothing({ result, stated })) return exitCodes.wrongUsage;
  if (result.verdict === 'undecided' || (stated && !result.complete)) return exitCodes.undecided;
  return result.verdict === 'holds' ? exitCodes.asExpected : exitCodes.notAsExpected;
}

/**
 * The code of several checks. A violation outweighs all else, and an error outweighs an open
 * question. No code at all means that nothing was checked, which is wrong usage.
 */
export function worstOf(codes: readonly ExitCode[]): ExitCode {
  const { wrongUsage, notAsExpected, undecided } = exitCodes;
  if (codes.length === 0) return wrongUsage;
  return [notAsExpected, wrongUsage, undecided].find((code) => codes.includes(code)) ?? 0;
}
