import type { Profile } from '../checker/search/profile.ts';
import { number } from './figures.ts';
import type { TextStyle } from './text-style.ts';
import { pad, shorten } from './text-width.ts';
import { printable } from './value-text.ts';

/** The largest number of rows in each table; later rows matter little. */
const rowsMax = 12;
/** Eighths of a column, from nearly empty to full. */
const bars = '▁▂▃▄▅▆▇█';

/**
 * A profile as tables: which slots multiply the states, how the levels grew, what the memo saved,
 * and which labels took long.
 */
export function profileLines(profile: Profile, look: TextStyle): string[] {
  return [
    '',
    ...table(
      look,
      ['slot', 'values', 'multiplies the states by'],
      profile.slots.map(({ slot, values, multiplies }) => [
        slot,
        number(values),
        multiplies === undefined ? 'not measured' : multiplies.toFixed(2),
      ]),
    ),
    ...levelLines(profile.levels, look),
    ...table(
      look,
      ['actor', 'in states', 'evaluated', 'known'],
      profile.actors.map(({ actor, lookups, misses }) => [
        actor,
        number(lookups),
        number(misses),
        `${((100 * (lookups - misses)) / Math.max(1, lookups)).toFixed(2)} %`,
      ]),
    ),
    ...table(
      look,
      ['label', 'evaluations', 'ms'],
      profile.labels
        .filter(({ label }) => label !== '')
        .map(({ label, evaluations, ms }) => [label, number(evaluations), (ms ?? 0).toFixed(1)]),
    ),
  ];
}

/** The sizes of the levels as a line of bars; the largest level has the highest bar. */
function levelLines(levels: readonly number[], look: TextStyle): string[] {
  if (levels.length === 0) return [];
  const most = largest(levels);
  const room = Math.max(10, look.width - 4);
  const perBar = Math.ceil(levels.length / room);
  const columns = Array.from({ length: Math.ceil(levels.length / perBar) }, (_, i) =>
    largest(levels.slice(i * perBar, (i + 1) * perBar)),
  );
  const bar = (size: number) => bars[Math.ceil((size / most) * bars.length) - 1] ?? bars[0];
  return [
    look.paint.strong(`  ${number(levels.length)} levels, of up to ${number(most)} states`),
    `  ${columns.map(bar).join('')}`,
    '',
  ];
}

/** `Math.max(...all)` would fail: a call has a limit of arguments, and there may be more levels. */
function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, one) => Math.max(most, one), 0);
}

/** All columns but the first hold numbers and are aligned to the right. */
function table(
  look: TextStyle,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  const shown = rows.slice(0, rowsMax);
  const widthOf = (column: number) =>
    Math.max(...[head, ...shown].map((row) => (row[column] ?? '').length));
  const first = Math.min(widthOf(0), Math.max(12, Math.floor(look.width / 2)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) =>
        i === 0
          ? `  ${pad(shorten(printable(cell), first), first)}`
          : pad(cell, widthOf(i), 'left'),
      )
      .join('   ');
  const rest = rows.length - shown.length;
  return [
    look.paint.strong(line(head)),
    ...shown.map(line),
    ...(rest > 0 ? [look.paint.dim(`  and ${number(rest)} more`)] : []),
    '',
  ];
}
