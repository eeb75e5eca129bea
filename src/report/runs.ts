import { nameText } from '../checker/result/schedule-entry.ts';
import type { SpecProblem } from '../spec/spec-error.ts';
import type {
  ErrorRecord,
  PropertyRecord,
  ReportDocument,
  ResultRecord,
  TraceRecord,
} from './document.ts';

/** A counterexample, or the run of a `reachable` that holds, with the result and the property. */
export interface Run {
  readonly result: ResultRecord;
  readonly property: PropertyRecord;
  readonly trace: TraceRecord;
  /** Which part of the property fails. */
  readonly failingPart: string | undefined;
}

/** A report has nothing of the kind that a format shows. */
export class NothingToShow extends Error implements SpecProblem {
  readonly what: string;
  readonly where = undefined;
  readonly mend: string;

  constructor(what: string, mend: string) {
    super(what);
    this.name = 'NothingToShow';
    this.what = what;
    this.mend = mend;
  }
}

/** All counterexamples of a report in order. Further ones of a property follow its first. */
export function counterexamplesOf({ results }: ReportDocument): readonly Run[] {
  return results.flatMap((result) =>
    result.properties.flatMap((property): Run[] => {
      const { trace, failingPart, others = [] } = property;
      if (property.verdict !== 'violated' || trace === undefined) return [];
      const further = others.map((other) => ({
        result,
        property,
        trace: other.trace,
        failingPart: other.failingPart,
      }));
      return [{ result, property, trace, failingPart }, ...further];
    }),
  );
}

/**
 * The run for a format that shows only one: the first counterexample, or else the first run of a
 * `reachable`. Throws a NothingToShow when the report has no run.
 */
export function firstRunOf(document: ReportDocument): Run {
  const [counterexample] = counterexamplesOf(document);
  if (counterexample !== undefined) return counterexample;
  for (const result of document.results) {
    for (const property of result.properties) {
      const { trace } = property;
      if (trace !== undefined) return { result, property, trace, failingPart: undefined };
    }
  }
  throw new NothingToShow(
    'there is no run to show: no property is violated, and none asks for a state that is reached',
    'The formats junit, markdown and json report verdicts without a run.',
  );
}

/** The errors of a report; an older report has only the first. */
export function errorsOf({ error, errors }: ReportDocument): readonly ErrorRecord[] {
  return errors ?? (error === undefined ? [] : [error]);
}

/**
 * The point of a result, as `lock=none attaches=1`, with given budgets of faults: `--faults
 * crash=1`.
 */
export function pointText({
  faults,
  ...result
}: Pick<ResultRecord, 'parameters' | 'advanced' | 'faults'>): string {
  const settings = namedParameters(result).map(([name, value]) => `${name}=${value}`);
  return [...settings, ...faultWords(faults)].join(' ');
}

/** The parameters that reports show: all but advanced ones at their defaults. */
export function namedParameters({
  parameters,
  advanced = [],
}: Pick<ResultRecord, 'parameters' | 'advanced'>): [string, string | number | boolean][] {
  return Object.entries(parameters).filter(([name]) => !advanced.includes(name));
}

/**
 * `--faults crash=1,cast-lost=0` as command line arguments; empty where no budget was given. Names
 * are quoted as in schedule entries.
 */
export function faultWords(budgets: { readonly [name: string]: number } = {}): string[] {
  const texts = Object.entries(budgets).map(([name, times]) => `${nameText(name)}=${times}`);
  return texts.length === 0 ? [] : ['--faults', texts.join(',')];
}

/** The arguments of `replay` that say how the run goes on; empty where the run does not say. */
export function goesOnWords({ loopsTo, stops }: Pick<TraceRecord, 'loopsTo' | 'stops'>): string[] {
  if (loopsTo !== undefined) return ['--repeat-from', String(loopsTo + 1)];
  return stops === true ? ['--stop'] : [];
}

/**
 * The number of the last step where the property fails after it; undefined for a run of a
 * `reachable`.
 */
export function failingStep({ property, trace }: Run): number | undefined {
  return property.verdict === 'violated' && trace.loopsTo === undefined
    ? trace.steps.length
    : undefined;
}
