import { setTimeout } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { invocation } from '../arguments/invocation.ts';
import { makerHash, ownMaker } from '../machines/maker.ts';
import type { Executor, Plan } from '../machines/plan.ts';
import { noteProblem } from '../searching/late-errors.ts';
import { makeMeter } from '../system/meter.ts';
import type { Stop } from '../system/stop.ts';
import { printError } from '../system/terminal.ts';
import { connect, loadPackages, shownUrl } from './client.ts';
import { type JobData, prefix, queueName } from './keys.ts';
import { Lost, lostConnection } from './lost.ts';
import { beatMs, presenceAt } from './presence.ts';
import { Run } from './run.ts';

/** Milliseconds between two looks at what is done. */
const lookMs = 50;
/** Milliseconds between two looks for tasks that no worker will do. */
const tendMs = 1_000;
/** Seconds without the server after which a run is given up. */
const patienceSeconds = 30;

/** Has plans done by the workers at a server. `name` keeps two runs apart that must not overlap. */
export function onRedis(url: string, name: string | undefined): Executor {
  return {
    async *answers<A>(plan: Plan<A>, stop: Stop) {
      const packages = await loadPackages();
      const redis = await connect(url, packages, false);
      const queue = new packages.bull.Queue<JobData>(queueName(makerHash(ownMaker())), {
        connection: redis,
        prefix,
      });
      queue.on('error', () => undefined);
      const run = new Run(plan, name, redis, queue);
      const watch = new RunWatch(run, redis, url, plan.works.length);
      try {
        await run.begin();
        for (const [index, { about }] of plan.works.entries()) {
          while (!run.known.has(index) && !watch.isOver && !stop.requested) await watch.wait();
          yield answerOf<A>(run, index, about);
        }
      } finally {
        watch.end();
        await ended(run, queue, redis);
      }
    },
  };
}

function answerOf<A>(run: Run, index: number, about: string): A | undefined {
  const known = run.known.get(index);
  if (known === undefined) return undefined;
  if ('failed' in known) {
    noteProblem({ what: `no worker could compute it: ${known.failed}`, where: about });
    return undefined;
  }
  for (const problem of known.told.late) noteProblem(problem);
  // The answer belongs to the task of this number.
  const answer = known.told.answer as A;
  return known.isKept === true ? asKept(answer) : answer;
}

/** A search that was found before says so. */
function asKept<A>(answer: A): A {
  if (typeof answer !== 'object' || answer === null || !('searched' in answer)) return answer;
  return { ...answer, searched: { ...Object(answer.searched), cached: true } };
}

/** What a reader must hear, and what ends the run early. */
class RunWatch {
  isOver = false;
  readonly #run: Run;
  readonly #redis: Redis;
  readonly #url: string;
  readonly #amount: number;
  readonly #meter = makeMeter();
  #workers = 0;
  #lookedAt = { tended: 0, workers: 0, there: performance.now() };
  #isTold = false;

  constructor(run: Run, redis: Redis, url: string, amount: number) {
    this.#run = run;
    this.#redis = redis;
    this.#url = url;
    this.#amount = amount;
  }

  /** Waits a moment, and reads what is done by then. */
  async wait(): Promise<void> {
    await setTimeout(lookMs);
    const now = performance.now();
    try {
      await this.#run.look();
      if (now - this.#lookedAt.tended > tendMs) {
        await this.#run.tend();
        this.#lookedAt.tended = now;
      }
      if (now - this.#lookedAt.workers > beatMs) {
        this.#lookedAt.workers = now;
        await this.#lookForWorkers();
      }
      this.#lookedAt.there = performance.now();
    } catch (error) {
      this.#lose(error);
    }
    const { size } = this.#run.known;
    this.#meter.show(() => `${size} of ${this.#amount} done, ${this.#workers} workers`);
  }

  end(): void {
    this.#meter.clear();
  }

  #lose(error: unknown): void {
    const seconds = Math.round((performance.now() - this.#lookedAt.there) / 1000);
    // Without the connection every command fails, until it is there again.
    if (!(error instanceof Lost) && seconds < patienceSeconds) return;
    this.isOver = true;
    this.#meter.clear();
    const { problem } = error instanceof Lost ? error : lostConnection(seconds);
    noteProblem({ ...problem, where: shownUrl(this.#url) });
  }

  async #lookForWorkers(): Promise<void> {
    const { same, otherwise } = await presenceAt(this.#redis, this.#run.maker);
    this.#workers = same;
    if (same > 0) return;
    if (otherwise !== undefined) {
      throw new Lost({
        what: `the workers there are others: this command and they have ${otherwise}`,
        mend: 'Use the same racewright on the same Node, and the same locale, everywhere.',
      });
    }
    if (this.#isTold) return;
    this.#isTold = true;
    const command = [...invocation(), 'worker', shownUrl(this.#url)].join(' ');
    printError([`no worker is there yet; this starts one: ${command}`]);
  }
}

/** Leaves nothing behind, where the server is there. */
async function ended(run: Run, queue: Queue<JobData>, redis: Redis): Promise<void> {
  try {
    if (redis.status === 'ready') await run.end();
  } catch {
    // The data of a run go by themselves after a day.
  }
  await queue.close().catch(() => undefined);
  redis.disconnect();
}
