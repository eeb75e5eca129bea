import type { AnyAction } from '../spec/action.ts';
import { own } from '../spec/own.ts';
import type { AnySystem } from '../spec/scenario.ts';
import type { Machine } from './machine.ts';
import type { NeverFound } from './names.ts';
import type { Requirement } from './requirements.ts';
import type { StopReason } from './result.ts';
import { subjectOf } from './schedule-entry.ts';

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

/** Flows that fairness leaves out by name and that no process ever ran. */
export function flowsLeftOut(machine: Machine, { fairness }: AnySystem): readonly NeverFound[] {
  const { flows } = machine.evaluator;
  const left = (fairness?.flat() ?? []).flatMap(({ unit }) =>
    typeof unit === 'object' && unit.kind === 'all-but' ? unit.flows : [],
  );
  return [...new Set(left.map(({ name }) => name))]
    .filter((name) => !flows.has(name))
    .map((name) => ({ name: `the flow '${name}'`, by: 'fairness' }));
}

/** Labels of the flows that were started, and actions, that were enabled nowhere. */
export function neverTaken(machine: Machine, system: AnySystem): readonly string[] {
  const labels = [...machine.evaluator.flows.values()].flatMap(({ name, labels: all }) =>
    all
      .filter((label) => !machine.fired.has('process', name, label))
      .map((label) => subjectOf(name, label)),
  );
  const silent = (system.actions ?? []).filter((action) => !hasFired(machine, action));
  return [...labels, ...silent.map(({ actor, name }) => subjectOf(actor, name))];
}

/**
 * The budgets that a search went by: those that were given, and the system's own for the others.
 */
export function faultBudgets(
  { faults = [] }: AnySystem,
  given: { readonly [fault: string]: number } = {},
): Ledger['faultBudgets'] {
  const budgets = faults.map(({ name, times }) => [name, own(given, name) ?? times] as const);
  return Object.fromEntries(
    budgets.map(([name, times]) => [name, Number.isFinite(times) ? times : null]),
  );
}

/** Faults that may happen, their budget not being 0, and never do. */
export function faultsNeverHappened(machine: Machine): readonly string[] {
  return machine.actors.flatMap((actor) =>
    actor.kind === 'fault' && !hasFired(machine, actor.action) ? [actor.action.name] : [],
  );
}

function hasFired(machine: Machine, { kind, actor, name }: AnyAction): boolean {
  return machine.fired.has(kind, actor, name);
}
