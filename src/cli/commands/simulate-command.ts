import { randomInt } from 'node:crypto';
import type { SimulateOptions } from '../../simulate/options.ts';
import { Simulation } from '../../simulate/simulation.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { faultBudgets } from '../arguments/fault-budgets.ts';
import { copyOf } from '../loading/second-copy.ts';
import { bounded } from '../searching/bounded.ts';
import type { Job } from '../searching/jobs.ts';
import { problemAt, problemFrom } from '../searching/problem.ts';
import type { Outcome } from '../searching/run-one.ts';
import { runSimulation, type SimulationOptions } from '../searching/run-simulation.ts';
import type { ExitCode } from '../system/exit-code.ts';
import type { Stop } from '../system/stop.ts';
import { checkJobs } from './check-jobs.ts';
import { runChecks } from './run-checks.ts';
import type { SimulateFlags } from './simulate.ts';

/** Counting more states than this takes longer than most simulations. */
const exactStates = 50_000;

/**
 * `racewright simulate`. Its results are reported as those of `check`. Throws CliUsageError. A
 * model that is broken at one point is reported beside the results of the others.
 */
export async function simulateCommand(
  names: readonly string[],
  given: SimulateFlags,
): Promise<ExitCode> {
  const flags = { ...given, seed: given.seed ?? randomInt(2 ** 32) };
  if (flags.timed) return (await import('./timed-command.ts')).timedCommand(names, flags);
  if (flags.run !== undefined) return followRun(names, flags, flags.run);
  return runChecks(names, { ...flags, require: [] }, (jobs, stop) =>
    simulations(jobs, flags, stop),
  );
}

type Seeded = SimulateFlags & { readonly seed: number };

/** The simulations, one after another. */
async function* simulations(
  jobs: readonly Job[],
  flags: Seeded,
  stop: Stop,
): AsyncGenerator<Outcome & { readonly job: Job }> {
  for (const job of jobs) {
    if (stop.requested) return;
    try {
      const { timed, error } = await runSimulation(job, optionsOf(job, flags), stop);
      const problem = error === undefined ? undefined : problemAt(job, problemFrom(error));
      yield {
        job,
        ...(timed === undefined ? {} : { searched: timed }),
        ...(problem === undefined ? {} : { problem }),
      };
    } catch (error) {
      if (error instanceof CliUsageError) throw error;
      yield { job, problem: problemAt(job, problemFrom(error)) };
    }
  }
}

function optionsOf(job: Job, flags: Seeded): SimulationOptions {
  const { runs, depth, seed, strategy, pctDepth, maxStates, faults, time, exact } = flags;
  const simulate: SimulateOptions = {
    parameters: job.point,
    ...(faults === undefined ? {} : { faults: faultBudgets(job.scenario, job.point, faults) }),
    runs: runs ?? (time === undefined ? undefined : Number.MAX_SAFE_INTEGER),
    depth,
    seed,
    strategy,
    pctDepth,
    statesMax: maxStates,
  };
  return {
    simulate,
    secondsMax: time,
    exactStatesMax: exact ?? exactStates,
    copy: () => copyOf(job),
  };
}

/** Takes the runs up to this one, and follows its schedule as `racewright replay` does. */
async function followRun(names: readonly string[], flags: Seeded, run: number): Promise<ExitCode> {
  const { jobs, broken } = await checkJobs(names, { ...flags, require: [] });
  const [job] = jobs;
  if (job === undefined || jobs.length + broken.length > 1) {
    throw new CliUsageError({
      what: 'a run is followed at one point of one scenario',
      where: `--run ${run}`,
      mend: 'Name one scenario, and give each parameter one value.',
    });
  }
  const options = { ...optionsOf(job, flags).simulate, runs: run };
  const last = bounded(() => lastOf(new Simulation(job.scenario, options)), `run ${run}`, 600);
  const { replayCommand } = await import('./replay-command.ts');
  const { set, faults, cloud, json } = flags;
  return replayCommand(job.requestedName, last.schedule, {
    set,
    init: last.init,
    ...(faults === undefined ? {} : { faults }),
    ...(cloud === undefined ? {} : { cloud }),
    ...(json === undefined ? {} : { json }),
  });
}

function lastOf(simulation: Simulation): ReturnType<Simulation['lastRun']> {
  while (!simulation.advance(1 << 16));
  return simulation.lastRun();
}
