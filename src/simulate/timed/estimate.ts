import type { Round } from './rounds.ts';

/** An estimate with its interval at 95 %. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The quantile of the normal distribution for a two-sided interval at 95 %. */
const NORMAL_95 = 1.959964;
/** With fewer violations than this the normal interval is too narrow. */
const hitsMin = 10;

/** Sums over rounds from which ratios are estimated. */
export class Sums {
  rounds = 0;
  requests = 0;
  seconds = 0;
  stuck = 0;
  readonly #hits: number[];
  /** Sums of products: by property of violations and requests, and of violations and seconds. */
  readonly #hitRequests: number[];
  readonly #hitSeconds: number[];
  #requestsSquared = 0;
  #secondsSquared = 0;

  constructor(properties: number) {
    this.#hits = Array.from({ length: properties }, () => 0);
    this.#hitRequests = [...this.#hits];
    this.#hitSeconds = [...this.#hits];
  }

  add({ violated, requests, seconds, isStuck }: Round): void {
    this.rounds += 1;
    this.requests += requests;
    this.seconds += seconds;
    this.#requestsSquared += requests ** 2;
    this.#secondsSquared += seconds ** 2;
    if (isStuck) this.stuck += 1;
    for (const [i, is] of violated.entries()) {
      this.#hits[i] = (this.#hits[i] as number) + is;
      this.#hitRequests[i] = (this.#hitRequests[i] as number) + is * requests;
      this.#hitSeconds[i] = (this.#hitSeconds[i] as number) + is * seconds;
    }
  }

  /** The number of rounds in which a property failed. */
  hits(property: number): number {
    return this.#hits[property] as number;
  }

  /** Violations of a property for each request. */
  perRequest(property: number): Estimate {
    return this.#ratio(
      property,
      this.requests,
      this.#requestsSquared,
      this.#hitRequests[property] as number,
    );
  }

  /** Violations of a property for each second. */
  perSecond(property: number): Estimate {
    return this.#ratio(
      property,
      this.seconds,
      this.#secondsSquared,
      this.#hitSeconds[property] as number,
    );
  }

  /**
   * The ratio of two means of independent rounds, with the interval of the delta method; with few
   * violations that of Poisson counts (F. Garwood, 1936, in the approximation of Wilson and
   * Hilferty).
   */
  #ratio(property: number, below: number, belowSquared: number, product: number): Estimate {
    const hits = this.hits(property);
    const value = below === 0 ? 0 : hits / below;
    if (below === 0) return { value, low: 0, high: Number.POSITIVE_INFINITY };
    if (hits < hitsMin) {
      return { value, low: poissonLow(hits) / below, high: poissonHigh(hits) / below };
    }
    // Each violation is 0 or 1, so that the sum of squares is their number.
    const squares = hits - 2 * value * product + value ** 2 * belowSquared;
    const error = Math.sqrt(Math.max(0, squares)) / below;
    // Squares of very long times are beyond all numbers.
    if (!Number.isFinite(error)) return { value, low: 0, high: Number.POSITIVE_INFINITY };
    return {
      value,
      low: Math.max(0, value - NORMAL_95 * error),
      high: value + NORMAL_95 * error,
    };
  }
}

function poissonHigh(hits: number): number {
  const n = hits + 1;
  return n * (1 - 1 / (9 * n) + NORMAL_95 / (3 * Math.sqrt(n))) ** 3;
}

function poissonLow(n: number): number {
  return n === 0 ? 0 : n * (1 - 1 / (9 * n) - NORMAL_95 / (3 * Math.sqrt(n))) ** 3;
}
