import { readReport } from '../../report/read-report.ts';
import { requestedNameOf } from '../../report/requested-name.ts';
import { counterexamplesOf, faultWords, type Run } from '../../report/runs.ts';
import { CliUsageError, unknownName } from '../arguments/cli-usage-error.ts';
import { textOf } from '../arguments/text-of.ts';
import type { ReplayFlags } from './replay.ts';

/** What `racewright replay` follows: a scenario, a schedule, and at which point. */
export interface Followed {
  readonly name: string;
  readonly words: readonly string[];
  readonly flags: ReplayFlags;
}

/**
 * The first counterexample of a report, or the first one of the scenario and of the property that
 * are named; without `--report` what was given. Throws CliUsageError where there is none, and an
 * UnreadableReport for a file that is no report of this version.
 */
export async function followed(
  name: string | undefined,
  words: readonly string[],
  flags: ReplayFlags,
): Promise<Followed> {
  const { report: file, property } = flags;
  if (file === undefined) {
    if (name !== undefined && property === undefined) return { name, words, flags };
    throw new CliUsageError({
      what: property === undefined ? 'no scenario is named' : '--property is about a report',
      mend: 'Name a scenario and a schedule, or --report FILE.',
    });
  }
  if (words.length > 0) {
    throw new CliUsageError({
      what: 'there are words and a report, and only one of them can be followed',
      where: `--report ${file}`,
      mend: 'Leave the words out.',
    });
  }
  const runs = counterexamplesOf(await readReport(textOf(file), file));
  const { result, trace } = chosen(runs, name, flags);
  const budgets = faultWords(result.faults)[1];
  return {
    name: requestedNameOf(result),
    words: trace.schedule,
    flags: {
      ...flags,
      set: Object.entries(result.parameters).map(([each, value]) => `${each}=${value}`),
      init: trace.initIndex,
      ...(budgets === undefined ? {} : { faults: budgets }),
      ...(trace.loopsTo === undefined ? {} : { repeatFrom: trace.loopsTo + 1 }),
      ...(trace.stops === undefined ? {} : { stop: true }),
    },
  };
}

function chosen(
  runs: readonly Run[],
  name: string | undefined,
  { report: file, property }: ReplayFlags,
): Run {
  const isAsked = ({ result }: Run): boolean =>
    name === undefined || [result.scenario, requestedNameOf(result)].includes(name);
  const ofScenario = runs.filter(isAsked);
  const found = ofScenario.find((run) => property === undefined || run.property.name === property);
  if (found !== undefined) return found;
  const where = `--report ${file}`;
  if (runs.length === 0) {
    throw new CliUsageError({ what: 'the report has no counterexample', where });
  }
  const isProperty = ofScenario.length > 0;
  const wanted = isProperty ? property : name;
  throw unknownName({
    what: `the report has no counterexample of '${wanted}'`,
    name: wanted ?? '',
    known: [
      ...new Set(
        isProperty
          ? ofScenario.map((run) => `'${run.property.name}'`)
          : runs.map(({ result }) => result.scenario),
      ),
    ],
    kind: isProperty ? 'violated properties' : 'scenarios with one',
    where,
  });
}
