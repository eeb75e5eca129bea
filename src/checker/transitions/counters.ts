/** What a search has done so far, in numbers. */
export class Counters {
  /** States that were expanded. */
  expansions = 0;
  evaluations = 0;
  /** Evaluations that were done a second time, to see whether the recipe is pure. */
  evaluatedTwice = 0;
  /** How often the layout was recomputed. */
  repacks = 0;
  /**
   * States that the kernel in WebAssembly expanded, and why it could not, where it was asked to.
   */
  readonly kernel: { states: number; missing: string | undefined } = {
    states: 0,
    missing: undefined,
  };
}
