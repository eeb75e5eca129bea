import { meaningOf } from '../../spec/named.ts';
import type { AnyBody, AnyEvery, AnyLeaf, Bounds } from '../../spec/property.ts';
import { PROCESSES } from '../state/slots.ts';
import {
  type Answers,
  type Around,
  type Branches,
  type Circuit,
  Place,
  type Range,
  type Side,
} from './circuit.ts';
import { All, Asked, Not, Some } from './connectives.ts';

/**
 * The meaning of a body: what it asks, in which order, and its value. Nothing else defines it.
 * Throws what a test throws.
 */
export function circuitOf(body: AnyBody, around: Around): Circuit {
  const meaning = meaningOf(body);
  if (meaning !== undefined) return ofState(meaning, around);
  if (typeof body === 'function') return new Asked(body, around);
  const inner = (operand: AnyBody) => circuitOf(operand, around);
  switch (body.kind) {
    case 'state':
      return ofState(body.test, around);
    case 'not':
      return new Not(inner(body.operand));
    case 'and':
      return new All(body.operands.map(inner));
    case 'or':
      return new Some(body.operands.map(inner));
    case 'parts':
      return new All(Object.values(body.parts).map(inner));
    case 'implies':
    case 'given':
      return new Some([new Not(inner(body.premise)), inner(body.conclusion)]);
    case 'before':
    case 'after':
      return circuitOf(body.operand, { ...around, side: body.kind, place: undefined });
    case 'everyChanged':
    case 'someChanged':
      return new Changed(body, around);
    default:
      return around.place === undefined && around.share !== undefined
        ? around.share(body, around)
        : new Each(body, around);
  }
}

/** The same, but never a shared circuit. */
export function ownCircuitOf(body: AnyBody, around: Around): Circuit {
  const isEach = typeof body === 'object' && isQuantifier(body);
  return isEach ? new Each(body, around) : circuitOf(body, around);
}

/** The name of the field of a quantifier. */
export const fieldOf = ({ over, table }: Pick<AnyEvery, 'over' | 'table'>): string =>
  over === 'processes' ? PROCESSES : table;

const isQuantifier = (body: AnyBody): body is AnyEvery =>
  typeof body === 'object' && ['every', 'some', 'count'].includes(body.kind);

/** A question about the whole state, in any place. */
const ofState = (body: AnyBody, around: Around): Circuit =>
  circuitOf(body, { ...around, place: undefined });

interface Entry {
  readonly place: Place;
  readonly circuit: Circuit;
}

/** A quantifier over the entries of a table. An entry that appears later is a further operand. */
class Each implements Circuit, Range {
  readonly field: string;
  readonly side: Side;
  readonly owner: object | undefined;
  held: object | undefined = undefined;
  readonly #body: AnyEvery;
  readonly #around: Around;
  readonly #known = new Map<string, Entry>();
  /** The ids of `#entries`. */
  #ids: readonly string[] | undefined;
  #entries: readonly Entry[] = [];

  constructor(body: AnyEvery, around: Around) {
    this.field = fieldOf(body);
    this.side = around.side;
    this.owner = around.owner;
    this.#body = body;
    this.#around = around;
  }

  value(answers: Answers): boolean {
    const entries = this.#among(answers.idsOf(this));
    const { kind } = this.#body;
    if (kind === 'count') return this.#count(answers);
    const decides = kind === 'some';
    for (const { place, circuit } of entries) {
      if (answers.isThere(place) && circuit.value(answers) === decides) return decides;
    }
    return !decides;
  }

  branches(to: Branches, whenTrue: number, whenFalse: number): number {
    const entries = this.#among(to.idsOf(this));
    const { kind } = this.#body;
    if (kind === 'count') return this.#countBranches(to, whenTrue, whenFalse);
    return entries.reduceRight(
      (next, { place, circuit }) =>
        to.isThere(
          place,
          kind === 'some'
            ? circuit.branches(to, whenTrue, next)
            : circuit.branches(to, next, whenFalse),
          next,
        ),
      kind === 'some' ? whenFalse : whenTrue,
    );
  }

  #among(ids: readonly string[]): readonly Entry[] {
    if (ids === this.#ids) return this.#entries;
    this.#ids = ids;
    this.#entries = ids.map((id) => this.#entry(id));
    return this.#entries;
  }

  /** The least and the largest count for which it is true. */
  get #bounds(): readonly [least: number, most: number] {
    const { atLeast = 0, atMost = Infinity, exactly }: Bounds = this.#body.bounds ?? {};
    return [Math.max(atLeast, exactly ?? 0), Math.min(atMost, exactly ?? Infinity)];
  }

  /** Counts only until the result is certain. */
  #count(answers: Answers): boolean {
    const [least, most] = this.#bounds;
    let count = 0;
    for (const { place, circuit } of this.#entries) {
      if (!answers.isThere(place) || !circuit.value(answers)) continue;
      count += 1;
      if (count > most) return false;
      if (count >= least && most === Infinity) return true;
    }
    return count >= least && count <= most;
  }

  /** For each entry and each count before it, a copy of the question. */
  #countBranches(to: Branches, whenTrue: number, whenFalse: number): number {
    const [least, most] = this.#bounds;
    const isTrue = (count: number) => count >= least && count <= most;
    // By the count before an entry, what follows; at first behind the last one.
    let next = Array.from({ length: this.#entries.length + 1 }, (_, count) =>
      isTrue(count) ? whenTrue : whenFalse,
    );
    const counted = (count: number) => {
      if (count > most) return whenFalse;
      return count >= least && most === Infinity ? whenTrue : (next[count] as number);
    };
    for (let i = this.#entries.length - 1; i >= 0; i--) {
      const { place, circuit } = this.#entries[i] as Entry;
      next = Array.from({ length: i + 1 }, (_, count) => {
        const not = next[count] as number;
        return to.isThere(place, circuit.branches(to, counted(count + 1), not), not);
      });
    }
    return next[0] as number;
  }

  #entry(id: string): Entry {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const place = new Place(this.field, id, this.side, this.#around.place);
    const made = { place, circuit: circuitOf(this.#body.test, { ...this.#around, place }) };
    this.#known.set(id, made);
    return made;
  }
}

/** A quantifier over the entries that a step changes. */
class Changed implements Circuit, Range {
  readonly field: string;
  readonly side: Side = 'changed';
  readonly owner: object | undefined;
  held: object | undefined = undefined;
  readonly #decides: boolean;
  readonly #test: AnyLeaf;
  readonly #around: Around;
  readonly #known = new Map<string, Circuit>();

  constructor(
    body: Extract<AnyBody, { readonly kind: 'everyChanged' | 'someChanged' }>,
    around: Around,
  ) {
    this.field = body.table;
    this.owner = around.owner;
    this.#decides = body.kind === 'someChanged';
    this.#test = body.test;
    this.#around = around;
  }

  value(answers: Answers): boolean {
    for (const id of answers.changedIds(this)) {
      if (this.#entry(id).value(answers) === this.#decides) return this.#decides;
    }
    return !this.#decides;
  }

  branches(): never {
    throw new Error('a state was asked what a step changes');
  }

  #entry(id: string): Circuit {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const place = new Place(this.field, id, this.side, undefined);
    const made = new Asked(this.#test, { ...this.#around, side: this.side, place });
    this.#known.set(id, made);
    return made;
  }
}
