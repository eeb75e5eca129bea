import type { RequestName } from './requests.ts';

/**
 * The answer about two requests. 'cannot_meet': in no configuration are both in flight at once, and
 * no property is violated when one follows the other. 'refused': in every configuration the release
 * lacks one of them, or the model lacks this combination. 'undecided': the search hit a bound.
 */
export const cellStatuses = ['violated', 'undecided', 'holds', 'cannot_meet', 'refused'] as const;
export type CellStatus = (typeof cellStatuses)[number];

/** A property that is violated, and that neither request violates alone with the same fault. */
export interface Finding {
  /** The name of the property, or 'no deadlock'. */
  readonly property: string;
  /** The name of the configuration. */
  readonly configuration: string;
  /** The fault; null where there was none. */
  readonly fault: string | null;
  /** Of the shortest counterexample. */
  readonly steps: number;
}

/** The answer about one configuration. */
export interface CellPart {
  readonly configuration: string;
  readonly status: CellStatus;
  /** The reason of the refusal. */
  readonly reason?: string;
  /** Faults whose search did not end, so that their effect is not known. */
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

/** The answers about any two requests that meet, on one release. */
export interface Atlas {
  readonly release: string;
  readonly withFaults: boolean;
  /** Each request alone, with its violations. */
  readonly alone: readonly AtlasCell[];
  readonly pairs: readonly AtlasCell[];
}

/** The status of a cell from those of its configurations. */
export function statusOf(parts: readonly CellPart[]): CellStatus {
  const found = cellStatuses.find((status) => parts.some((part) => part.status === status));
  return found ?? 'refused';
}
