import type { PropertyResult, Result } from '../checker/result/result.ts';
import type { AnyPoint } from '../spec/parameters.ts';

/** A parameter and the values that the grid gives it. */
export interface Axis {
  readonly name: string;
  readonly values: readonly (string | number | boolean)[];
}

/**
 * One point of a grid: its result, why the scenario refuses this combination, or that it could not
 * be checked; none when it was not reached.
 */
export interface GridPoint {
  readonly parameters: AnyPoint;
  readonly result?: Result | undefined;
  readonly refused?: string | undefined;
  /** The model is broken here; why is told elsewhere. */
  readonly broken?: true | undefined;
}

/** Results over every combination of some parameters' values, in the scenario's order. */
export interface Grid {
  readonly scenario: string;
  readonly axes: readonly Axis[];
  readonly points: readonly GridPoint[];
}

/** What a cell says, in the fewest words; the legend explains the letters. */
export interface Cell {
  /**
   * `holds`, `A7 B9` (A is violated in 7 steps, B in 9), `undecided`, `refused`, `broken`, or
   * nothing.
   */
  readonly verdict: string;
  /** Distinct states; nothing for a point that was not checked. */
  readonly states: number | undefined;
  readonly tone: 'good' | 'bad' | 'warn' | 'dim';
  /** The scenario states an expectation here, and this is not it. */
  readonly surprising: boolean;
}

/**
 * The names of all properties that are violated anywhere in the grid, in the order in which
 * scenarios list them.
 */
export function violatedIn(grid: Grid): readonly PropertyResult[] {
  const found = new Map<string, PropertyResult>();
  for (const { result } of grid.points) {
    for (const property of result?.properties ?? []) {
      if (property.verdict === 'violated' && !found.has(property.name)) {
        found.set(property.name, property);
      }
    }
  }
  const order = grid.points.flatMap(
    ({ result }) => result?.properties.map(({ name }) => name) ?? [],
  );
  const place = new Map(order.map((name, i) => [name, i]));
  return [...found.values()].sort((a, b) => (place.get(a.name) ?? 0) - (place.get(b.name) ?? 0));
}

/**
 * The letter under which the legend explains the i-th violated property: A … Z, then a …: there are
 * never more.
 */
export function letter(index: number): string {
  return String.fromCharCode(index < 26 ? 65 + index : 71 + index);
}

/**
 * `letters` gives each violated property, by name, the letter under which the legend explains it.
 */
export function cellOf(point: GridPoint, letters: ReadonlyMap<string, string>): Cell {
  const { result } = point;
  if (result === undefined) {
    if (point.broken)
      return { verdict: 'broken', states: undefined, tone: 'bad', surprising: false };
    const verdict = point.refused === undefined ? '' : 'refused';
    return { verdict, states: undefined, tone: 'dim', surprising: false };
  }
  return {
    verdict: verdictOf(result, letters),
    states: result.states,
    tone: ({ holds: 'good', violated: 'bad', undecided: 'warn' } as const)[result.verdict],
    surprising: result.asExpected === false,
  };
}

function verdictOf(result: Result, letters: ReadonlyMap<string, string>): string {
  if (result.verdict !== 'violated') return result.verdict;
  return result.properties
    .filter(({ verdict }) => verdict === 'violated')
    .map(({ name, trace }) => `${letters.get(name) ?? '?'}${trace?.steps.length ?? ''}`)
    .join(' ');
}

/** Every combination of values of `axes`, the last axis running fastest. */
export function combinations(axes: readonly Axis[]): AnyPoint[] {
  return axes.reduce<AnyPoint[]>(
    (points, { name, values }) =>
      points.flatMap((point) => values.map((value) => ({ ...point, [name]: value }))),
    [{}],
  );
}
