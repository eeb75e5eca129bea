/** A process that can take no step. */
export interface Wait {
  readonly process: string;
  /** The label at which it stands. */
  readonly at: string;
  /**
   * Fields of the state, as `locks.l1` or `a.by`, that name other processes. With a value that the
   * field had earlier in the run, the process could take its step. Empty where no single value is
   * enough.
   */
  readonly for: readonly { readonly path: string; readonly holder: string }[];
}
