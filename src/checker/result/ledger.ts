import type { Requirement } from './requirements.ts';
import type { StopReason } from './stop-reason.ts';

/** What a verdict rests on. Everything in it that is not as it should be weakens the verdict. */
export interface Ledger {
  /** Every reachable state was visited. */
  readonly exhaustive: boolean;
  readonly stopReason?: StopReason;
  /**
   * How often a step led to a new state beyond a bound, which was not visited; one that is met
   * twice counts twice.
   */
  readonly statesCut: number;
  /**
   * What liveness properties assumed; vacuous where no such step is ever enabled. Empty when none
   * asked.
   */
  readonly fairness: readonly { readonly condition: string; readonly vacuous: boolean }[];
  /** Labels, as `flow.label`, and actions that were enabled in no visited state. */
  readonly neverTaken: readonly string[];
  /**
   * How often each fault of the system could happen, 0 for one that could not; null where nothing
   * bounds it.
   */
  readonly faultBudgets: { readonly [fault: string]: number | null };
  /** Faults with a budget that happened in no visited state. */
  readonly faultsNeverHappened: readonly string[];
  /**
   * Properties whose premise never held, with the reason: they hold because nothing was asked of
   * them.
   */
  readonly vacuous: readonly { readonly property: string; readonly reason: string }[];
  /**
   * Entries and processes that were asked for by a name which nothing had in any state, first those
   * that a property asked for. Empty while not every state was visited.
   */
  readonly neverFound: readonly NeverFound[];
  /**
   * How states in which nothing new can happen are counted: nothing enabled; nothing that changes
   * the state.
   */
  readonly ends: { readonly stuck: number; readonly onlySelfLoops: number };
  /** Neither is done by this version, so that neither weakens a verdict. */
  readonly symmetry: 'none';
  readonly reduction: 'none';
  /** Why no state was expanded in WebAssembly, where that was to be done. It costs time only. */
  readonly withoutKernel?: string;
  /**
   * Purity: recipes evaluated twice when first met, and states whose memoised steps were evaluated
   * again.
   */
  readonly selfChecks: { readonly evaluatedTwice: number; readonly statesSampled: number };
}

/** Why the ledger does not meet a requirement, one sentence each; empty when it does. */
export function shortfalls(ledger: Ledger, requirement: Requirement): readonly string[] {
  switch (requirement) {
    case 'exhaustive':
      return ledger.exhaustive ? [] : [`not exhaustive: ${ledger.stopReason ?? 'interrupted'}`];
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

/** An entry or a process that was asked for by its name and that no reachable state has. */
export interface NeverFound {
  /** `processes.annn`, `jobs.x` */
  readonly name: string;
  /** Who asked first: `property '…'`, `flow 'f', step 'go'`. */
  readonly by: string;
}
