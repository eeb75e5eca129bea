import { nameText, parseEntry } from '../../checker/result/schedule-entry.ts';
import type { AnyPoint } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { CliUsageError, unknownName } from './cli-usage-error.ts';

/**
 * Budgets of faults from `name=n,name=n`, for the faults of the scenario at this point. Throws
 * CliUsageError for another form, for a fault that the scenario does not have, and for one that is
 * given twice.
 */
export function faultBudgets(
  scenario: Scenario,
  point: AnyPoint,
  text: string,
): { readonly [name: string]: number } {
  const known = (scenario.system(point).faults ?? []).map(({ name }) => name);
  const where = `--faults ${text}`;
  const budgets = new Map<string, number>();
  for (const part of partsOf(text)) {
    const [, typed, times] = /^\s*(".*"|[^="]+)=(\d+)\s*$/s.exec(part) ?? [];
    const name = nameOf(typed);
    if (name === undefined || times === undefined) throw wrongForm(scenario, part, known, where);
    if (!known.includes(name)) {
      const what = `scenario '${scenario.name}' has no fault '${name}' at these parameters`;
      throw unknownName({ what, name, known, kind: 'faults', where });
    }
    if (budgets.has(name)) {
      const mend = `Name each fault once: --faults ${nameText(name)}=${times}`;
      throw new CliUsageError({ what: `fault '${name}' is given two budgets`, where, mend });
    }
    budgets.set(name, safely(name, times, where));
  }
  return Object.fromEntries(budgets);
}

/** The parts between commas that are not quoted. */
function partsOf(text: string): readonly string[] {
  return text.match(/(?:"(?:[^"\\]|\\.)*"|[^,"]|")+|(?<=,|^)(?=,|$)/gs) ?? [];
}

/**
 * The name of a fault, without the quotes that schedule entries also use, for example around a
 * comma; undefined where the quotes hold no name.
 */
function nameOf(typed: string | undefined): string | undefined {
  if (typed?.startsWith('"') !== true) return typed;
  const quoted = parseEntry(typed);
  return quoted?.actor === undefined && quoted?.picks.length === 0 ? quoted.label : undefined;
}

function wrongForm(
  scenario: Scenario,
  part: string,
  known: readonly string[],
  where: string,
): CliUsageError {
  const what = `'${part}' is not of the form fault=times, with 0, 1, 2 … as times`;
  const [first] = known;
  const mend =
    first === undefined
      ? `Leave --faults out: scenario '${scenario.name}' has no faults at these parameters.`
      : `Write it like this: --faults ${known.slice(0, 2).map(nameText).join('=1,')}=1. The faults: ${known.map(nameText).join(', ')}.`;
  return new CliUsageError({ what, where, mend });
}

/** Throws CliUsageError for a number that is too large to be exact. */
function safely(name: string, times: string, where: string): number {
  const budget = Number(times);
  if (Number.isSafeInteger(budget)) return budget;
  throw new CliUsageError({
    what: `fault '${name}' cannot happen ${times} times: that is too large to be counted exactly`,
    where,
    mend: 'A race shows with a budget of 1 or 2.',
  });
}
