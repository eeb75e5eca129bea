import type { PageResult } from '../explorer/page-data.ts';

/**
 * The first message to a worker. `port` carries the answers, so that a model cannot write some of
 * its own; any message on it asks the worker to end with the known verdicts.
 */
export interface Request {
  readonly text: string;
  readonly secondsMax: number;
  readonly port: MessagePort;
}

/** What the worker answers. `done` comes last. */
export type Answer =
  /** The number of points that will be checked, in all scenarios together. */
  | { readonly event: 'points'; readonly all: number }
  /** The number of distinct states at the present point. */
  | { readonly event: 'progress'; readonly states: number }
  /** The result at a point. A later one with the same index has the reasons, too. */
  | { readonly event: 'result'; readonly index: number; readonly result: PageResult }
  /** A sentence about what could not be checked. */
  | { readonly event: 'problem'; readonly message: string }
  | { readonly event: 'done' };

/** What is known of a check. */
export interface Outcome {
  /** By the index of the point; a point without a verdict is missing. */
  readonly results: ReadonlyMap<number, PageResult>;
  readonly problems: readonly string[];
  /** Undefined until the model is loaded. */
  readonly points: number | undefined;
  /** The states of the point that is being checked. */
  readonly states: number;
}

export const nothingKnown: Outcome = {
  results: new Map(),
  problems: [],
  points: undefined,
  states: 0,
};

/** The outcome after one more answer. */
export function withAnswer(before: Outcome, answer: Answer): Outcome {
  switch (answer.event) {
    case 'points':
      return { ...before, points: answer.all };
    case 'progress':
      return { ...before, states: answer.states };
    case 'result':
      return {
        ...before,
        states: 0,
        results: new Map([...before.results, [answer.index, answer.result]]),
      };
    case 'problem':
      return { ...before, problems: [...before.problems, answer.message] };
    case 'done':
      return before;
  }
}
