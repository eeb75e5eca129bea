import { UsageError } from '../checker/result/usage-error.ts';
import { CompareOrders } from './compare-orders.ts';
import type { Exploration, FailingSchedule } from './exploration.ts';
import { kitOf } from './kit/kit.ts';
import {
  type Body,
  type ExploreOptions,
  type Settings,
  seedOf,
  settingsOf,
  strategyOf,
} from './options.ts';
import { followingLoosely } from './orders/follow.ts';
import { StateKept } from './orders/state-kept.ts';
import type { Strategy } from './orders/strategy.ts';
import { failureText } from './report/failure-text.ts';
import { entryOf } from './schedule/entry.ts';
import type { Chooser, Run } from './schedule/run.ts';
import { runSchedule } from './schedule/run-schedule.ts';
import { shrink } from './shrink.ts';

/**
 * Runs the body in many orders of its calls, and returns which of them fail. `body` is called anew
 * for each schedule.
 *
 * Throws a UsageError for wrong options and for a body that parks nothing, and StateKept where the
 * same schedule does not lead to the same place twice.
 */
export async function explore(body: Body, options: ExploreOptions = {}): Promise<Exploration> {
  const exploring = new Exploring(body, settingsOf(options));
  return exploring.explore();
}

class Exploring {
  readonly #body: Body;
  readonly #settings: Settings;
  readonly #strategy: Strategy;
  readonly #failing = new Map<string, FailingSchedule>();
  readonly #compare = new CompareOrders(
    (chooser) => this.#run(chooser, true),
    () => this.#isAborted(),
  );
  #inspects = false;
  #schedules = 0;
  #pruned = 0;
  #shrinking = 0;
  #longest = 0;
  #hasKeys = false;
  #stopped: string | undefined;
  /** The first schedule, where it passed. */
  #first: Run | undefined;
  readonly #open = new Set<string>();

  constructor(body: Body, settings: Settings) {
    if (typeof body !== 'function') {
      throw new UsageError('the body is not a function', 'Write explore(async (kit) => { … }).');
    }
    this.#body = body;
    this.#settings = settings;
    this.#strategy = strategyOf(settings.orders, () => !this.#inspects);
  }

  async explore(): Promise<Exploration> {
    try {
      const isCut = await this.#all();
      if (this.#failing.size === 0) await this.#lookBack();
      return this.#result(!isCut && this.#strategy.isExhaustive);
    } catch (error) {
      // A failure that was found is not lost.
      if (this.#failing.size === 0) throw error;
      this.#stopped = error instanceof Error ? error.message : String(error);
      return this.#result(false);
    }
  }

  /** Runs the first schedule a last time. What schedules leave behind may change it by now. */
  async #lookBack(): Promise<void> {
    const first = this.#first;
    if (first === undefined || this.#isAborted()) return;
    const again = await this.#run(followingLoosely(first.steps.map(({ entry }) => entry)), false);
    refuseDifferent(first, again, false);
  }

  /** Runs one schedule after another. True if others were left. */
  async #all(): Promise<boolean> {
    for (;;) {
      if (this.#isAborted()) return true;
      const chooser = this.#strategy.next();
      if (chooser === undefined) return false;
      if (this.#schedules >= this.#settings.schedulesMax) return true;
      if (await this.#learn(await this.#run(chooser, this.#schedules === 0))) return true;
    }
  }

  /** Takes a run, and says whether the exploration ends with it. */
  async #learn(run: Run): Promise<boolean> {
    if (this.#schedules === 0) await this.#lookTwice(run);
    this.#strategy.learn(run);
    this.#count(run);
    if (run.failure !== undefined) {
      await this.#fail(run);
      return !this.#settings.goesOn || run.failure.kind === 'uncontrolled';
    }
    if (!run.isPruned) for (const task of run.open) this.#open.add(task);
    if (this.#isReduced() && !run.isPruned) await this.#compare.compare(run);
    return false;
  }

  #isAborted(): boolean {
    return this.#settings.signal?.aborted === true;
  }

  #run(chooser: Chooser, isWatched: boolean): Promise<Run> {
    const { faults, ticks, callTimeout, stepsMax, signal } = this.#settings;
    const begin = (schedule: Parameters<Parameters<typeof runSchedule>[0]>[0]) =>
      this.#body(kitOf(schedule, () => this.#inspect()));
    const options = { faults, ticks, isWatched, callTimeout, stepsMax, signal };
    return runSchedule(begin, chooser, options);
  }

  /** Every order counts from now on. Those that were left out before cannot be made good. */
  #inspect(): void {
    if (!this.#inspects && this.#schedules > 0 && this.#hasKeys) {
      throw new UsageError(
        'kit.check or kit.conforms is called in some schedules only',
        'Call it at the beginning of the body.',
      );
    }
    this.#inspects = true;
  }

  /** Runs the first schedule again. Code that keeps state goes another way. */
  async #lookTwice(first: Run): Promise<void> {
    if (first.failure?.kind === 'uncontrolled') return;
    if (first.steps.length === 0 && first.failure === undefined && first.parked.length > 0) {
      throw new UsageError(
        `the body ends before it is answered: ${first.parked.map(({ id }) => id).join(', ')} are parked`,
        'Await the tasks and the calls of the body.',
      );
    }
    if (first.steps.length === 0 && first.failure === undefined) {
      throw new UsageError(
        'the body parks nothing, so that there is one order only',
        'Hand the code what the kit wraps: kit.call, kit.client, kit.timers, kit.task.',
      );
    }
    // An entry that is not possible now is left out: the difference is what is told.
    const again = await this.#run(followingLoosely(first.steps.map(({ entry }) => entry)), true);
    refuseDifferent(first, again, true);
    if (first.failure === undefined) this.#first = first;
  }

  #count(run: Run): void {
    if (run.isPruned) this.#pruned += 1;
    else this.#schedules += 1;
    this.#longest = Math.max(this.#longest, run.steps.length);
    this.#hasKeys ||= run.steps.some(({ choice }) => choice.parked.keys !== undefined);
  }

  /** Keeps a failing schedule, made simpler and run again with an eye on what is not wrapped. */
  async #fail(run: Run): Promise<void> {
    const about = failureText(run.failure);
    if (this.#failing.has(about)) return;
    await this.#lookBack();
    const simple =
      run.failure?.kind === 'uncontrolled' || run.failure?.kind === 'unsettled'
        ? run
        : await shrink(run, (chooser) => {
            // What was found is shown as it is where the time is up.
            if (this.#isAborted()) return Promise.resolve(run);
            this.#shrinking += 1;
            return this.#run(chooser, false);
          });
    const entries = simple.steps.map(({ entry }) => entry);
    const seen = await this.#run(followingLoosely(entries), true);
    if (seen.failure === undefined) {
      throw new StateKept(simple.steps, failureText(simple.failure), 'the body passes');
    }
    if (seen.failure.kind !== 'uncontrolled' && seen.failure.kind !== run.failure?.kind) {
      throw new StateKept(simple.steps, about, failureText(seen.failure));
    }
    this.#failing.set(about, {
      failure: seen.failure,
      schedule: seen.steps.map(({ entry }) => entry),
      run: seen,
    });
  }

  #isReduced(): boolean {
    return this.#settings.orders === 'all' && this.#hasKeys && !this.#inspects;
  }

  #result(isComplete: boolean): Exploration {
    const failing = [...this.#failing.values()];
    const { orders, faults, ticks, goesOn } = this.#settings;
    const compared = this.#compare.done;
    return {
      verdict: failing.length > 0 ? 'violated' : isComplete ? 'holds' : 'undecided',
      failing,
      ledger: {
        orders: ordersText(orders),
        schedules: this.#schedules,
        pruned: this.#pruned,
        isComplete,
        isReduced: this.#isReduced(),
        compared: compared.pairs,
        notCompared: compared.left,
        mixed: compared.mixed,
        shrinking: this.#shrinking,
        longest: this.#longest,
        goesOn,
        ticks: Number.isFinite(ticks) ? ticks : null,
        open: [...this.#open],
        ...(this.#stopped === undefined ? {} : { stopped: this.#stopped }),
        faults: Object.fromEntries(Object.entries(faults).filter(([, times]) => times > 0)),
      },
    };
  }
}

/** Throws StateKept where the same steps have led to another place. */
function refuseDifferent(first: Run, again: Run, hasAnswers: boolean): void {
  const [before, now] = [placesOf(first, hasAnswers), placesOf(again, hasAnswers)];
  const at = before.findIndex((place, i) => place !== now[i]);
  if (at === -1 && before.length === now.length) return;
  const place = at === -1 ? before.length : at;
  throw new StateKept(
    first.steps.slice(0, place),
    before[place] ?? 'the end',
    now[place] ?? 'the end',
  );
}

/** What was possible at each step of a run, with the answers, and how it ended. */
function placesOf({ offered, steps, failure }: Run, hasAnswers: boolean): readonly string[] {
  const places = offered.map((choices, i) => {
    const answer = hasAnswers ? steps[i - 1]?.answer : undefined;
    const parked = choices.map(entryOf).join(' ');
    return answer === undefined ? parked : `${parked} after the answer ${answer}`;
  });
  return [...places, failure === undefined ? 'the body passes' : failureText(failure)];
}

function ordersText(orders: Settings['orders']): string {
  if (orders === 'all') return 'all orders';
  if ('preemptions' in orders) return `all orders with at most ${orders.preemptions} preemptions`;
  if ('random' in orders) return `${orders.random} random orders, seed ${seedOf(orders)}`;
  const { depth = 3 } = orders;
  return `${orders.priorities} orders with random priorities, depth ${depth}, seed ${seedOf(orders)}`;
}
