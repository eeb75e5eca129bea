import type { Result } from '../checker/result/result.ts';
import { count, duration, number } from './figures.ts';
import type { TextStyle } from './text-style.ts';
import { hanging } from './text-width.ts';
import { printable } from './value-text.ts';

/** A point that was searched within a budget, as it is named: `lock kind=fair`. */
export interface Budgeted {
  readonly name: string;
  readonly result: Result;
}

/** What was decided within a budget of seconds, and how far what was not has come. */
export function budgetLines(
  seconds: number,
  searched: readonly Budgeted[],
  asked: number,
  look: TextStyle,
): string[] {
  const open = searched.filter(({ result }) => result.verdict === 'undecided');
  const decided = `${number(searched.length - open.length)} of ${count(asked, 'point')} decided`;
  const lines = [`budget of ${duration(seconds)}: ${decided}`];
  for (const { name, result } of open) {
    const { growing = [] } = result.ledger;
    const text = [
      `${count(result.states, 'state')}, ${count(result.levels, 'level')} searched`,
      ...(growing.length === 0 ? [] : [`${growing.slice(0, 3).join(', ')} growing`]),
    ].join('; ');
    lines.push(...hanging('  not decided: ', printable(`${name}: ${text}`), look.width));
  }
  return open.length === 0 ? lines : lines.map(look.paint.warn);
}
