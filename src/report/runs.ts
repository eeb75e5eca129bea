import { nameText } from '../checker/result/schedule-entry.ts';
import type { SpecProblem } from '../spec/spec-error.ts';
import type {
  ErrorRecord,
  PropertyRecord,
  ReportDocument,
  ResultRecord,
  TraceRecord,
} from './document.ts';

/** A counterexample, or the run that reaches what was to be reached, with what it belongs to. */
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

/** The counterexamples of a report in its order, each property's further ones after its first. */
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
 * The run that a format shows which has room for one only: the first counterexample, or if there is
 * none the first run that reaches something. Throws a NothingToShow when the report has no run.
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
    'there is no run to show: no property is violated, and nothing was to be reached',
    'A report of the verdicts can be had as junit, markdown or json.',
  );
}

/** What could not be checked; an older report knows the first one only. */
export function errorsOf({ error, errors }: ReportDocument): readonly ErrorRecord[] {
  return errors ?? (error === undefined ? [] : [error]);
}

/**
 * What a result is about, as `lock=none attaches=1`, with the budgets of faults that were given:
 * `--faults crash=1`.
 */
export function pointText({
  faults,
  ...result
}: Pick<ResultRecord, 'parameters' | 'advanced' | 'faults'>): string {
  const settings = namedParameters(result).map(([name, value]) => `${name}=${value}`);
  return [...settings, ...faultWords(faults)].join(' ');
}

/** The parameters that are worth naming; the others are advanced and at their defaults. */
export function namedParameters({
  parameters,
  advanced = [],
}: Pick<ResultRecord, 'parameters' | 'advanced'>): [string, string | number | boolean][] {
  return Object.entries(parameters).filter(([name]) => !advanced.includes(name));
}

/**
 * `--faults crash=1,cast-lost=0`, as the words of a command; none where no budget was given. Names
 * as in schedule entries.
 */
export function faultWords(budgets: { readonly [name: string]: number } = {}): string[] {
  const texts = Object.entries(budgets).map(([name, times]) => `${nameText(name)}=${times}`);
  return texts.length === 0 ? [] : ['--faults', texts.join(',')];
}

/**
 * How a run goes on after its last step, as the words of `replay`; none where the run does not say
 * it.
 */
export function goesOnWords({ loopsTo, stops }: Pick<TraceRecord, 'loopsTo' | 'stops'>): string[] {
  if (loopsTo !== undefined) return ['--repeat-from', String(loopsTo + 1)];
  return stops === true ? ['--stop'] : [];
}

/**
 * The last step, counted from 1, if the property fails after it: in a run that shows what is
 * reached it does not.
 */
export function failingStep({ property, trace }: Run): number | undefined {
  return property.verdict === 'violated' && trace.loopsTo === undefined
    ? trace.steps.length
    : undefined;
}
