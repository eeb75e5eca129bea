import type { AnyAction } from '../../spec/action.ts';
import { own } from '../../spec/own.ts';
import type { AnySystem } from '../../spec/system.ts';
import type { Ledger, NeverFound } from '../result/ledger.ts';
import { subjectOf } from '../result/schedule-entry.ts';
import type { Verification } from '../symmetry/verification.ts';
import type { Machine } from '../transitions/machine.ts';
import type { Findings, Judged } from './findings.ts';

/** Flows that fairness leaves out by name and that no process ever ran. */
function flowsLeftOut(machine: Machine, { fairness }: AnySystem): readonly NeverFound[] {
  const { flows } = machine.evaluator;
  const left = (fairness?.flat() ?? []).flatMap(({ unit }) =>
    typeof unit === 'object' && unit.kind === 'all-but' ? unit.flows : [],
  );
  return [...new Set(left.map(({ name }) => name))]
    .filter((name) => !flows.has(name))
    .map((name) => ({ name: `the flow '${name}'`, by: 'fairness' }));
}

/** Entries, processes and flows that were asked for by a name which nothing had. */
function neverFound({ machine, system, names, liveness, verification }: Findings) {
  // An entry may exist only in an exchanged state.
  const entries = verification?.neverFound() ?? names.neverFound();
  return [...entries, ...(liveness === undefined ? [] : flowsLeftOut(machine, system))];
}

/** Labels of started flows, and actions, that were never enabled. */
function neverTaken({ machine, system, verification }: Findings): readonly string[] {
  const labels = [...machine.evaluator.flows.values()].flatMap(({ name, labels: all }) =>
    all
      .filter((label) => !machine.fired.has('process', name, label))
      .map((label) => subjectOf(name, label)),
  );
  const silent = (system.actions ?? []).filter(
    (action) => !hasFired(machine, action, verification),
  );
  return [...labels, ...silent.map(({ actor, name }) => subjectOf(actor, name))];
}

/** The budgets of a search: the given ones, and the system's own for the other faults. */
function faultBudgets(
  { faults = [] }: AnySystem,
  given: { readonly [fault: string]: number } = {},
): Ledger['faultBudgets'] {
  const budgets = faults.map(({ name, times }) => [name, own(given, name) ?? times] as const);
  return Object.fromEntries(
    budgets.map(([name, times]) => [name, Number.isFinite(times) ? times : null]),
  );
}

/** Faults with a budget above 0 that never happened. */
function faultsNeverHappened({ machine, verification }: Findings): readonly string[] {
  return machine.actors.flatMap((actor) =>
    actor.kind === 'fault' && !hasFired(machine, actor.action, verification)
      ? [actor.action.name]
      : [],
  );
}

/** Whether an action was enabled somewhere, or one that an exchange makes of it. */
function hasFired(
  machine: Machine,
  action: AnyAction,
  verification: Verification | undefined,
): boolean {
  const all = verification?.symmetry.exchangedActions(action) ?? [action];
  return all.some(({ kind, actor, name }) => machine.fired.has(kind, actor, name));
}

export function ledgerOf(findings: Findings, judged: readonly Judged[]): Ledger {
  const { machine, system, complete, stopReason, liveness } = findings;
  const conditions = liveness?.conditions() ?? [];
  const outside = findings.constraint?.outside.size;
  const exhaustive = complete && (outside ?? 0) === 0;
  return {
    exhaustive,
    ...(stopReason === undefined ? {} : { stopReason }),
    statesCut: findings.statesCut,
    ...(outside === undefined ? {} : { statesOutside: outside }),
    ...(findings.growing.length === 0 ? {} : { growing: findings.growing }),
    fairness: conditions.map(({ name, actions }) => ({
      condition: name,
      // A search that was cut may only have missed such a step.
      vacuous: exhaustive && actions.size === 0,
    })),
    neverTaken: neverTaken(findings),
    faultBudgets: faultBudgets(system, findings.options.faults),
    faultsNeverHappened: faultsNeverHappened(findings),
    vacuous: judged.flatMap(({ result, vacuous }) =>
      vacuous === undefined ? [] : [{ property: result.name, reason: vacuous }],
    ),
    neverFound: exhaustive ? neverFound(findings) : [],
    ends: { ...findings.ends.counts },
    symmetry: findings.verification?.used ?? 'none',
    reduction: 'none',
    ...(machine.counters.kernel.missing === undefined
      ? {}
      : { withoutKernel: machine.counters.kernel.missing }),
    selfChecks: {
      evaluatedTwice: machine.counters.evaluatedTwice,
      statesSampled: findings.statesSampled,
    },
  };
}
