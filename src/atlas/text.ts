import type { Atlas, AtlasCell, CellStatus } from '../atlas/atlas.ts';
import { count, number } from '../report/figures.ts';
import type { TextStyle } from '../report/text-style.ts';
import { hanging, pad, widthOf } from '../report/text-width.ts';

/** One character for what is known of two requests. */
const cellSigns: { readonly [status in CellStatus]: string } = {
  holds: '.',
  violated: 'X',
  cannot_meet: '-',
  refused: '/',
  undecided: '?',
};

const meanings: { readonly [status in CellStatus]: string } = {
  holds: 'every property holds',
  violated: 'violated, and not by one of them alone',
  cannot_meet: 'they cannot be under way at the same time',
  refused: 'the release lacks one of them, or the model has no such combination',
  undecided: 'a search did not end',
};

const tones = {
  holds: 'good',
  violated: 'bad',
  cannot_meet: 'dim',
  refused: 'dim',
  undecided: 'warn',
} as const satisfies { readonly [status in CellStatus]: keyof TextStyle['paint'] };

/** The atlas for a terminal: the matrix, then each violated pair with what is violated. */
export function atlasLines(atlas: Atlas, look: TextStyle): string[] {
  const { alone, pairs } = atlas;
  return [
    ...matrixLines(atlas, look),
    '',
    ...listed('violated by one request alone', alone, look),
    ...listed('violated by two requests, and by neither of them alone', pairs, look),
    ...undecidedLines([...alone, ...pairs], look),
    ...refusedLines([...alone, ...pairs], look),
    ...hanging('', summary(atlas), look.width),
  ];
}

/** A row for each request, and a column of one character for each up to itself. */
function matrixLines({ pairs }: Atlas, look: TextStyle): string[] {
  const names = [...new Set(pairs.flatMap(({ requests }) => requests))];
  const width = Math.max(...names.map(widthOf), 0);
  const cellOf = new Map(pairs.map((cell) => [cell.requests.join('+'), cell]));
  const head = (digit: (i: number) => string) =>
    look.paint.dim(`${' '.repeat(width + 4)}${names.map((_, i) => ` ${digit(i + 1)}`).join('')}`);
  const rows = names.map((row, i) => {
    const signs = names.slice(0, i + 1).map((column) => {
      const cell = cellOf.get(`${column}+${row}`) ?? cellOf.get(`${row}+${column}`);
      if (cell === undefined) return '  ';
      return ` ${look.paint[tones[cell.status]](cellSigns[cell.status])}`;
    });
    return `${pad(row, width)} ${String(i + 1).padStart(3)}${signs.join('')}`;
  });
  const used = new Set(pairs.map(({ status }) => status));
  const legend = (Object.keys(cellSigns) as CellStatus[])
    .filter((status) => used.has(status))
    .map((status) => `${look.paint[tones[status]](cellSigns[status])}  ${meanings[status]}`);
  const tens = names.length > 9 ? [head((i) => (i < 10 ? ' ' : String(Math.floor(i / 10))))] : [];
  return [...tens, head((i) => String(i % 10)), ...rows, '', ...legend];
}

function listed(title: string, cells: readonly AtlasCell[], look: TextStyle): string[] {
  const violated = cells.filter(({ status }) => status === 'violated');
  if (violated.length === 0) return [];
  return [look.paint.strong(title), ...violated.flatMap((cell) => cellLines(cell, look)), ''];
}

/** `attach + detach`, and a line for each property that is violated. */
function cellLines(cell: AtlasCell, look: TextStyle): string[] {
  const findings = groupsOf(cell).flatMap((text) => hanging('    - ', text, look.width));
  return ['', ...hanging('  ', cell.requests.join(' + '), look.width), ...findings];
}

/** `a guest reaches the volume of each of its disks (31 steps; same-running-free)` */
function groupsOf({ findings }: AtlasCell): string[] {
  const properties = [...new Set(findings.map(({ property }) => property))];
  return properties.map((property) => {
    const of = findings.filter((finding) => finding.property === property);
    const steps = Math.min(...of.map((finding) => finding.steps));
    const faults = [...new Set(of.flatMap(({ fault }) => fault ?? []))];
    const where = [...new Set(of.map(({ configuration }) => configuration))].join(', ');
    const isAlways = of.some(({ fault }) => fault === null);
    const why = isAlways || faults.length === 0 ? '' : `; with ${faults.join(', ')}`;
    return `${property} (${count(steps, 'step')}; ${where}${why})`;
  });
}

function undecidedLines(cells: readonly AtlasCell[], look: TextStyle): string[] {
  const open = cells.flatMap(({ requests, parts }) =>
    parts
      .filter(
        ({ status, undecidedFaults = [] }) => status === 'undecided' || undecidedFaults.length > 0,
      )
      .map(({ configuration, undecidedFaults }) => {
        const what = undecidedFaults === undefined ? '' : ` with ${undecidedFaults.join(', ')}`;
        return `${requests.join(' + ')} (${configuration})${what}`;
      }),
  );
  if (open.length === 0) return [];
  const lines = open.flatMap((text) => hanging('  ', text, look.width));
  return [look.paint.warn('undecided: a search did not end'), ...lines, ''];
}

/** What was refused, with the reason, once for each reason. */
function refusedLines(cells: readonly AtlasCell[], look: TextStyle): string[] {
  const reasons = new Map<string, number>();
  for (const { parts } of cells) {
    for (const { reason } of parts) {
      if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
  }
  if (reasons.size === 0) return [];
  const lines = [...reasons].flatMap(([reason, times]) =>
    hanging('  ', `${number(times)}: ${reason}`, look.width),
  );
  return [look.paint.dim('configurations that are refused'), ...lines, ''];
}

function summary({ release, pairs, withFaults }: Atlas): string {
  const amounts = (Object.keys(cellSigns) as CellStatus[])
    .map((status) => [pairs.filter((cell) => cell.status === status).length, status] as const)
    .filter(([amount]) => amount > 0)
    .map(([amount, status]) => `${number(amount)} ${status.replace('_', ' ')}`);
  const faults = withFaults ? ', without and with each single fault' : '';
  return `${count(pairs.length, 'pair')} on ${release}${faults}: ${amounts.join(', ')}`;
}
