import { problemLines } from '../../report/problem-text.ts';
import type { Shard } from '../arguments/shard.ts';
import { copyOf } from '../loading/second-copy.ts';
import { type JobKind, planOfJobs } from '../machines/plan-of-jobs.ts';
import { writePart } from '../machines/write-part.ts';
import type { Job } from '../searching/jobs.ts';
import { searcher } from '../searching/run-jobs.ts';
import type { RunOne } from '../searching/run-one.ts';
import { type ExitCode, exitCodes, worstOf } from '../system/exit-code.ts';
import { errorLook, printError } from '../system/terminal.ts';
import { checkJobs, type JobFlags } from './check-jobs.ts';
import { nothingToCheck, outcomeCode } from './run-checks.ts';
import { type SearchFlags, searchOptions } from './search-options.ts';

/** Jobs as searches of points, with the bounds that the flags name. */
export function searchKind(flags: SearchFlags): JobKind {
  let run: RunOne | undefined;
  const optionsOf = (job: Job) => searchOptions(flags, job.scenario, job.point);
  return {
    task(job, model) {
      const { clock: _, ...options } = optionsOf(job);
      return { kind: 'search', model, point: job.point, options };
    },
    here(job, stop, place) {
      run ??= searcher(stop);
      return run(job, () => ({ ...optionsOf(job), copy: () => copyOf(job) }), place);
    },
  };
}

/** Does one part of the jobs that a command names, and prints it. Throws CliUsageError. */
export async function shardOfJobs(
  names: readonly string[],
  flags: JobFlags,
  kind: JobKind,
  shard: Shard,
): Promise<ExitCode> {
  const { jobs, broken } = await checkJobs(names, flags);
  if (jobs.length + broken.length === 0) throw nothingToCheck;
  for (const { problem } of broken) printError(problemLines(problem, errorLook()));
  const planned = await planOfJobs(jobs, kind);
  const begun = jobs.filter((job) => !planned.broken.has(job));
  const code = await writePart(planned.plan, shard, (outcome, task) => {
    const job = begun[task];
    return job === undefined ? exitCodes.asExpected : outcomeCode(job, outcome, flags);
  });
  const isBroken = broken.length + planned.broken.size > 0;
  return isBroken ? worstOf([code, exitCodes.wrongUsage]) : code;
}
