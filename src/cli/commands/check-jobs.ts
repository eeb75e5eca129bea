import type { BrokenCheck } from '../../report/report-json.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { chooseScenarios } from '../loading/choose-scenarios.ts';
import { fileOf } from '../loading/find-scenarios.ts';
import { type Job, jobsAt, jobsExpected } from '../searching/jobs.ts';
import { problemFrom } from '../searching/problem.ts';
import { printError } from '../system/terminal.ts';
import type { CheckFlags } from './check.ts';

/** The requested checks, and the files and scenarios that cannot be loaded. */
export interface CheckJobs {
  readonly jobs: readonly Job[];
  readonly broken: BrokenCheck[];
}

/** The flags that say what is checked. */
export interface JobFlags extends CheckFlags {
  /** Each point is simulated with each of these. */
  readonly eachSeed?: readonly number[] | undefined;
}

/** The checks that the arguments and flags of `racewright check` ask for. Throws CliUsageError. */
export async function checkJobs(names: readonly string[], flags: JobFlags): Promise<CheckJobs> {
  if (flags.all && flags.set.length > 0) {
    throw new CliUsageError({
      what: '--all checks the points for which scenarios state expectations, so there is nothing to --set',
      mend: 'Leave one of the two out.',
    });
  }
  if (flags.types) mustBeFiles(names, flags);
  const before = flags.types ? haveTypes : undefined;
  const found = await chooseScenarios(names, { cloud: flags.cloud, before });
  if (found.without.length > 0 && !flags.json) {
    printError([`no scenario is exported by ${found.without.join(', ')}`]);
  }
  const jobs: Job[] = [];
  const broken = found.broken.map(({ name, error }) => brokenCheck(name, error));
  for (const one of found.chosen) {
    try {
      jobs.push(...(flags.all ? jobsExpected([one]) : jobsAt([one], flags.set)));
    } catch (error) {
      if (error instanceof CliUsageError) throw error;
      broken.push(brokenCheck(one.scenario.name, error));
    }
  }
  const { eachSeed } = flags;
  if (eachSeed === undefined) return { jobs, broken };
  return { jobs: jobs.flatMap((job) => eachSeed.map((seed) => ({ ...job, seed }))), broken };
}

const brokenCheck = (scenario: string, error: unknown): BrokenCheck => ({
  scenario,
  parameters: {},
  problem: problemFrom(error),
});

/** Checks the types of a file. TypeScript loads only here, because most checks do without it. */
async function haveTypes(file: string): Promise<void> {
  const { checkTypes } = await import('../loading/own-types.ts');
  checkTypes(file);
}

function mustBeFiles(names: readonly string[], { cloud }: CheckFlags): void {
  const own = cloud === true ? '--cloud' : names.find((name) => fileOf(name) === undefined);
  if (own === undefined) return;
  throw new CliUsageError({
    what: `--types reads a file of yours, and '${own}' comes with racewright`,
    mend: 'Leave --types out, or name a file: ./my-lock.ts',
  });
}
