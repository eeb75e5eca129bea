import type { Plain } from '../spec/plain.ts';
import { quoted } from '../spec/refuse.ts';
import { SpecError } from '../spec/spec-error.ts';
import { isOffered, type Options, optionsOf } from './pick-options.ts';
import type { Picks } from './words.ts';

/** Thrown by a pick without options: there is no way to go on, so the step is not enabled. */
const NO_WAY = Symbol('no way');

const NO_PICKS: Picks = [];

interface Choice extends Options {
  /** As the recipe calls it. */
  readonly asked: string;
  /**
   * As the step calls it: `n`, and `n#2` for the second pick of that name. No two have one name.
   */
  readonly name: string;
  index: number;
}

/**
 * Enumerates the answers to the picks of one recipe: run it again and again, each time advancing the last
 * choice that has an option left.
 */
export class Choices {
  #stack: Choice[] = [];
  #depth = 0;
  /** The options of the last pick of each name, where none is a record. */
  readonly #last = new Map<string, Options>();

  begin(): void {
    if (this.#stack.length > 0) this.#stack = [];
  }

  /**
   * Handed to recipes. Throws a SpecError for a name or options that no schedule word could tell
   * apart.
   */
  readonly pick = (name: string, options: readonly unknown[]): never => {
    const known = this.#stack[this.#depth];
    if (known !== undefined && (known.asked !== name || !isOffered(known, options))) {
      throw impure(known, name, options);
    }
    const choice = known ?? this.#open(name, options);
    this.#depth += 1;
    // The option of this run and not of the first: a record may be a part of the state that the run
    // works on. The type says never because the recipe's own signature gives the type of the
    // option.
    return options[choice.places[choice.index] as number] as never;
  };

  /** Runs the recipe with the present answers; false when it is not enabled or a pick has no options. */
  attempt(run: () => boolean): boolean {
    this.#depth = 0;
    let isEnabled = false;
    try {
      isEnabled = run();
    } catch (signal) {
      if (signal !== NO_WAY) throw signal;
    }
    const left = this.#stack[this.#depth];
    if (left !== undefined) throw impure(left, undefined, []);
    return isEnabled;
  }

  /** The answers of the last run. */
  taken(): Picks {
    if (this.#stack.length === 0) return NO_PICKS;
    return this.#stack.map(({ name, plain, index }) => [name, plain[index] as Plain] as const);
  }

  /** Advances to the next combination; false after the last. */
  next(): boolean {
    for (let top = this.#stack.at(-1); top !== undefined; top = this.#stack.at(-1)) {
      top.index += 1;
      if (top.index < top.plain.length) return true;
      this.#stack.pop();
    }
    return false;
  }

  #open(asked: string, options: readonly unknown[]): Choice {
    const { given, plain, places } = this.#optionsOf(asked, options);
    const choice = { asked, name: this.#nameFor(asked), given, plain, places, index: 0 };
    if (plain.length === 0) throw NO_WAY;
    this.#stack.push(choice);
    return choice;
  }

  /** Most picks offer what they offered the last time, which is then known to be in order. */
  #optionsOf(asked: string, options: readonly unknown[]): Options {
    const last = this.#last.get(asked);
    if (last !== undefined && Array.isArray(options) && isSameList(last.given, options))
      return last;
    const made = optionsOf(asked, options);
    if (made.given.every((option) => typeof option !== 'object')) this.#last.set(asked, made);
    return made;
  }

  /** A loop picks under one name again and again: the second is `n#2`. */
  #nameFor(asked: string): string {
    if (this.#stack.length === 0) return asked;
    const before = this.#stack.filter((choice) => choice.asked === asked).length;
    const name = before === 0 ? asked : `${asked}#${before + 1}`;
    const twin = this.#stack.find((choice) => choice.name === name);
    if (twin === undefined) return name;
    throw new SpecError({
      what: `pick ${before + 1} of the name ${quoted(asked)} and pick 1 of the name ${quoted(twin.asked)} are both called ${quoted(name)}`,
      mend: 'The second pick of a name n is called n#2, the third n#3: name no other pick so.',
    });
  }
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (!Object.is(one[i], other[i])) return false;
  return true;
}

function impure(known: Choice, name: string | undefined, options: readonly unknown[]): SpecError {
  const isSame = known.asked === name;
  const among = (given: readonly unknown[]) => `among ${given.map(quoted).join(', ') || 'nothing'}`;
  const [first, second] = isSame
    ? [`for ${quoted(name)} ${among(known.given)}`, among(options)]
    : [`for ${quoted(known.asked)}`, name === undefined ? 'for nothing' : `for ${quoted(name)}`];
  return new SpecError({
    what: `it is not a pure function: it asked ${first} in one run and ${second} in the next`,
    mend: 'A recipe may depend on nothing but the state, its variables and its picks.',
  });
}
