import { boundNames, boundsFrom } from '../../explorer/bounds.ts';
import { readAddress } from '../../explorer/read-address.ts';
import { pointFrom } from '../../explorer/share-link.ts';
import type { AnyPoint } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { patienceSeconds, runWithTimeout, TimeoutError } from '../system/run-with-timeout.ts';
import type { CheckTask } from './check-worker.ts';
import type { ShownModel } from './explorer-catalog.ts';

/** The parameters and faults of a scenario, shown beside the error of a wrong query. */
export interface Known {
  /** The values of each parameter. */
  readonly parameters: { readonly [name: string]: readonly AnyPoint[string][] };
  readonly faults: readonly string[];
  readonly bounds: readonly string[];
}

/** The check that a query asks for, or what is wrong with the query. */
export type AskedCheck =
  | { readonly task: CheckTask }
  | { readonly refused: CliUsageError; readonly known: Known };

/**
 * Reads the query of a check: `set.lock=both&fault.crash=1&states=1000`. It ignores nothing and
 * guesses nothing, because a check of another point would answer another question. Throws what the
 * model throws.
 */
export function askedCheck({ chosen }: ShownModel, query: string): AskedCheck {
  const { scenario, requestedName, origin } = chosen;
  const words = readAddress(query, boundNames);
  const { point, problems: wrongSettings } = pointFrom(scenario, words.set);
  const { bounds, problems: wrongBounds } = boundsFrom(words.others);
  const problems = [...words.problems, ...wrongSettings, ...wrongBounds];
  const refusal =
    problems.length > 0 ? undefined : guardedly(() => scenario.refuses(point), scenario);
  if (refusal !== undefined) problems.push(`the scenario refuses this point: ${refusal}`);
  const isPoint = wrongSettings.length === 0 && refusal === undefined;
  const faults = isPoint ? faultsAt(scenario, point) : [];
  if (isPoint) {
    for (const name of Object.keys(words.faults)) {
      if (faults.includes(name)) continue;
      problems.push(`there is no fault '${name}': there are ${faults.join(', ') || 'none'}`);
    }
  }
  if (problems.length === 0) {
    const own = origin === undefined ? { name: scenario.name } : { origin };
    return { task: { ...own, requestedName, point, faults: words.faults, bounds } };
  }
  const parameters = Object.entries(scenario.parameters).map(([name, { values }]) => [
    name,
    values,
  ]);
  return {
    refused: new CliUsageError({
      what: problems.join('; '),
      where: `a check of '${scenario.name}'`,
      mend: 'A question looks like this: ?set.PARAMETER=VALUE&fault.NAME=TIMES&states=1000',
    }),
    known: { parameters: Object.fromEntries(parameters), faults, bounds: boundNames },
  };
}

function faultsAt(scenario: Scenario, point: AnyPoint): string[] {
  const { faults = [] } = guardedly(() => scenario.system(point), scenario);
  return faults.map(({ name }) => name);
}

/**
 * Calls a function of the model under a time limit. The function may never end, and the explorer
 * must go on answering others.
 */
function guardedly<T>(call: () => T, { name }: Scenario): T {
  try {
    return runWithTimeout(call, patienceSeconds);
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    throw new CliUsageError({
      what: `the system has not been made after ${patienceSeconds} seconds`,
      where: `scenario '${name}'`,
      mend: 'Look for a loop that never ends.',
    });
  }
}
