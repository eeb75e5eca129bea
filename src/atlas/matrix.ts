import type { TextStyle } from '../report/text-style.ts';
import { pad, widthOf } from '../report/text-width.ts';
import { type Atlas, type CellStatus, cellStatuses } from './atlas.ts';

/** One character for the status of two requests. */
export const cellSigns: { readonly [status in CellStatus]: string } = {
  holds: '.',
  violated: 'X',
  cannot_meet: '-',
  refused: '/',
  undecided: '?',
};

export const meanings: { readonly [status in CellStatus]: string } = {
  holds: 'every property holds',
  violated: 'violated, and not by one of them alone',
  cannot_meet: 'they cannot be in flight at the same time',
  refused: 'the release lacks one of them, or the model has no such combination',
  undecided: 'a search did not end',
};

export const tones = {
  holds: 'good',
  violated: 'bad',
  cannot_meet: 'dim',
  refused: 'dim',
  undecided: 'warn',
} as const satisfies { readonly [status in CellStatus]: keyof TextStyle['paint'] };

/** A row for each request, and a column of one character for each up to itself. */
export function matrixLines({ pairs }: Atlas, look: TextStyle): string[] {
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
  const legend = cellStatuses
    .filter((status) => used.has(status))
    .map((status) => `${look.paint[tones[status]](cellSigns[status])}  ${meanings[status]}`);
  const tens = names.length > 9 ? [head((i) => (i < 10 ? ' ' : String(Math.floor(i / 10))))] : [];
  return [...tens, head((i) => String(i % 10)), ...rows, '', ...legend];
}
