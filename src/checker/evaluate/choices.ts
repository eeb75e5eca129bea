import { BLOCKED } from '../../spec/blocked.ts';
import type { Plain } from '../../spec/plain.ts';
import { quoted } from '../../spec/refuse.ts';
import { SpecError } from '../../spec/spec-error.ts';
import type { Picks } from '../result/schedule-entry.ts';
import { isOffered, type Options, optionsOf } from './pick-options.ts';

const NO_PICKS: Picks = [];

/**
 * The largest number of option lists kept for each name. Several labels may pick under one name,
 * and a label may offer different options.
 */
const KNOWN_MAX = 8;

/** Options that were offered before, with the picks of a step that makes no other choice. */
interface Offer extends Options {
  readonly picks: readonly Picks[];
}

/**
 * Enumerates the answers to the picks of a recipe. The recipe runs again and again, and each time
 * the last choice with an option left advances.
 */
export class Choices {
  /**
   * The current choices are the first `#height` of each list; the rest is left over from before.
   */
  #height = 0;
  #depth = 0;
  /** The names in the calls of the recipe. */
  readonly #asked: string[] = [];
  /** The names in the step: `n`, and `n#2` for the second pick of that name. They are unique. */
  readonly #names: string[] = [];
  readonly #offers: Offer[] = [];
  readonly #chosen: number[] = [];
  /** The latest options of each name, if none of them is a record. */
  readonly #known = new Map<string, Offer[]>();

  begin(): void {
    this.#height = 0;
    this.#depth = 0;
  }

  /**
   * The function that recipes get. Throws a SpecError for a name or for options that schedule
   * entries could not tell apart.
   */
  readonly pick = (name: string, options: readonly unknown[]): never => {
    const at = this.#depth;
    if (at === this.#height) this.#open(name, options);
    const offer = this.#offers[at] as Offer;
    const { places } = offer;
    const place = places[this.#chosen[at] as number] as number;
    if (this.#asked[at] !== name || !isOffered(offer, options, place)) {
      throw this.#impure(name, options);
    }
    this.#depth = at + 1;
    // The option of this run instead of the first one: a record may be part of the state on which
    // this run works. The type says never because the recipe's own signature gives the type of the
    // option.
    return options[place] as never;
  };

  /**
   * Runs the recipe with the current answers. Returns false when it is not enabled or a pick has no
   * options.
   */
  attempt(run: () => boolean): boolean {
    let isEnabled = false;
    try {
      isEnabled = run();
    } catch (signal) {
      if (signal !== BLOCKED) throw signal;
    }
    this.endRun();
    return isEnabled;
  }

  /**
   * To be called after each run. Throws a SpecError when the run asked less than the one before.
   */
  endRun(): void {
    if (this.#depth < this.#height) throw this.#impure(undefined, []);
    this.#depth = 0;
  }

  /** The answers of the last run. */
  taken(): Picks {
    if (this.#height === 0) return NO_PICKS;
    if (this.#height === 1)
      return (this.#offers[0] as Offer).picks[this.#chosen[0] as number] as Picks;
    const taken: Picks[number][] = [];
    for (let at = 0; at < this.#height; at++) {
      const { plain } = this.#offers[at] as Offer;
      taken.push([this.#names[at] as string, plain[this.#chosen[at] as number] as Plain]);
    }
    return taken;
  }

  /** Moves to the next combination. Returns false after the last one. */
  next(): boolean {
    for (let top = this.#height - 1; top >= 0; top--) {
      const index = (this.#chosen[top] as number) + 1;
      this.#chosen[top] = index;
      if (index < (this.#offers[top] as Offer).picks.length) return true;
      this.#height = top;
    }
    return false;
  }

  #open(asked: string, options: readonly unknown[]): void {
    const offer = this.#offerOf(asked, options);
    const name = this.#nameFor(asked);
    if (offer.picks.length === 0) throw BLOCKED;
    const at = this.#height;
    this.#asked[at] = asked;
    this.#names[at] = name;
    this.#offers[at] = offer;
    this.#chosen[at] = 0;
    this.#height = at + 1;
  }

  /**
   * The checked options. Most picks offer the same as before, so the check is skipped for those.
   */
  #offerOf(asked: string, options: readonly unknown[]): Offer {
    const known = this.#known.get(asked);
    for (let i = 0; known !== undefined && i < known.length; i++) {
      const offer = known[i] as Offer;
      if (Array.isArray(options) && isSameList(offer.given, options)) return offer;
    }
    const { given, plain, places } = optionsOf(asked, options);
    const picks = plain.map((value) => [[asked, value] as const]);
    const offer = { given, plain, places, picks };
    if (given.some((option) => typeof option === 'object')) return offer;
    if (known === undefined) this.#known.set(asked, [offer]);
    else this.#known.set(asked, [offer, ...known.slice(0, KNOWN_MAX - 1)]);
    return offer;
  }

  /** The name in the step: a loop may pick under one name again, and the second pick is `n#2`. */
  #nameFor(asked: string): string {
    let before = 0;
    for (let at = 0; at < this.#height; at++) if (this.#asked[at] === asked) before += 1;
    const name = before === 0 ? asked : `${asked}#${before + 1}`;
    const twin = this.#names.indexOf(name);
    if (twin < 0 || twin >= this.#height) return name;
    throw new SpecError({
      what: `pick ${before + 1} of the name ${quoted(asked)} and pick 1 of the name ${quoted(this.#asked[twin])} are both called ${quoted(name)}`,
      mend: 'The second pick of a name n is called n#2, the third n#3: name no other pick so.',
    });
  }

  /** The error for a run that asked something else at the same place than the run before. */
  #impure(name: string | undefined, options: readonly unknown[]): SpecError {
    const { given } = this.#offers[this.#depth] as Offer;
    return impure(this.#asked[this.#depth] as string, given, name, options);
  }
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (!Object.is(one[i], other[i])) return false;
  return true;
}

function impure(
  asked: string,
  given: readonly unknown[],
  name: string | undefined,
  options: readonly unknown[],
): SpecError {
  const among = (offered: readonly unknown[]) =>
    `among ${offered.map(quoted).join(', ') || 'nothing'}`;
  const [first, second] =
    asked === name
      ? [`for ${quoted(name)} ${among(given)}`, among(options)]
      : [`for ${quoted(asked)}`, name === undefined ? 'for nothing' : `for ${quoted(name)}`];
  return new SpecError({
    what: `it is not a pure function: it asked ${first} in one run and ${second} in the next`,
    mend: 'A recipe may depend on nothing but the state, its variables and its picks.',
  });
}
