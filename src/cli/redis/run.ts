import { randomBytes } from 'node:crypto';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { type Maker, makerHash, ownMaker } from '../machines/maker.ts';
import { packed, unpacked } from '../machines/payload.ts';
import type { Plan, Work } from '../machines/plan.ts';
import type { Told } from '../machines/task-messages.ts';
import {
  answersKey,
  begunKey,
  daySeconds,
  doneKey,
  type JobData,
  keptKey,
  keptSeconds,
  leaseKey,
  modelKey,
} from './keys.ts';
import { lostData, lostName } from './lost.ts';

/** Milliseconds for which a name stays taken after the last sign of its run. */
const leaseMs = 60_000;
/** Commands and jobs that go to the server together. */
const chunkSize = 500;
/** How often a task that throws is tried. */
const attempts = 3;

/** An answer, or why there will be none. */
export type Known = { readonly told: Told; readonly isKept?: true } | { readonly failed: string };

/** What the server says of a job. */
interface JobState {
  readonly isGone: boolean;
  /** The reason. */
  readonly failed?: string;
}

/** One run of a plan on the workers at a server. */
export class Run {
  readonly maker: Maker = ownMaker();
  readonly known = new Map<number, Known>();
  readonly #name: string;
  readonly #token = randomBytes(12).toString('hex');
  readonly #plan: Plan<unknown>;
  readonly #redis: Redis;
  readonly #queue: Queue<JobData>;
  readonly #makerHash = makerHash(this.maker);
  /** How many entries of the list of what is done were read. */
  #read = 0;

  constructor(plan: Plan<unknown>, name: string | undefined, redis: Redis, queue: Queue<JobData>) {
    this.#plan = plan;
    this.#name = name ?? this.#token;
    this.#redis = redis;
    this.#queue = queue;
  }

