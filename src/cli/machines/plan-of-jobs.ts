import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { settingsOf } from '../arguments/settings.ts';
import { type PortableModel, portableModel } from '../loading/portable-model.ts';
import type { Job } from '../searching/jobs.ts';
import { problemAt, problemFrom } from '../searching/problem.ts';
import type { Outcome, Place } from '../searching/run-one.ts';
import type { Stop } from '../system/stop.ts';
import type { Executor, Plan } from './plan.ts';
import type { ModelName, Task } from './task.ts';

/** A plan, and the jobs that are broken before they begin. */
export interface PlannedJobs {
  readonly plan: Plan<Outcome>;
  readonly broken: ReadonlyMap<Job, Outcome>;
}

/** How a job becomes a task, and how this process does it. */
export interface JobKind {
  task(job: Job, model: ModelName): Task;
  here(job: Job, stop: Stop, place: Place): Promise<Outcome>;
}

/** The plan of several jobs. Throws CliUsageError for a model that cannot go to another machine. */
export async function planOfJobs(
  jobs: readonly Job[],
  { task, here }: JobKind,
): Promise<PlannedJobs> {
  const models = new Map<string, PortableModel>();
  const works: Plan<Outcome>['works'][number][] = [];
  const broken = new Map<Job, Outcome>();
  for (const job of jobs) {
    const model = await nameOf(job, models);
    try {
      works.push({
        task: task(job, model),
        about: aboutOf(job),
        here: (stop, place) => here(job, stop, place),
      });
    } catch (error) {
      if (error instanceof CliUsageError) throw error;
      broken.set(job, { problem: problemAt(job, problemFrom(error)) });
    }
  }
  return { plan: { works, models: [...models.values()] }, broken };
}

/** The outcome of each job in order, from elsewhere; empty where there is none. */
export async function* outcomesFrom(
  jobs: readonly Job[],
  kind: JobKind,
  executor: Executor,
  stop: Stop,
): AsyncGenerator<Outcome & { readonly job: Job }> {
  const { plan, broken } = await planOfJobs(jobs, kind);
  const answers = executor.answers(plan, stop)[Symbol.asyncIterator]();
  try {
    for (const job of jobs) {
      const known = broken.get(job);
      const { value } = known === undefined ? await answers.next() : { value: known };
      yield { job, ...value };
    }
  } finally {
    await answers.return?.();
  }
}

function aboutOf({ scenario, point, seed }: Job): string {
  const seeded = seed === undefined ? [] : ['--seed', `${seed}`];
  return [scenario.name, ...settingsOf(scenario, point), ...seeded].join(' ');
}

async function nameOf(job: Job, models: Map<string, PortableModel>): Promise<ModelName> {
  const { origin, requestedName } = job;
  if (origin === undefined) return { own: requestedName };
  const { file, exportName, compiled } = origin;
  const model = models.get(compiled) ?? (await portableModel(origin));
  models.set(compiled, model);
  return { hash: model.hash, file, exportName };
}
