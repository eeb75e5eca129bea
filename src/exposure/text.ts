import { count, number } from '../report/figures.ts';
import type { TextStyle } from '../report/text-style.ts';
import { hanging, pad, widthOf, wrap } from '../report/text-width.ts';
import {
  amountOn,
  type Exposure,
  type ExposureRow,
  type ExposureStatus,
  exposureStatuses,
  nameOf,
  othersOf,
  rangesOf,
  settingText,
  statusTitles,
} from './exposure.ts';
import { oneReleaseLines } from './one-release.ts';

/**
 * The table for a terminal: a race a row, each column the releases with that status, neighbours
 * joined. A single release has a longer form. `invocation` holds the words that call the command.
 */
export function exposureLines(
  exposure: Exposure,
  look: TextStyle,
  invocation: readonly string[] = ['racewright'],
): string[] {
  const { releases } = exposure;
  const body =
    releases.length === 1
      ? oneReleaseLines(exposure, look, invocation)
      : [...rangeLines(exposure, look), ...othersLines(exposure, look)];
  return [...body, '', ...hanging('  ', summary(exposure), look.width)];
}

function rangeLines({ rows }: Exposure, look: TextStyle): string[] {
  const shown = exposureStatuses.filter((status) =>
    rows.some((row) => rangesOf(row, status).length > 0),
  );
  const cells = rows.map((row) => shown.map((status) => rangesOf(row, status)));
  const widths = shown.map((status, i) =>
    Math.max(widthOf(statusTitles[status]), ...cells.flatMap((row) => row[i]?.map(widthOf) ?? [])),
  );
  const room = widths.reduce((sum, width) => sum + gap + width, 2);
  const names = rows.map((row) => nameLines(row, Math.max(18, look.width - room)));
  const nameWidth = Math.max(widthOf('race'), ...names.flat().map(widthOf));
  const line = (first: string, rest: readonly string[], bold: boolean): string => {
    const columns = rest.map((text, i) => {
      const padded = pad(text, widths[i] ?? 0);
      return bold ? look.paint.dim(padded) : look.paint[toneOf(shown[i])](padded);
    });
    return `  ${[pad(first, nameWidth), ...columns].join(' '.repeat(gap))}`.trimEnd();
  };
  const head = line(
    'race',
    shown.map((status) => statusTitles[status]),
    true,
  );
  const body = cells.flatMap((row, i) => {
    const first = names[i] ?? [];
    const height = Math.max(first.length, ...row.map(({ length }) => length));
    return Array.from({ length: height }, (_, at) =>
      line(
        first[at] ?? '',
        row.map((ranges) => ranges[at] ?? ''),
        false,
      ),
    );
  });
  return [head, ...body];
}

const gap = 2;

function nameLines({ scenario, setting }: ExposureRow, width: number): string[] {
  const text = settingText(setting);
  return [scenario, ...(text === '' ? [] : wrap(text, width - 2).map((line) => `  ${line}`))];
}

function toneOf(status: ExposureStatus | undefined): 'good' | 'bad' | 'warn' | 'dim' {
  if (status === 'exposed') return 'bad';
  if (status === 'closed') return 'good';
  return status === 'not_applicable' ? 'dim' : 'warn';
}

/**
 * The violations in rows that are closed, so that a closed race is not taken for a scenario without
 * any.
 */
function othersLines({ rows }: Exposure, look: TextStyle): string[] {
  const entries = rows.flatMap((row) =>
    othersOf(row).map(({ property, ranges }) => ({ row, property, ranges })),
  );
  if (entries.length === 0) return [];
  const lines = entries.flatMap(({ row, property, ranges }) =>
    hanging('    ', `${nameOf(row)}, ${ranges.join(', ')}: ${property}`, look.width),
  );
  return [
    '',
    ...hanging('  ', 'closed, but another property is violated there:', look.width),
    ...lines,
  ];
}

/** `29 rows on 2026.1: 3 exposed, 1 partly closed, 25 closed`, and the cost of the searches. */
function summary(exposure: Exposure): string {
  const { rows, releases, searches, states } = exposure;
  const newest = releases.at(-1) ?? '';
  const amounts = exposureStatuses
    .map((status) => [amountOn(exposure, newest, status), statusTitles[status]] as const)
    .filter(([amount]) => amount > 0)
    .map(([amount, title]) => `${number(amount)} ${title}`);
  const took = `${count(searches, 'search').replace('searchs', 'searches')}, ${count(states, 'state')}`;
  return `${count(rows.length, 'row')} on ${newest}: ${amounts.join(', ')}; ${took}`;
}
