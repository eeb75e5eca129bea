import { UsageError } from '../../checker/result/usage-error.ts';
import { entryOf, idOf, numbered } from './entry.ts';
import type { Failure, Foreign } from './failure.ts';
import { type Context, contexts, host } from './host.ts';
import {
  type Choice,
  everything,
  type FaultKind,
  type Keys,
  type Parked,
  releasable,
} from './parked.ts';
import type { CodeState, FaultBudgets, Taken } from './run.ts';

/** What a wrapper parks. */
export interface Request {
  readonly label: string;
  readonly keys?: Keys | undefined;
  readonly faults?: readonly FaultKind[];
  readonly isOptional?: boolean;
  readonly queue?: string | undefined;
  readonly delay?: number | undefined;
  /** The task that it belongs to; by default the one that runs. */
  readonly task?: string | undefined;
  readonly release: (fault: FaultKind | undefined) => void;
}

export interface ScheduleOptions {
  readonly faults: FaultBudgets;
  /** How often timers of one name may fire while something else can go on. */
  readonly ticks: number;
  /** True where resources outside the wrappers are looked for and answers are kept as text. */
  readonly isWatched: boolean;
}

/** One run of the body: what is parked, which steps were taken, and which operations run. */
export class Schedule {
  readonly steps: Taken[] = [];
  readonly withdrawn: Parked[] = [];
  readonly isWatched: boolean;
  /** The first failure that was noticed beside the body, as an unhandled rejection. */
  failure: Failure | undefined;
  /** What must be true after each step: they throw where it is not. */
  readonly checks: (() => unknown)[] = [];
  /** After each step: the state of the code, where it is compared with a model. */
  readonly states: CodeState[] = [];
  /** True where the timers of Node are replaced for the code, and not for operations. */
  hasGlobals = false;
  /** To be called at the end of the run: they undo what a wrapper changed. */
  readonly undo: (() => void)[] = [];
  readonly openTasks = new Set<string>();
  /** What wrappers were seen to let through. */
  readonly foreign: Foreign[] = [];
  #parked: Parked[] = [];
  /** How often each name was given. */
  readonly #names = new Map<string, number>();
  readonly #ids = new Set<string>();
  readonly #budgets: Map<FaultKind, number>;
  readonly #tasks = new Set<string>();
  /** What the step that was taken last has touched. */
  #touched = new Set<string>();
  /** The entries of the operations that have begun and not settled. */
  readonly #effects = new Set<string>();
  readonly #ticks: number;
  /** How often timers of each name have fired. */
  readonly #fired = new Map<string, number>();
  #wake: (() => void) | undefined;
  #isOver = false;

  constructor({ faults, ticks, isWatched }: ScheduleOptions) {
    this.isWatched = isWatched;
    this.#ticks = ticks;
    this.#budgets = new Map(Object.entries(faults) as [FaultKind, number][]);
  }

  get parked(): readonly Parked[] {
    return this.#parked;
  }

  get effects(): ReadonlySet<string> {
    return this.#effects;
  }

  /** The task of the code that runs now; undefined in the body itself. */
  get task(): string | undefined {
    const context = contexts.getStore();
    return context?.run === this ? context.task : undefined;
  }

  /** Calls a function as part of a task. */
  within<T>(task: string | undefined, call: () => T): T {
    return contexts.run({ run: this, task, isEffect: false }, call);
  }

  /** Calls a callback of the code as part of a task. What it throws fails the schedule. */
  guard(task: string | undefined, call: () => unknown): void {
    try {
      this.within(task, call);
    } catch (error) {
      this.failure ??= { kind: 'failed', error };
    }
  }

  beginTask(name: string): void {
    if (this.#tasks.has(name)) {
      throw new UsageError(
        `there are two tasks '${name}' in one schedule`,
        'Give each its own name: a schedule entry begins with it.',
      );
    }
    this.#tasks.add(name);
    this.openTasks.add(name);
  }

  park(request: Request): Parked {
    const task = 'task' in request ? request.task : this.task;
    const { label, id } = this.#nameOf(task, request.label);
    const parked: Parked = {
      id,
      name: idOf(task, request.label),
      task,
      label,
      keys: request.keys,
      faults: request.faults ?? [],
      isOptional: request.isOptional ?? false,
      queue: request.queue,
      delay: request.delay,
      parkedAt: this.steps.length,
      releasableAt: undefined,
      release: request.release,
    };
    // A body that has ended goes on where it left promises behind. That is no part of the run.
    if (!this.#isOver) this.#parked.push(parked);
    this.#touchPlaceOf(parked);
    // The code of another task goes on, of which the keys of this step say nothing. Which call gets
    // the number of a repeated name depends on it, too.
    const step = this.steps.at(-1)?.choice.parked;
    if (step !== undefined && step.task !== task) this.#touched.add(everything);
    return parked;
  }

  /** The step that runs depends on all others that touch the same, whatever keys say. */
  touch(what: string): void {
    this.#touched.add(what);
  }

  /** The place of a timer or of an entry of a queue decides what may be released after it. */
  #touchPlaceOf({ delay, queue }: Parked): void {
    if (delay !== undefined) this.#touched.add('timers');
    if (queue !== undefined) this.#touched.add(`queue ${queue}`);
  }

