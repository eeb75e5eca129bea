import { EVERY_MAX, everyExchange, neighbours, SampledExchanges } from './exchanges.ts';
import type { Exchange, Members } from './members.ts';

/** The number of comparisons that are made with every exchange, before they become a sample. */
const EVERY_LEFT = 3_000_000;
/** In so many states a sample has more exchanges than later. */
const FIRST_STATES = 128;
const MORE = 8;

/** Which exchanges are tried in each state, where what is compared depends on the whole state. */
export class Trials {
  /** The parts of the system that were compared with a sample of the exchanges. */
  readonly sampled = new Set<string>();
  readonly #every: readonly Exchange[] | undefined;
  readonly #neighbours: readonly Exchange[];
  readonly #made: SampledExchanges;
  #left = EVERY_LEFT;
  #states = 0;
  #sample: readonly Exchange[] | undefined;

  constructor(members: Members) {
    this.#every = members.order <= EVERY_MAX ? everyExchange(members) : undefined;
    this.#neighbours = neighbours(members);
    this.#made = new SampledExchanges(members);
  }

  /** Takes other exchanges, for the next state. */
  next(): void {
    this.#states += 1;
    this.#sample = undefined;
  }

  /** The exchanges to compare this part of the system with in the present state. */
  for(part: string): readonly Exchange[] {
    if (this.#every !== undefined && this.#left >= 0 && !this.sampled.has(part)) {
      this.#left -= this.#every.length;
      return this.#every;
    }
    this.sampled.add(part);
    this.#sample ??= this.#take();
    return this.#sample;
  }

  #take(): readonly Exchange[] {
    const few = [this.#made.pair(), this.#made.any()];
    if (this.#states > FIRST_STATES) return few;
    const more = Array.from({ length: MORE }, () => this.#made.any());
    return [...this.#neighbours, ...few, ...more];
  }
}
