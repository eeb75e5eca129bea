import type { SpecProblem } from '../../spec/spec-error.ts';

/** A packed task, and the file that it names by its hash. */
export interface TaskMessage {
  readonly task: string;
  readonly code: string | undefined;
}

/** The packed `Told` of a task, or why there is none. */
export type TaskAnswer =
  | { readonly data: string; readonly isKept: boolean }
  | { readonly failed: string };

/** What a worker tells of a task: its answer, and errors that belong to no answer. */
export interface Told {
  readonly answer: unknown;
  readonly late: readonly SpecProblem[];
}
