import { stackOf, thrownText } from '../../checker/result/thrown-text.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { problemOf, withoutFolder } from '../arguments/cli-usage-error.ts';
import { placeOfModel } from '../arguments/error-place.ts';
import { settingsOf } from '../arguments/settings.ts';
import type { Job } from './jobs.ts';

/** Turns any thrown value into the three parts of a printed error. */
export function problemFrom(error: unknown): SpecProblem {
  try {
    return problemOf(error) ?? brokenModel(error) ?? ownBug(error);
  } catch {
    // Only a value of a model throws when it is inspected.
    return { what: `the model threw ${thrownText(error)}` };
  }
}

/** The same problem with the point of its check added, so that it can be found again. */
export function problemAt(
  { scenario, point }: Pick<Job, 'scenario' | 'point'>,
  problem: SpecProblem,
): SpecProblem {
  const name = `scenario '${scenario.name}'`;
  const { what, where } = problem;
  const settings = settingsOf(scenario, point).join(' ');
  const place = settings === '' ? name : `${name} with ${settings}`;
  if (where === undefined) return what.includes(name) ? problem : { ...problem, where: place };
  const inner = where.startsWith(name) ? where.slice(name.length) : `, ${where}`;
  return { ...problem, where: place + inner };
}

/**
 * The problem, if a function of the model threw that is called outside of the search (`system`,
 * `init`, `refuses`); undefined for any other error.
 */
function brokenModel(error: unknown): SpecProblem | undefined {
  const place = placeOfModel(error);
  return place === undefined
    ? undefined
    : { what: `the model threw ${thrownText(error)}`, where: withoutFolder(place) };
}

function ownBug(error: unknown): SpecProblem {
  return {
    what: `racewright itself failed: ${thrownText(error)}`,
    where: stackOf(error).split('\n').slice(1, 4).join('\n') || undefined,
    mend: 'This is a bug of racewright, not of your model: please report it with these lines.',
  };
}
