import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { hashOf } from '../loading/portable-model.ts';
import { makerHash, ownMaker } from '../machines/maker.ts';
import { TaskRunner } from '../machines/task-runner.ts';
import { makeMeter } from '../system/meter.ts';
import type { Stop } from '../system/stop.ts';
import { connect, loadPackages, type Packages } from './client.ts';
import {
  answersKey,
  daySeconds,
  doneKey,
  type JobData,
  keptSeconds,
  leaseKey,
  modelKey,
  prefix,
  queueName,
} from './keys.ts';
import { beatMs, endPresence, showPresence } from './presence.ts';

export interface WorkOptions {
  /** How many tasks are done at a time. */
  readonly threads: number;
  /** Seconds without a sign of this process after which others take over what it does. */
  readonly lease: number;
}

/** So many workers may die over a task before it counts as failed. */
const deathsMax = 10;
/** Milliseconds for taking leave of the server. */
const leaveMs = 5_000;
/** Milliseconds between two looks at Ctrl-C. */
const stopMs = 100;

/**
 * Does the tasks of all runs at a server until `stop` is requested. What is under way then goes
 * back to the others. Throws CliUsageError where there is no server.
 */
export async function work(url: string, options: WorkOptions, stop: Stop): Promise<void> {
  const packages = await loadPackages();
  const own = await connect(url, packages, false);
  const shared = await connect(url, packages, true);
  const maker = ownMaker();
  const id = randomBytes(8).toString('hex');
  const desk = new Desk(shared, packages, stop);
  const worker = new packages.bull.Worker<JobData>(
    queueName(makerHash(maker)),
    (job, token = '') => desk.done(job, token),
    {
      connection: shared,
      prefix,
      concurrency: options.threads,
      lockDuration: options.lease * 1000,
      stalledInterval: options.lease * 1000,
      maxStalledCount: deathsMax,
    },
  );
  // It connects again by itself, and a job without its lock is done by another worker.
  worker.on('error', () => undefined);
  const meter = makeMeter();
  for (let beat = 0; !stop.requested; beat += stopMs) {
    if (beat % beatMs === 0) {
      await showPresence(own, id, maker).catch(() => undefined);
      await desk.dropDead(own).catch(() => undefined);
    }
    meter.show(() => desk.progress);
    await setTimeout(stopMs);
  }
  meter.clear();
  // First, so that it takes no other job in the place of those that it gives back.
  const isThere = own.status === 'ready';
  const closed = worker.close(!isThere).catch(() => undefined);
  await desk.end();
  const left = closed.then(() => (isThere ? endPresence(own, id) : undefined));
  // The server may go at the same time. Then others miss this worker after its lease.
  await Promise.race([left.catch(() => undefined), setTimeout(leaveMs)]);
  own.disconnect();
  shared.disconnect();
}

/** The tasks that this process has under way. */
class Desk {
  readonly #redis: Redis;
  readonly #packages: Packages;
  readonly #stop: Stop;
  readonly #free: TaskRunner[] = [];
  readonly #busy = new Map<TaskRunner, JobData>();
  #amount = 0;

  constructor(redis: Redis, packages: Packages, stop: Stop) {
    this.#redis = redis;
    this.#packages = packages;
    this.#stop = stop;
  }

  get progress(): string {
    const names = [...this.#busy.values()].map(({ about }) => about);
    return `${this.#amount} done${names.length === 0 ? '' : `; ${names.join(', ')}`}`;
  }

  /** Does a task, and hands its answer in. Throws where it breaks. */
  async done(job: Job<JobData>, token: string): Promise<void> {
    const { data } = job;
    if (!(await isWanted(data, this.#redis))) return;
    if (this.#stop.requested) return this.#giveBack(job, token);
    const code = data.model === undefined ? undefined : await this.#model(data.model);
    const runner = this.#free.pop() ?? new TaskRunner();
    this.#busy.set(runner, data);
    try {
      const answer = await runner.run({ task: data.task, code });
      if (answer === undefined) await this.#giveBack(job, token);
      else if ('failed' in answer) throw new Error(answer.failed);
      else await this.#handIn(data, answer.data, answer.isKept);
    } finally {
      this.#busy.delete(runner);
      this.#free.push(runner);
    }
    this.#amount += 1;
  }

  /** Ends the tasks whose runs have ended. */
  async dropDead(redis: Redis): Promise<void> {
    for (const [runner, data] of this.#busy) {
      if (!(await isWanted(data, redis))) await runner.end();
    }
  }

  /** Ends all tasks and threads. */
  async end(): Promise<void> {
    await Promise.all([...this.#busy.keys(), ...this.#free].map((runner) => runner.end()));
  }

  async #giveBack(job: Job<JobData>, token: string): Promise<void> {
    // Of a run that has ended nothing is left to be done.
    if (!this.#stop.requested) return;
    await job.moveToWait(token);
    throw new this.#packages.bull.WaitingError();
  }

  async #model(hash: string): Promise<string> {
    const { UnrecoverableError } = this.#packages.bull;
    const code = await this.#redis.get(modelKey(hash));
    if (code === null) throw new UnrecoverableError('its model is not in Redis any more');
    if (hashOf(code) === hash) return code;
    throw new UnrecoverableError('the model in Redis is another one than that of its run');
  }

  async #handIn({ token, index, kept }: JobData, text: string, isKept: boolean): Promise<void> {
    const together = this.#redis.multi();
    together.hsetnx(answersKey(token), `${index}`, text);
    together.rpush(doneKey(token), `${index}`);
    together.expire(answersKey(token), daySeconds);
    together.expire(doneKey(token), daySeconds);
    if (isKept) together.set(kept, text, 'EX', keptSeconds);
    await together.exec();
  }
}

/** False where the run has ended, or another worker has done the task. */
async function isWanted({ run, token, index }: JobData, redis: Redis): Promise<boolean> {
  if ((await redis.get(leaseKey(run))) !== token) return false;
  return (await redis.hexists(answersKey(token), `${index}`)) === 0;
}
