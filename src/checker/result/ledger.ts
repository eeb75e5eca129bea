import type { Requirement } from './requirements.ts';
import type { StopReason } from './stop-reason.ts';

/** What a verdict rests on. Each reservation here weakens the verdict. */
export interface Ledger {
  /** True if every reachable state was visited and expanded. */
  readonly exhaustive: boolean;
  readonly stopReason?: StopReason;
  /** How often a step led to a new state beyond a bound. A state counts each time. */
  readonly statesCut: number;
  /**
   * The number of states outside of the constraint of the system: they were judged and not
   * expanded. Missing where the system states none.
   */
  readonly statesOutside?: number;
  /**
   * Slots that took new values, and tables that got new entries, for as long as a search went on
   * that was cut off. It may have no end, unless what they can hold is bounded.
   */
  readonly growing?: readonly string[];
  /**
   * The assumptions of liveness properties; vacuous where no such step is ever enabled. Empty when
   * no property needs them.
   */
  readonly fairness: readonly { readonly condition: string; readonly vacuous: boolean }[];
  /** Labels, as `flow.label`, and actions that were enabled in no visited state. */
  readonly neverTaken: readonly string[];
  /** How often each fault of the system could happen, 0 for never; null without a bound. */
  readonly faultBudgets: { readonly [fault: string]: number | null };
  /** Faults with a budget that happened in no visited state. */
  readonly faultsNeverHappened: readonly string[];
  /** Properties that hold because nothing was asked of them, with the reason. */
  readonly vacuous: readonly { readonly property: string; readonly reason: string }[];
  /**
   * Entries and processes that were asked for by a name which nothing had in any state, those asked
   * for by properties first. Empty unless every state was visited.
   */
  readonly neverFound: readonly NeverFound[];
  /**
   * The number of states in which nothing is enabled, and of those in which no enabled step changes
   * the state.
   */
  readonly ends: { readonly stuck: number; readonly onlySelfLoops: number };
  /** How the search used the declared symmetry; 'none' where it visited every state. */
  readonly symmetry: 'none' | SymmetryUsed;
  /** This version does not use it, so it weakens no verdict. */
  readonly reduction: 'none';
  /** Why WebAssembly was not used where it should have been. That only costs time. */
  readonly withoutKernel?: string;
  /**
   * The checks of purity: recipes evaluated twice when first met, and states whose memoised steps
   * were evaluated again.
   */
  readonly selfChecks: { readonly evaluatedTwice: number; readonly statesSampled: number };
}

/** The states of a search with symmetry are orbits: each stands for all its exchanges. */
export interface SymmetryUsed {
  /** The number of interchangeable things of each set. */
  readonly sets: { readonly [set: string]: number };
  /**
   * The parts of the system that were compared with a sample of the exchanges only, because what
   * they do depends on too many of the things; empty where the symmetry was checked for all.
   */
  readonly sampled: readonly string[];
}

/**
 * The reasons why the ledger does not meet a requirement, one sentence each; empty when it does.
 */
export function shortfalls(ledger: Ledger, requirement: Requirement): readonly string[] {
  switch (requirement) {
    case 'exhaustive':
      return [
        ...(ledger.exhaustive ? [] : [`not exhaustive: ${whyNotExhaustive(ledger)}`]),
        ...sampledSymmetry(ledger),
      ];
    case 'no-vacuity':
      return [
        ...ledger.neverFound.map(({ name, by }) => `${by} asks for ${name}, which never existed`),
        ...ledger.vacuous.map(({ property, reason }) => `'${property}' is vacuous: ${reason}`),
        ...ledger.fairness
          .filter(({ vacuous }) => vacuous)
          .map(({ condition }) => `${condition} is vacuous: no such step is ever enabled`),
      ];
    case 'all-labels':
      return ledger.neverTaken.map((label) => `${label} is never taken`);
    case 'all-faults':
      return ledger.faultsNeverHappened.map((fault) => `the fault ${fault} never happens`);
  }
}

/**
 * What rests on a sample of the exchanges: if a thing is told from the others there after all, a
 * state that differs may not have been visited.
 */
function sampledSymmetry({ symmetry }: Ledger): readonly string[] {
  if (symmetry === 'none' || symmetry.sampled.length === 0) return [];
  const parts = symmetry.sampled.join(', ');
  return [`the declared symmetry was checked with a sample of the exchanges for ${parts}`];
}

function whyNotExhaustive({ stopReason, statesOutside = 0 }: Ledger): string {
  if (stopReason !== undefined || statesOutside === 0) return stopReason ?? 'interrupted';
  return `the states outside of the constraint, ${statesOutside}, were not expanded`;
}

/** An entry or a process that was asked for by name and that no reachable state has. */
export interface NeverFound {
  /** As `processes.annn` or `jobs.x`. */
  readonly name: string;
  /** Who asked first, as `property '…'` or `flow 'f', step 'go'`. */
  readonly by: string;
}
