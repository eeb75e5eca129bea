import type { Scalar } from '../spec/plain.ts';
import { SpecError } from '../spec/spec-error.ts';

/** Thrown by a pick without options: there is no way to go on, so the step is not enabled. */
const NO_WAY = Symbol('no way');

interface Question {
  readonly name: string;
  readonly options: readonly Scalar[];
}

/**
 * Enumerates the answers to the picks of one recipe: run it again and again, each time advancing the last
 * choice that has an option left.
 */
export class Choices {
  #stack: (Question & { index: number })[] = [];
  #depth = 0;

  begin(): void {
    this.#stack = [];
  }

  /** Handed to recipes. */
  readonly pick = (name: string, options: readonly Scalar[]): never => {
    const choice = this.#stack[this.#depth] ?? this.#open(name, options);
    if (choice.name !== name || !sameOptions(choice.options, options)) {
      throw impure(choice, { name, options });
    }
    this.#depth += 1;
    // The type says never because the recipe's own signature gives the type of the option.
    return choice.options[choice.index] as never;
  };

  /** Runs the recipe with the present answers; false when it is not enabled or a pick has no options. */
  attempt(run: () => boolean): boolean {
    this.#depth = 0;
    try {
      return run();
    } catch (signal) {
      if (signal === NO_WAY) return false;
      throw signal;
    }
  }

  /** The answers of the last run. */
  taken(): (readonly [string, Scalar])[] {
    return this.#stack.map(({ name, options, index }) => [name, options[index] ?? null] as const);
  }

  /** Advances to the next combination; false after the last. */
  next(): boolean {
    for (let top = this.#stack.at(-1); top !== undefined; top = this.#stack.at(-1)) {
      top.index += 1;
      if (top.index < top.options.length) return true;
      this.#stack.pop();
    }
    return false;
  }

  #open(name: string, options: readonly Scalar[]) {
    if (options.length === 0) throw NO_WAY;
    const odd = options.find((option) => typeof option === 'object' && option !== null);
    if (odd !== undefined) {
      throw new SpecError({
        what: `the pick '${name}' has an option that is not a string, number, boolean or null`,
        mend: 'Pick an id and look the record up.',
      });
    }
    const choice = { name, options: [...options], index: 0 };
    this.#stack.push(choice);
    return choice;
  }
}

/** Object.is, so that NaN is the same in both runs. */
function sameOptions(one: readonly Scalar[], other: readonly Scalar[]): boolean {
  return one.length === other.length && one.every((option, i) => Object.is(option, other[i]));
}

const quoted = (option: Scalar) => (typeof option === 'string' ? `'${option}'` : String(option));

function impure(one: Question, other: Question): SpecError {
  const isSame = one.name === other.name;
  const asked = ({ name, options }: Question) =>
    isSame ? `among ${options.map(quoted).join(', ') || 'nothing'}` : `for '${name}'`;
  return new SpecError({
    what:
      `it is not a pure function: it asked ${isSame ? `for '${one.name}' ` : ''}${asked(one)} in one run ` +
      `and ${asked(other)} in the next`,
    mend: 'A recipe may depend on nothing but the state, its variables and its picks.',
  });
}
