/** The number of moments that are kept. */
const momentsMax = 256;

/** How fast runs come to states that no run has visited. */
export class Discovery {
  /** The number of steps at the next moment: `note` is to be called then. */
  next = 1;
  /** The number of steps between two moments. */
  #stride = 1;
  #moments: { readonly steps: number; readonly states: number }[] = [{ steps: 0, states: 1 }];

  /** Keeps a moment, with the number of states that runs visited so far. */
  note(states: number): void {
    this.#moments.push({ steps: this.next, states });
    if (this.#moments.length > momentsMax) {
      this.#stride *= 2;
      this.#moments = this.#moments.filter((_, i) => i % 2 === 0);
    }
    this.next = (this.#moments.at(-1)?.steps ?? 0) + this.#stride;
  }

  /** The new states for each step, in each quarter of all steps. */
  get quarters(): readonly [number, number, number, number] {
    const all = this.#moments.at(-1)?.steps ?? 0;
    const at = (share: number) =>
      this.#moments.find(({ steps }) => steps >= share * all) ?? { steps: 0, states: 1 };
    const rate = (quarter: number): number => {
      const [from, to] = [at(quarter / 4), at((quarter + 1) / 4)];
      const steps = to.steps - from.steps;
      // Runs begin in states that no step leads to.
      return steps === 0 ? 0 : Math.min(1, (to.states - from.states) / steps);
    };
    return [rate(0), rate(1), rate(2), rate(3)];
  }
}