  /** A name that nothing else of this run has: `ann.read`, then `ann.read#2`. */
  #nameOf(task: string | undefined, label: string): { label: string; id: string } {
    const name = idOf(task, label);
    for (let number = (this.#names.get(name) ?? 0) + 1; ; number++) {
      this.#names.set(name, number);
      const id = number === 1 ? name : idOf(task, numbered(label, number));
      // The code itself may use names such as `read#2`.
      if (this.#ids.has(id)) continue;
      this.#ids.add(id);
      return { label: numbered(label, number), id };
    }
  }

  /** Takes back what will not be released, as a timer that is cleared. */
  withdraw(parked: Parked): void {
    const before = this.#parked.length;
    this.#parked = this.#parked.filter((each) => each !== parked);
    if (this.#parked.length === before || this.#isOver) return;
    parked.withdrawnAt = this.steps.length;
    this.withdrawn.push(parked);
    this.#touchPlaceOf(parked);
  }

  /** All ways to go on, in the order of parking; those without a fault come first. */
  choices(): Choice[] {
    const possible = releasable(this.#parked).filter(
      ({ isOptional }) => !isOptional || this.#left('abort') > 0,
    );
    const fresh = possible.filter((parked) => !this.#isTired(parked));
    const isStill = fresh.every(({ isOptional }) => isOptional);
    const now = isStill ? this.#leastFired(possible) : fresh;
    for (const parked of now) parked.releasableAt ??= this.steps.length;
    const plain = now.map((parked) => ({ parked, fault: undefined }));
    return [
      ...plain,
      ...now.flatMap((parked) =>
        parked.faults
          .filter((fault) => this.#left(fault) > 0)
          .map((fault): Choice => ({ parked, fault })),
      ),
    ];
  }

  take(choice: Choice): void {
    const { parked, fault } = choice;
    const spent = fault ?? (parked.isOptional ? 'abort' : undefined);
    if (spent !== undefined) this.#budgets.set(spent, this.#left(spent) - 1);
    this.#parked = this.#parked.filter((each) => each !== parked);
    this.#touched = new Set();
    const { name, delay } = parked;
    if (delay !== undefined) this.#fired.set(name, (this.#fired.get(name) ?? 0) + 1);
    this.steps.push({ entry: entryOf(choice), choice, touched: this.#touched });
    parked.release(fault);
  }

  /**
   * Performs the operation behind a wrapped call. The run does not go on before it has settled.
   * Of a watched run the answer is noted in `step`.
   */
  perform(entry: string, operation: () => unknown, step: Taken | undefined): Promise<unknown> {
    this.#effects.add(entry);
    const settled = () => {
      this.#effects.delete(entry);
      if (this.#effects.size === 0) this.#wake?.();
    };
    const context: Context = { run: this, task: this.task, isEffect: true };
    const call = async () => operation();
    const isMarked = this.isWatched || this.hasGlobals;
    const answer = isMarked ? contexts.run(context, call) : call();
    return answer.then(
      (value) => {
        settled();
        if (step !== undefined && this.isWatched && value !== undefined) {
          step.answer = answerText(value);
        }
        return value;
      },
      (error: unknown) => {
        settled();
        if (step !== undefined && this.isWatched) step.answer = `throws ${thrown(error)}`;
        throw error;
      },
    );
  }

  /** Calls a function that looks at the state of the code, and may use what is not wrapped. */
  aside<T>(look: () => T): T {
    if (!this.isWatched && !this.hasGlobals) return look();
    return contexts.run({ run: this, task: undefined, isEffect: true }, look);
  }

  /** Waits for the operations that run. False if they have not settled after so many ms. */
  settle(milliseconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = host.setTimeout(() => end(false), milliseconds);
      const end = (isSettled: boolean) => {
        this.#wake = undefined;
        host.clearTimeout(timer);
        resolve(isSettled);
      };
      this.#wake = () => end(true);
    });
  }

  end(): void {
    this.#isOver = true;
    for (const each of this.undo.splice(0).reverse()) each();
  }

  /** Of timers that are tired only those that fired least, so that none keeps out the others. */
  #leastFired(possible: readonly Parked[]): readonly Parked[] {
    const times = ({ name }: Parked) => this.#fired.get(name) ?? 0;
    const tired = possible.filter((parked) => this.#isTired(parked));
    const least = Math.min(...tired.map(times));
    return possible.filter((parked) => !this.#isTired(parked) || times(parked) === least);
  }

  /** Whether timers of its name have fired so often that others come first. */
  #isTired({ name, delay }: Parked): boolean {
    return delay !== undefined && (this.#fired.get(name) ?? 0) >= this.#ticks;
  }

  #left(fault: FaultKind): number {
    return this.#budgets.get(fault) ?? 0;
  }
}

/** An answer in a few words. */
function answerText(value: unknown): string {
  try {
    const text = JSON.stringify(value) ?? String(value);
    return text.length > 60 ? `${text.slice(0, 59)}…` : text;
  } catch {
    return Object.prototype.toString.call(value);
  }
}

const thrown = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
