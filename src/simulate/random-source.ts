import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { UsageError } from '../checker/result/usage-error.ts';

/** The largest seed. */
const seedMax = 2 ** 32 - 1;

/** Random numbers that follow from a seed: the same on every machine. */
export class RandomSource {
  readonly #generator: { next(): number };

  /** `seed` is a whole number from 0 to 2³² - 1. Throws a UsageError for any other. */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > seedMax) {
      throw new UsageError(`the seed is ${seed}`, `Give a whole number from 0 to ${seedMax}.`);
    }
    this.#generator = xoroshiro128plus(seed);
    // The first numbers of neighbouring seeds resemble one another.
    for (let i = 0; i < 16; i++) this.#generator.next();
  }

  /**
   * A whole number from 0 to before `count`. Each has the same probability, up to a share of
   * `count` in 2³².
   */
  below(count: number): number {
    return Math.floor(((this.#generator.next() >>> 0) * count) / 2 ** 32);
  }

  /** A number above 0 and below 1, with 53 random bits. */
  unit(): number {
    const high = this.#generator.next() >>> 5;
    const low = this.#generator.next() >>> 6;
    return (high * 2 ** 26 + low + 0.5) / 2 ** 53;
  }
}
