import type { AnyBody, AnyLeaf } from '../../spec/property.ts';

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

/**
 * Makes a program out of questions, from its end to its start. A target is a place of the program
 * and what follows an answer; each method returns the place of what it adds.
 */
export interface Branches {
  ask(question: Question, whenTrue: number, whenFalse: number): number;
  isThere(place: Place, whenTrue: number, whenFalse: number): number;
  idsOf(range: Range): readonly string[];
}

/** A body that is prepared for questions. */
export interface Circuit {
  value(answers: Answers): boolean;
  /** The same as a program: it asks what `value` asks, in that order. */
  branches(to: Branches, whenTrue: number, whenFalse: number): number;
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
