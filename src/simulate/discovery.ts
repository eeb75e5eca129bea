/** The number of moments that are kept. */
const momentsMax = 256;

/** How fast runs come to states that no run has visited. */
export class Discovery {
  /** The number of runs between two moments. */
  #stride = 1;
  #moments: { readonly steps: number; readonly states: number }[] = [{ steps: 0, states: 0 }];

  /** To be called after each run with the number of runs, of their steps, and of visited states. */
  note(runs: number, steps: number, states: number): void {
    if (runs % this.#stride !== 0) return;
    this.#moments.push({ steps, states });
    if (this.#moments.length <= momentsMax) return;
    this.#stride *= 2;
    this.#moments = this.#moments.filter((_, i) => i % 2 === 0);
  }

  /** The new states for each step, in each quarter of all steps. */
  get quarters(): readonly [number, number, number, number] {
    const all = this.#moments.at(-1)?.steps ?? 0;
    const at = (share: number) =>
      this.#moments.find(({ steps }) => steps >= share * all) ?? { steps: 0, states: 0 };
    const rate = (quarter: number): number => {
      const [from, to] = [at(quarter / 4), at((quarter + 1) / 4)];
      const steps = to.steps - from.steps;
      return steps === 0 ? 0 : (to.states - from.states) / steps;
    };
    return [rate(0), rate(1), rate(2), rate(3)];
  }
}
