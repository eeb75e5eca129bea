import { randomInt } from 'node:crypto';
import type { SimulateOptions } from '../../simulate/options.ts';
import { Simulation } from '../../simulate/simulation.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { faultBudgets } from '../arguments/fault-budgets.ts';
import { copyOf } from '../loading/second-copy.ts';
import type { Executor } from '../machines/plan.ts';
import { type JobKind, outcomesFrom } from '../machines/plan-of-jobs.ts';
import { bounded } from '../searching/bounded.ts';
import type { Job } from '../searching/jobs.ts';
import type { Outcome } from '../searching/run-one.ts';
import { type SimulationOptions, simulated } from '../searching/run-simulation.ts';
import type { ExitCode } from '../system/exit-code.ts';
import type { Stop } from '../system/stop.ts';
import { checkJobs } from './check-jobs.ts';
import { elsewhereFor } from './elsewhere.ts';
import { shardOfJobs } from './job-kinds.ts';
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
  executor?: Executor,
): Promise<ExitCode> {
  const elsewhere = await elsewhereFor(executor, given);
  if (given.shard !== undefined && given.seed === undefined) throw noSeed;
  const flags = { ...given, seed: given.seed ?? randomInt(2 ** 32) };
  if (flags.timed) return (await import('./timed-command.ts')).timedCommand(names, flags);
  if (flags.run !== undefined) return followRun(names, flags, flags.run);
  const checked = { ...flags, require: [], eachSeed: seedsOf(flags) };
  const kind = simulationKind(flags);
  if (elsewhere !== undefined) {
    return runChecks(names, checked, (jobs, stop) => outcomesFrom(jobs, kind, elsewhere, stop));
  }
  if (flags.shard !== undefined) return shardOfJobs(names, checked, kind, flags.shard);
  return runChecks(names, checked, (jobs, stop) => simulations(jobs, kind, stop));
}

type Seeded = SimulateFlags & { readonly seed: number };

const noSeed = new CliUsageError({
  what: 'each part would draw a seed of its own',
  where: '--shard',
  mend: 'Give the same --seed to all parts.',
});

const seedEnd = 2 ** 32;

/** The seeds that follow the first one; undefined where it is the only one. */
function seedsOf({ seed, seeds }: Seeded): readonly number[] | undefined {
  if (seeds === undefined) return undefined;
  return Array.from({ length: seeds }, (_, i) => (seed + i) % seedEnd);
}

/** Jobs as simulations. */
function simulationKind(flags: Seeded): JobKind {
  return {
    task(job, model) {
      const { copy: _, ...options } = optionsOf(job, flags);
      return { kind: 'simulation', model, point: job.point, options };
    },
    here: (job, stop) => simulated(job, () => optionsOf(job, flags), stop),
  };
}

/** The simulations, one after another. */
async function* simulations(
  jobs: readonly Job[],
  { here }: JobKind,
  stop: Stop,
): AsyncGenerator<Outcome & { readonly job: Job }> {
  for (const [i, job] of jobs.entries()) {
    if (stop.requested) return;
    yield { job, ...(await here(job, stop, { number: i + 1, of: jobs.length })) };
  }
}

function optionsOf(job: Job, flags: Seeded): SimulationOptions {
  const { runs, depth, strategy, pctDepth, maxStates, faults, time, exact } = flags;
  const { seed = flags.seed } = job;
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
  for (;;) {
    while (!simulation.advance(1 << 16));
    if (!simulation.isFull) break;
    simulation.forget();
  }
  return simulation.lastRun();
}