  /** The numbers of the tasks without an answer. */
  get open(): readonly number[] {
    return [...this.#plan.works.keys()].filter((index) => !this.known.has(index));
  }

  /** Takes the name, and adds what is not known. Throws CliUsageError where the name is taken. */
  async begin(): Promise<void> {
    if (!(await this.#takeName())) {
      throw new CliUsageError({
        what: `another run is called '${this.#name}'`,
        where: `--name ${this.#name}`,
        mend: `Give this one another name. A name is free ${leaseMs / 1000} seconds after its run was killed.`,
      });
    }
    const { works, models } = this.#plan;
    await this.#redis.set(begunKey(this.#token), this.#token, 'EX', daySeconds);
    for (const { hash, code } of models) {
      await this.#redis.set(modelKey(hash), code, 'EX', keptSeconds);
    }
    for (const chunk of chunks([...works.entries()])) {
      const kept = await this.#redis.mget(chunk.map(([, { task }]) => this.#keptKey(task)));
      for (const [i, [index]] of chunk.entries()) {
        const text = kept[i];
        if (typeof text === 'string') this.#note(index, text, true);
      }
    }
    await this.#add(this.open);
  }

  /** Reads what is done since the last time. Throws a Lost, and the errors of the connection. */
  async look(): Promise<void> {
    const begun = await this.#redis.get(begunKey(this.#token));
    const length = await this.#redis.llen(doneKey(this.#token));
    if (begun !== this.#token || length < this.#read) throw lostData();
    for (let fresh = await this.#next(); fresh.length > 0; fresh = await this.#next()) {
      const texts = await this.#redis.hmget(answersKey(this.#token), ...fresh);
      for (const [i, index] of fresh.entries()) {
        const text = texts[i];
        if (typeof text !== 'string') throw lostData();
        if (!this.known.has(Number(index))) this.#note(Number(index), text);
      }
      this.#read += fresh.length;
    }
  }

  /** Keeps the name, and looks for tasks that no worker will do. Throws as `look`. */
  async tend(): Promise<void> {
    if (!(await this.#takeName())) throw lostName(this.#name);
    await this.#redis.pexpire(leaseKey(this.#name), leaseMs);
    for (const chunk of chunks(this.open)) {
      const found = await this.#jobs(chunk);
      // A job that has gone has left its answer before.
      await this.look();
      const open = chunk.filter((index) => !this.known.has(index));
      for (const index of open) {
        const reason = found.get(index)?.failed;
        if (reason !== undefined) this.known.set(index, { failed: reason });
      }
      // An older snapshot of the server may lack some.
      await this.#add(open.filter((index) => found.get(index)?.isGone));
    }
  }

  /** Which jobs are not there, and which have failed. */
  async #jobs(indices: readonly number[]): Promise<ReadonlyMap<number, JobState>> {
    const asked = this.#redis.pipeline();
    for (const index of indices) {
      asked.hmget(this.#queue.toKey(this.#jobId(index)), 'data', 'finishedOn', 'failedReason');
    }
    const found = (await asked.exec()) ?? [];
    return new Map(
      indices.map((index, i): readonly [number, JobState] => {
        const [error, fields] = found[i] ?? [];
        if (error !== null) return [index, { isGone: false }];
        const [data, finished, reason] = fields as readonly (string | null)[];
        const hasFailed = typeof finished === 'string' && typeof reason === 'string';
        return [index, { isGone: data === null, ...(hasFailed ? { failed: reason } : {}) }];
      }),
    );
  }

  /** Takes back what is not done, and gives the name back. Throws the errors of the connection. */
  async end(): Promise<void> {
    const left = [...this.#plan.works.keys()].filter((index) => {
      const known = this.known.get(index);
      return known === undefined || 'failed' in known;
    });
    for (const chunk of chunks(left)) {
      await Promise.all(chunk.map((index) => this.#queue.remove(this.#jobId(index))));
    }
    const keys = [begunKey, answersKey, doneKey].map((key) => key(this.#token));
    await this.#redis.del(...keys);
    const mine = await this.#redis.get(leaseKey(this.#name));
    if (mine === this.#token) await this.#redis.del(leaseKey(this.#name));
  }

  async #takeName(): Promise<boolean> {
    const key = leaseKey(this.#name);
    if ((await this.#redis.set(key, this.#token, 'PX', leaseMs, 'NX')) !== null) return true;
    return (await this.#redis.get(key)) === this.#token;
  }

  #next(): Promise<string[]> {
    return this.#redis.lrange(doneKey(this.#token), this.#read, this.#read + chunkSize - 1);
  }

  async #add(indices: readonly number[]): Promise<void> {
    for (const chunk of chunks(indices)) {
      await this.#queue.addBulk(
        chunk.flatMap((index) => {
          const work = this.#plan.works[index];
          if (work === undefined) return [];
          const opts = {
            jobId: this.#jobId(index),
            attempts,
            removeOnComplete: true,
            removeOnFail: { age: daySeconds },
          };
          return [{ name: work.task.kind, data: this.#dataOf(index, work), opts }];
        }),
      );
    }
  }

  #dataOf(index: number, { task, about }: Work<unknown>): JobData {
    const { task: text, model } = { task: packed(task), model: modelOf(task) };
    const [run, token] = [this.#name, this.#token];
    return { run, token, index, about, task: text, model, kept: this.#keptKey(task) };
  }

  #keptKey(task: Work<unknown>['task']): string {
    return keptKey(this.#makerHash, task);
  }

  #jobId(index: number): string {
    return `${this.#token}-${index}`;
  }

  #note(index: number, text: string, isKept = false): void {
    try {
      // What has the right checksum was written by a worker of the same code.
      const told = unpacked(text) as Told;
      this.known.set(index, isKept ? { told, isKept } : { told });
    } catch {
      // A kept answer that is damaged is computed again.
      if (!isKept) this.known.set(index, { failed: 'its answer in Redis is damaged' });
    }
  }
}

function modelOf(task: Work<unknown>['task']): string | undefined {
  return 'model' in task && 'hash' in task.model ? task.model.hash : undefined;
}

function chunks<T>(items: readonly T[]): readonly (readonly T[])[] {
  const amount = Math.ceil(items.length / chunkSize);
  return Array.from({ length: amount }, (_, i) => items.slice(i * chunkSize, (i + 1) * chunkSize));
}
