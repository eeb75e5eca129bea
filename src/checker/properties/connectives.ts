import type { AnyLeaf } from '../../spec/property.ts';
import type { Answers, Around, Branches, Circuit, Place, Question, Side } from './circuit.ts';

/** A function of the model, with the entry that it is asked about. */
export class Asked implements Circuit, Question {
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

  branches(to: Branches, whenTrue: number, whenFalse: number): number {
    return to.ask(this, whenTrue, whenFalse);
  }
}

export class Not implements Circuit {
  readonly #operand: Circuit;

  constructor(operand: Circuit) {
    this.#operand = operand;
  }

  value(answers: Answers): boolean {
    return !this.#operand.value(answers);
  }

  branches(to: Branches, whenTrue: number, whenFalse: number): number {
    return this.#operand.branches(to, whenFalse, whenTrue);
  }
}

export class All implements Circuit {
  readonly #operands: readonly Circuit[];

  constructor(operands: readonly Circuit[]) {
    this.#operands = operands;
  }

  value(answers: Answers): boolean {
    for (const operand of this.#operands) if (!operand.value(answers)) return false;
    return true;
  }

  branches(to: Branches, whenTrue: number, whenFalse: number): number {
    return this.#operands.reduceRight(
      (next, operand) => operand.branches(to, next, whenFalse),
      whenTrue,
    );
  }
}

export class Some implements Circuit {
  readonly #operands: readonly Circuit[];

  constructor(operands: readonly Circuit[]) {
    this.#operands = operands;
  }

  value(answers: Answers): boolean {
    for (const operand of this.#operands) if (operand.value(answers)) return true;
    return false;
  }

  branches(to: Branches, whenTrue: number, whenFalse: number): number {
    return this.#operands.reduceRight(
      (next, operand) => operand.branches(to, whenTrue, next),
      whenFalse,
    );
  }
}
