import { number } from './figures.ts';
import { type Grid, type GridPoint, letter, violatedIn } from './grid.ts';
import { kindText, stopReasonText } from './result-text.ts';
import type { TextStyle } from './text-style.ts';
import { hanging } from './text-width.ts';
import { printable } from './value-text.ts';

/**
 * The legend of a grid. It explains what occurs in the cells, and its last line sums the grid up.
 */
export function legendLines(grid: Grid, look: TextStyle): string[] {
  const lines: string[] = [];
  const say = (head: string, text: string): void => {
    lines.push(...hanging(head, text, look.width));
  };
  const violated = violatedIn(grid);
  violated.forEach(({ kind, name }, i) => {
    say(`  ${letter(i)}  `, `${kindText(kind)}: ${printable(name)}`);
  });
  const example = grid.points.find(({ result }) => result?.verdict === 'violated')?.result;
  const steps = example?.properties.find(({ verdict, trace }) => verdict === 'violated' && trace);
  if (example !== undefined && steps?.trace !== undefined) {
    const index = violated.findIndex(({ name }) => name === steps.name);
    const { length } = steps.trace.steps;
    say(
      '  ',
      `${letter(index)}${length} ${number(example.states)}: ${letter(index)} is violated, after ${length} steps; ${number(example.states)} states`,
    );
  }
  for (const reason of distinct(grid.points, ({ refused }) => refused))
    say('  refused: ', printable(reason));
  for (const reason of distinct(grid.points, ({ result }) => result?.stopReason)) {
    say('  undecided: ', stopReasonText(reason));
  }
  if (grid.points.some(({ result }) => (result?.ledger.statesOutside ?? 0) > 0)) {
    say('  constraint: ', 'some states lie outside of it; what holds, holds within the constraint');
  }
  if (grid.points.some(({ result }) => result?.asExpected === false)) {
    say('  !  ', 'not what the scenario expects here; check that point to see why');
  }
  return [...lines, ...hanging('  ', summary(grid.points), look.width)];
}

function distinct<T>(points: readonly GridPoint[], of: (point: GridPoint) => T | undefined): T[] {
  const values = new Set<T>();
  for (const point of points) {
    const value = of(point);
    if (value !== undefined) values.add(value);
  }
  return [...values];
}

function isNotReached({ result, refused, broken }: GridPoint): boolean {
  return result === undefined && refused === undefined && broken === undefined;
}

/** `24 points: 12 hold, 12 violated; expectations stated for 8, all met`. */
function summary(points: readonly GridPoint[]): string {
  const amount = (test: (point: GridPoint) => boolean): number => points.filter(test).length;
  const parts: (readonly [number, string])[] = [
    [amount(({ result }) => result?.verdict === 'holds'), 'hold'],
    [amount(({ result }) => result?.verdict === 'violated'), 'violated'],
    [amount(({ result }) => result?.verdict === 'undecided'), 'undecided'],
    [amount(({ refused }) => refused !== undefined), 'refused'],
    [amount(({ broken }) => broken === true), 'broken'],
    [amount(isNotReached), 'not reached'],
  ];
  const told = parts.filter(([n]) => n > 0).map(([n, what]) => `${number(n)} ${what}`);
  const stated = amount(({ result }) => result?.asExpected !== undefined);
  const missed = amount(({ result }) => result?.asExpected === false);
  const met = missed === 0 ? 'all met' : `${number(missed)} NOT met`;
  const expectations = stated === 0 ? '' : `; expectations stated for ${number(stated)}, ${met}`;
  return `${number(points.length)} point${points.length === 1 ? '' : 's'}: ${told.join(', ')}${expectations}`;
}
