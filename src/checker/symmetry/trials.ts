import type { ExchangedSlots } from './exchanged-slots.ts';
import { EVERY_MAX, everyExchange, neighbours, SampledExchanges } from './exchanges.ts';
import type { Exchange } from './members.ts';

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
  readonly #slots: ExchangedSlots;
  #vector: Int32Array = new Int32Array(0);
  /** The exchanged states of the present one. */
  readonly #exchanged = new Map<Exchange, Int32Array>();

  constructor(slots: ExchangedSlots) {
    const { members } = slots;
    this.#slots = slots;
    this.#every = members.order <= EVERY_MAX ? everyExchange(members) : undefined;
    this.#neighbours = neighbours(members);
    this.#made = new SampledExchanges(members);
  }

  /** Takes other exchanges, for the next state. */
  next(vector: Int32Array): void {
    this.#states += 1;
    this.#sample = undefined;
    this.#vector = vector;
    this.#exchanged.clear();
  }

  /** The present state after an exchange. */
  after(exchange: Exchange): Int32Array {
    const known = this.#exchanged.get(exchange);
    if (known !== undefined) return known;
    const made = this.#slots.after(this.#vector, exchange);
    this.#exchanged.set(exchange, made);
    return made;
  }

  /** The exchanges to compare these parts of the system with in the present state. */
  for(...parts: readonly string[]): readonly Exchange[] {
    const isSampled = parts.some((part) => this.sampled.has(part));
    if (this.#every !== undefined && this.#left >= 0 && !isSampled) {
      this.#left -= this.#every.length * parts.length;
      return this.#every;
    }
    for (const part of parts) this.sampled.add(part);
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
