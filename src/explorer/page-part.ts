import type { ResultRecord } from '../report/document.ts';
import { requestedNameOf } from '../report/requested-name.ts';
import type { PageResult } from './page-data.ts';

/** The part of a result that a page shows. */
export function pagePart(result: ResultRecord): PageResult {
  const {
    ledger,
    graph: _graph,
    generated: _generated,
    profile: _profile,
    file: _file,
    exportName: _exportName,
    advanced = [],
    ...part
  } = result;
  const shown = Object.entries(result.parameters).filter(([name]) => !advanced.includes(name));
  return {
    ...part,
    model: requestedNameOf(result),
    shown: Object.fromEntries(shown),
    faultBudgets: budgetsIn(ledger),
  };
}

/** The budgets of faults in a ledger, which the document types only as data. */
function budgetsIn({ faultBudgets }: ResultRecord['ledger']): PageResult['faultBudgets'] {
  if (typeof faultBudgets !== 'object' || faultBudgets === null) return undefined;
  const isBudget = (value: unknown): value is number | null =>
    typeof value === 'number' || value === null;
  const entries = Object.entries(faultBudgets).flatMap(([name, times]) =>
    isBudget(times) ? [[name, times] as const] : [],
  );
  return Object.fromEntries(entries);
}
