import { meaningOf } from '../../spec/named.ts';
import type { AnyBody, AnyEvery, AnyLeaf, Bounds } from '../../spec/property.ts';
import { PROCESSES } from '../state/slots.ts';

/**
 * What a test is asked about: a state, the state before or after a step, the step itself, or an
 * entry that the step changes.
 */
export type Side = 'here' | 'before' | 'after' | 'step' | 'changed';

/** An entry about which a test is asked. */
export class Place {
  /** The name of the field. That of the processes begins with '#'. */
  readonly field: string;
  readonly id: string;
  readonly side: Side;
  /** The entry around it, if the test stands in a test of entries. */
  readonly outer: Place | undefined;
  /** The slot of the entry, for answers from packed states. */
  slot = -1;

  constructor(field: string, id: string, side: Side, outer: Place | undefined) {
    this.field = field;
    this.id = id;
    this.side = side;
    this.outer = outer;
  }
}

/** A test that calls a function of the model. */
export interface Question {
  readonly test: AnyLeaf;
  readonly place: Place | undefined;
  readonly side: Side;
  /** The property and its part, for messages. */
  readonly where: string;
  /** The part whose value depends on the answer. */
  readonly owner: object | undefined;
  /** A memory for whoever answers. */
  held: object | undefined;
}

/** The entries of a quantifier. */
export interface Range {
  readonly field: string;
  readonly side: Side;
  readonly owner: object | undefined;
  /** A memory for whoever answers. */
  held: object | undefined;
}

/**
 * A state or a step that answers questions. It always gives the same answer to the same question.
 */
export interface Answers {
  /** Identifies the state or step that is asked about now. */
  readonly moment: unknown;
  ask(question: Question): boolean;
  /**
   * The ids in the order of the table, some of which may be absent. The array is the same one as
   * long as the ids are.
   */
  idsOf(range: Range): readonly string[];
  isThere(place: Place): boolean;
  /** The ids of the entries that the step changes, in the order of the table. */
  changedIds(range: Range): readonly string[];
}

/** A body that is prepared for questions. */
export interface Circuit {
  value(answers: Answers): boolean;
}

/** The place of a body. */
export interface Around {
  readonly side: Side;
  readonly place: Place | undefined;
  readonly where: string;
  readonly owner: object | undefined;
  /** Returns the shared circuit of a body that depends on no entry around it. */
  readonly share?: (body: AnyBody, around: Around) => Circuit;
}

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

class Asked implements Circuit, Question {
  readonly test: AnyLeaf;
  readonly place: Place | undefined;
  readonly side: Side;
  readonly where: string;
  readonly owner: object | undefined;
  held: object | undefined = undefined;

  constructor(test: AnyLeaf, { place, side, where, owner }: Around) {
    this.test = test;
    this.place = place;
    this.side = side;
    this.where = where;
    this.owner = owner;
  }

  value(answers: Answers): boolean {
    return answers.ask(this);
  }
}

class Not implements Circuit {
  readonly #operand: Circuit;

  constructor(operand: Circuit) {
    this.#operand = operand;
  }

  value(answers: Answers): boolean {
    return !this.#operand.value(answers);
  }
}

class All implements Circuit {
  readonly #operands: readonly Circuit[];

  constructor(operands: readonly Circuit[]) {
    this.#operands = operands;
  }

  value(answers: Answers): boolean {
    for (const operand of this.#operands) if (!operand.value(answers)) return false;
    return true;
  }
}

class Some implements Circuit {
  readonly #operands: readonly Circuit[];

  constructor(operands: readonly Circuit[]) {
    this.#operands = operands;
  }

  value(answers: Answers): boolean {
    for (const operand of this.#operands) if (operand.value(answers)) return true;
    return false;
  }
}

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
    const ids = answers.idsOf(this);
    if (ids !== this.#ids) {
      this.#entries = ids.map((id) => this.#entry(id));
      this.#ids = ids;
    }
    const { kind, bounds } = this.#body;
    if (kind === 'count') return this.#count(answers, bounds ?? {});
    const decides = kind === 'some';
    for (const { place, circuit } of this.#entries) {
      if (answers.isThere(place) && circuit.value(answers) === decides) return decides;
    }
    return !decides;
  }

  /** Counts only until the result is certain. */
  #count(answers: Answers, { atLeast = 0, atMost = Infinity, exactly }: Bounds): boolean {
    const least = Math.max(atLeast, exactly ?? 0);
    const most = Math.min(atMost, exactly ?? Infinity);
    let count = 0;
    for (const { place, circuit } of this.#entries) {
      if (!answers.isThere(place) || !circuit.value(answers)) continue;
      count += 1;
      if (count > most) return false;
      if (count >= least && most === Infinity) return true;
    }
    return count >= least && count <= most;
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

  #entry(id: string): Circuit {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const place = new Place(this.field, id, this.side, undefined);
    const made = new Asked(this.#test, { ...this.#around, side: this.side, place });
    this.#known.set(id, made);
    return made;
  }
}
