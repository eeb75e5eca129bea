import { findProject } from '../loading/config-file.ts';
import { copyOf } from '../loading/second-copy.ts';
import type { Executor } from '../machines/plan.ts';
import { outcomesFrom } from '../machines/plan-of-jobs.ts';
import type { Job } from '../searching/jobs.ts';
import { runJobs } from '../searching/run-jobs.ts';
import type { Outcome } from '../searching/run-one.ts';
import { VerdictCache } from '../searching/verdict-cache.ts';
import type { ExitCode } from '../system/exit-code.ts';
import type { Stop } from '../system/stop.ts';
import { printError } from '../system/terminal.ts';
import type { CheckFlags } from './check.ts';
import { elsewhereFor } from './elsewhere.ts';
import { searchKind, shardOfJobs } from './job-kinds.ts';
import { runChecks } from './run-checks.ts';
import { searchOptions } from './search-options.ts';
import { withDefaults } from './with-defaults.ts';

/**
 * `racewright check`. Throws CliUsageError. A model that is broken at one point is reported beside
 * the results of the others. With `elsewhere` the searches are done there.
 */
export async function checkCommand(
  names: readonly string[],
  given: CheckFlags,
  executor?: Executor,
): Promise<ExitCode> {
  const flags = withDefaults(given, await findProject());
  const elsewhere = await elsewhereFor(executor, flags);
  const kind = searchKind(flags);
  if (elsewhere !== undefined) {
    return runChecks(names, flags, (jobs, stop) => outcomesFrom(jobs, kind, elsewhere, stop));
  }
  if (flags.shard !== undefined) return shardOfJobs(names, flags, kind, flags.shard);
  return runChecks(names, flags, (jobs, stop) => searches(jobs, flags, stop));
}

/** The searches, one after another; what a cache has is taken from it. */
async function* searches(
  jobs: readonly Job[],
  flags: CheckFlags,
  stop: Stop,
): AsyncGenerator<Outcome & { readonly job: Job }> {
  const optionsOf = (job: Job) => ({
    ...searchOptions(flags, job.scenario, job.point),
    copy: () => copyOf(job),
  });
  const { budget } = flags;
  const cache = flags.cache === undefined ? undefined : new VerdictCache(flags.cache);
  yield* runJobs(jobs, optionsOf, stop, { cache, budget });
  const notes = cache?.notes() ?? [];
  if (notes.length > 0) printError(notes);
}
