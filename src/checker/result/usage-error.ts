/**
 * The question itself is wrong: a parameter, value, fault or property does not exist. Nothing was
 * checked.
 */
export class UsageError extends Error {
  readonly what: string;
  /** The existing names, and the nearest one. */
  readonly mend: string | undefined;

  constructor(what: string, mend?: string) {
    super(mend === undefined ? what : `${what}\n${mend}`);
    this.name = 'UsageError';
    this.what = what;
    this.mend = mend;
  }
}
