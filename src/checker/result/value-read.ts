import type { Plain } from '../../spec/plain.ts';

/** A value that a test read where it decided its property. */
export interface ValueRead {
  /** Table, id and fields, joined by dots: `volumes.v1.status`. */
  readonly path: string;
  /** Missing for an entry that is not there. */
  readonly value?: Plain | undefined;
  /** For a property of steps: whether the value is that before the step or after it. */
  readonly when?: 'before' | 'after' | undefined;
}
