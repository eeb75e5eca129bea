import type { PropertyResult, Result } from '../checker/result/result.ts';
import type { AnyPoint } from '../spec/parameters.ts';

/** A parameter and the values that the grid gives it. */
export interface Axis {
  readonly name: string;
  readonly values: readonly (string | number | boolean)[];
}

/**
 * One point of a grid. It has a result, the reason why the scenario refuses it, or the mark that it
 * is broken. It has none of them when the search did not reach it.
 */
export interface GridPoint {
  readonly parameters: AnyPoint;
  readonly result?: Result | undefined;
  readonly refused?: string | undefined;
  /** True where the model is broken at this point. The error is printed elsewhere. */
  readonly broken?: true | undefined;
}

/** Results for every combination of values of some parameters, in the scenario's order. */
export interface Grid {
  readonly scenario: string;
  readonly axes: readonly Axis[];
  readonly points: readonly GridPoint[];
}

/** The text of a cell; the legend explains its letters. */
export interface Cell {
  /**
   * `holds`, `A7 B9` (A is violated in 7 steps, B in 9), `undecided`, `refused`, `broken`, or the
   * empty text.
   */
  readonly verdict: string;
  /** The number of distinct states; undefined for a point that was not checked. */
  readonly states: number | undefined;
  readonly tone: 'good' | 'bad' | 'warn' | 'dim';
  /** True where the result contradicts an expectation of the scenario. */
  readonly surprising: boolean;
}

/** The properties that are violated at some point of the grid, in the order of the scenario. */
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
 * The letter of the i-th violated property in the legend: A to Z, then a on. There are never more.
 */
export function letter(index: number): string {
  return String.fromCharCode(index < 26 ? 65 + index : 71 + index);
}

/**
 * The text of the cell at a point. `letters` has the letter of each violated property, by its name.
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

/** Every combination of values of `axes`. The last axis changes fastest. */
export function combinations(axes: readonly Axis[]): AnyPoint[] {
  return axes.reduce<AnyPoint[]>(
    (points, { name, values }) =>
      points.flatMap((point) => values.map((value) => ({ ...point, [name]: value }))),
    [{}],
  );
}
