/** The work of a search so far, in numbers. */
export class Counters {
  /** The number of expanded states. */
  expansions = 0;
  evaluations = 0;
  /** The number of evaluations that were repeated, to find impure recipes. */
  evaluatedTwice = 0;
  /** The number of times that the layout was recomputed. */
  repacks = 0;
  /**
   * The number of states that the WebAssembly kernel expanded, the number of those that it left to
   * be judged, and why it could not work, if it was asked to.
   */
  readonly kernel: { states: number; judged: number; missing: string | undefined } = {
    states: 0,
    judged: 0,
    missing: undefined,
  };
}
