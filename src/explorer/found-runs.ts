import type { PageProperty, PageResult, PageTrace } from './page-data.ts';

/** A run that a check found: a counterexample, or the run of a `reachable`. */
export interface Found {
  readonly result: PageResult;
  readonly property: PageProperty;
  readonly trace: PageTrace;
  readonly failingPart: string | undefined;
}

/** Every run of the results, counterexamples first. */
export function runsOf(results: readonly PageResult[]): readonly Found[] {
  const runs = results.flatMap((result) =>
    result.properties.flatMap((property): Found[] => {
      const { trace, failingPart, others = [] } = property;
      if (trace === undefined) return [];
      const further = others.map((other) => ({
        result,
        property,
        trace: other.trace,
        failingPart: other.failingPart,
      }));
      return [{ result, property, trace, failingPart }, ...further];
    }),
  );
  const isBad = ({ property }: Found): boolean => property.verdict === 'violated';
  return [...runs.filter(isBad), ...runs.filter((run) => !isBad(run))];
}
