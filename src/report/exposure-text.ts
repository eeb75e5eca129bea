import {
  type Exposure,
  type ExposureRow,
  type ExposureStatus,
  exposedOn,
  exposureStatuses,
  rangesOf,
  settingText,
} from './exposure.ts';
import { count } from './figures.ts';
import type { Look } from './look.ts';
import { hanging, pad, widthOf, wrap } from './text-width.ts';

const titles: { readonly [status in ExposureStatus]: string } = {
  exposed: 'exposed',
  partly: 'partly closed',
  closed: 'closed',
  not_applicable: 'not applicable',
  undecided: 'undecided',
};

/**
 * The table for a terminal: a race a row, each column the releases of which it says so, neighbours joined. With a single release:
 * a race a row, its status, and what is violated.
 */
export function exposureLines(exposure: Exposure, look: Look): string[] {
  const { releases } = exposure;
  const [only] = releases;
  const single = releases.length === 1 && only !== undefined;
  return [
    ...(single ? singleLines(exposure, look) : rangeLines(exposure, look)),
    '',
    ...hanging('  ', summary(exposure), look.width),
  ];
}

function rangeLines({ rows }: Exposure, look: Look): string[] {
  const shown = exposureStatuses.filter((status) =>
    rows.some((row) => rangesOf(row, status).length > 0),
  );
  const cells = rows.map((row) => shown.map((status) => rangesOf(row, status)));
  const widths = shown.map((status, i) =>
    Math.max(widthOf(titles[status]), ...cells.flatMap((row) => row[i]?.map(widthOf) ?? [])),
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
    shown.map((status) => titles[status]),
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

function singleLines({ rows }: Exposure, look: Look): string[] {
  return rows.flatMap((row) => {
    const [cell] = row.cells;
    if (cell === undefined) return [];
    const { status, violated, because } = cell;
    const name = `${row.scenario} ${settingText(row.setting)}`.trim();
    const why = because ?? violated.map(({ property, steps }) => `${property} (${steps} steps)`);
    return [
      `  ${look.paint.strong(name)}  ${look.paint[toneOf(status)](titles[status])}`,
      ...[why].flat().flatMap((text) => hanging('    ', text, look.width)),
    ];
  });
}

function summary({ rows, releases, searches, states }: Exposure): string {
  const newest = releases.at(-1) ?? '';
  const exposed = exposedOn({ rows, releases, searches, states }, newest);
  return `${count(rows.length, 'row')}, ${exposed} exposed on ${newest}; ${count(searches, 'search').replace('searchs', 'searches')}, ${count(states, 'state')}`;
}
