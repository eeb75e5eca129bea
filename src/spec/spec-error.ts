/**
 * What is wrong in a model, where, and how to mend it. Each of the three parts is printed on lines
 * of its own.
 */
export interface SpecProblem {
  /** The fact, with the value that caused it in quotes. */
  readonly what: string;
  /** Scenario, flow, label and key path, outermost first. */
  readonly where?: string | undefined;
  /** What the author of the model can do. */
  readonly mend?: string | undefined;
}

/**
 * The model itself is broken: a recipe threw, jumped to an unknown label, stored a value that is
 * not plain data, or is not a pure function. There is no verdict then.
 */
export class SpecError extends Error {
  readonly what: string;
  readonly where: string | undefined;
  readonly mend: string | undefined;

  constructor(problem: SpecProblem, options?: ErrorOptions) {
    const { what, where, mend } = problem;
    super(
      `${where === undefined ? '' : `${where}: `}${what}${mend === undefined ? '' : `\n${mend}`}`,
      options,
    );
    this.name = 'SpecError';
    this.what = what;
    this.where = where;
    this.mend = mend;
  }

  /** The same problem with a wider place: `where` is put before the known one. */
  within(where: string): SpecError {
    const inner = this.where === undefined ? where : `${where}, ${this.where}`;
    return new SpecError({ what: this.what, where: inner, mend: this.mend }, { cause: this.cause });
  }
}
