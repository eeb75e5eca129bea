import { createHash } from 'node:crypto';
import type { Task } from '../machines/task.ts';

/** The beginning of all keys, also of those of BullMQ. */
export const prefix = 'racewright';

/** The queue of all machines whose answers can stand together. */
export const queueName = (maker: string): string => `tasks-${maker}`;

/** The data of a job. */
export interface JobData {
  readonly run: string;
  readonly token: string;
  readonly index: number;
  readonly about: string;
  /** A packed task. */
  readonly task: string;
  /** The hash of the file that the task names. */
  readonly model: string | undefined;
  /** Where its answer is kept for other runs. */
  readonly kept: string;
}

/** Held by one process at a time, as long as it is there; its value is the token of the run. */
export const leaseKey = (run: string): string => `${prefix}:run:${run}`;
/** Stays as long as the data of the run do. */
export const begunKey = (token: string): string => `${prefix}:begun:${token}`;
/** The answers by number of the task. */
export const answersKey = (token: string): string => `${prefix}:answers:${token}`;
/** The numbers of the tasks that are done, in the order in which they ended. */
export const doneKey = (token: string): string => `${prefix}:done:${token}`;
export const modelKey = (hash: string): string => `${prefix}:model:${hash}`;
/** The names of workers, also of some that are gone. */
export const workersKey = `${prefix}:workers`;
export const workerKey = (id: string): string => `${prefix}:worker:${id}`;

/** Changes with the form of an answer. */
const form = 1;

export function keptKey(maker: string, task: Task): string {
  const text = JSON.stringify([form, maker, task]);
  return `${prefix}:kept:${createHash('sha256').update(text).digest('hex')}`;
}

/** Seconds that the data of a run stay after it, and kept answers and models. */
export const daySeconds = 24 * 60 * 60;
export const keptSeconds = 7 * daySeconds;
