import type { RequestName } from './requests.ts';

/**
 * What is known of two requests. 'cannot_meet': in no configuration are both under way at once, and
 * nothing goes wrong when one follows the other. 'refused': the release lacks one of them, or the
 * model does not have what it takes, in every configuration. 'undecided': a bound was hit.
 */
export const cellStatuses = ['violated', 'undecided', 'holds', 'cannot_meet', 'refused'] as const;
export type CellStatus = (typeof cellStatuses)[number];

/** A property that is violated, and that neither request violates alone with the same fault. */
export interface Finding {
  /** The name of the property, or 'no deadlock'. */
  readonly property: string;
  /** The name of the configuration. */
  readonly configuration: string;
  /** What failed; null where nothing did. */
  readonly fault: string | null;
  /** Of the shortest counterexample. */
  readonly steps: number;
}

/** What is known of one configuration. */
export interface CellPart {
  readonly configuration: string;
  readonly status: CellStatus;
  /** Why it is refused. */
  readonly reason?: string;
  /** Faults of which it is not known what they do: with them a search did not end. */
  readonly undecidedFaults?: readonly string[];
  /** States of the search without a fault, and with any one. */
  readonly states: number;
  readonly statesWithFaults?: number;
}

/** One request alone, or two of them. */
export interface AtlasCell {
  readonly requests: readonly RequestName[];
  readonly status: CellStatus;
  readonly findings: readonly Finding[];
  readonly parts: readonly CellPart[];
}

/** The map of what happens when any two requests meet, on one release. */
export interface Atlas {
  readonly release: string;
  readonly withFaults: boolean;
  /** Each request by itself: what it violates with nothing else going on. */
  readonly alone: readonly AtlasCell[];
  readonly pairs: readonly AtlasCell[];
}

/** The status of a cell by those of its configurations. */
export function statusOf(parts: readonly CellPart[]): CellStatus {
  const found = cellStatuses.find((status) => parts.some((part) => part.status === status));
  return found ?? 'refused';
}
