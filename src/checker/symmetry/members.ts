import type { Plain } from '../../spec/plain.ts';
import type { MemberNames } from '../../spec/symmetry.ts';
import { setOwn } from '../state/canonical.ts';

/** For each member, the member whose names it gets. Members stay within their sets. */
export type Exchange = Int32Array;

/** One set of members, which have the numbers from `first` to before `first + size`. */
export interface MemberSet {
  readonly name: string;
  readonly first: number;
  readonly size: number;
}

/** A name as part of a member: all members of a set have the same parts. */
export interface Part {
  readonly member: number;
  readonly part: number;
}

/** All members of all sets, numbered one set after another. */
export class Members {
  readonly sets: readonly MemberSet[];
  readonly count: number;
  /** By member: the number of its set, and its names. */
  readonly setOf: readonly number[];
  readonly names: readonly (readonly string[])[];
  /** The number of exchanges, the one that changes nothing included; perhaps infinite. */
  readonly order: number;
  readonly #parts = new Map<string, Part>();

  constructor(declared: MemberNames) {
    const sets: MemberSet[] = [];
    const names: (readonly string[])[] = [];
    for (const [name, members] of declared) {
      sets.push({ name, first: names.length, size: members.length });
      names.push(...members);
    }
    this.sets = sets;
    this.names = names;
    this.count = names.length;
    this.setOf = sets.flatMap(({ size }, set) => Array<number>(size).fill(set));
    this.order = sets.reduce((product, { size }) => product * factorial(size), 1);
    for (const [member, parts] of names.entries()) {
      for (const [part, name] of parts.entries()) this.#parts.set(name, { member, part });
    }
  }

  /** The set of a member. */
  setAround(member: number): MemberSet {
    return this.sets[this.setOf[member] as number] as MemberSet;
  }

  partOf(name: string): Part | undefined {
    return this.#parts.get(name);
  }

  /** The set and the part of a name as text, the same for all members; undefined else. */
  kindOf(name: string): string | undefined {
    const found = this.#parts.get(name);
    return found === undefined ? undefined : `${this.setOf[found.member]}.${found.part}`;
  }

  identity(): Exchange {
    return Int32Array.from({ length: this.count }, (_, member) => member);
  }

  swap(one: number, other: number): Exchange {
    const exchange = this.identity();
    exchange[one] = other;
    exchange[other] = one;
    return exchange;
  }

  rename(name: string, exchange: Exchange): string {
    const found = this.#parts.get(name);
    if (found === undefined) return name;
    return this.names[exchange[found.member] as number]?.[found.part] as string;
  }

  /** The value with every name in it exchanged: each text that is a name, and each key that is. */
  renameValue(value: Plain, exchange: Exchange): Plain {
    if (typeof value === 'string') return this.rename(value, exchange);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item: Plain) => this.renameValue(item, exchange));
    const copy: { [key: string]: Plain } = {};
    for (const [key, item] of Object.entries(value as { readonly [key: string]: Plain })) {
      setOwn(copy, this.rename(key, exchange), this.renameValue(item, exchange));
    }
    return copy;
  }

  /** Adds to `found` the members that a value names. */
  membersIn(value: Plain, found: Set<number>): void {
    if (typeof value === 'string') {
      const part = this.#parts.get(value);
      if (part !== undefined) found.add(part.member);
    } else if (Array.isArray(value)) {
      for (const item of value as readonly Plain[]) this.membersIn(item, found);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value as { readonly [key: string]: Plain })) {
        this.membersIn(key, found);
        this.membersIn(item, found);
      }
    }
  }

  /** The exchange in words: `rm1 and rm2 exchanged`, or `rm1 → rm2 → rm3 → rm1`. */
  describe(exchange: Exchange): string {
    const seen = new Set<number>();
    const cycles: string[] = [];
    for (let start = 0; start < this.count; start++) {
      const cycle: string[] = [];
      for (let at = start; !seen.has(at); at = exchange[at] as number) {
        seen.add(at);
        cycle.push(this.names[at]?.[0] as string);
      }
      if (cycle.length === 2) cycles.push(`${cycle.join(' and ')} exchanged`);
      if (cycle.length > 2) cycles.push([...cycle, cycle[0]].join(' → '));
    }
    return cycles.join(', ');
  }
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
