import { UsageError } from '../../checker/result/usage-error.ts';
import { SpecError } from '../../spec/spec-error.ts';
import type { Failure } from './failure.ts';
import { turn } from './host.ts';
import type { Choice } from './parked.ts';
import type { Chooser, FaultBudgets, Run } from './run.ts';
import { Schedule } from './schedule.ts';
import { catchUnhandled } from './unhandled.ts';
import { watchForeign } from './watch.ts';

/** Unhandled rejections belong to one run at a time. */
let running: { readonly over: Promise<void>; readonly signal: AbortSignal | undefined } | undefined;

export interface RunOptions {
  readonly faults: FaultBudgets;
  readonly ticks: number;
  readonly isWatched: boolean;
  /** The largest number of steps of a schedule. */
  readonly stepsMax: number;
  /** How long an operation behind a wrapped call may take, in milliseconds. */
  readonly callTimeout: number;
  /** Where it is aborted no further schedule of this exploration is run. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs the body once, in the order that the chooser says. */
export async function runSchedule(
  begin: (schedule: Schedule) => unknown,
  chooser: Chooser,
  options: RunOptions,
): Promise<Run> {
  // The last schedules of a test that timed out take turns with those of the next test.
  const isEnding = () => running?.signal?.aborted === true || options.signal?.aborted === true;
  while (running !== undefined && isEnding()) await running.over;
  if (running !== undefined) {
    throw new UsageError(
      'another exploration is running',
      'Await one before the next: no two at once, none in a body. One whose test has timed out goes on\nunless it has the signal of the test.',
    );
  }
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  running = { over, signal: options.signal };
  try {
    return await runAlone(begin, chooser, options);
  } finally {
    running = undefined;
    end();
  }
}

async function runAlone(
  begin: (schedule: Schedule) => unknown,
  chooser: Chooser,
  options: RunOptions,
): Promise<Run> {
  const schedule = new Schedule(options);
  const watch = options.isWatched ? watchForeign(schedule) : undefined;
  const release = catchUnhandled({
    rejection: (error) => {
      schedule.failure ??= { kind: 'unhandled', error };
    },
    exception: (error) => {
      schedule.failure ??= { kind: 'uncaught', error };
    },
  });
  const offered: (readonly Choice[])[] = [];
  try {
    const end = await follow(schedule, begin, chooser, options, offered);
    refuseMisuse(end.failure);
    const foreign = [...(watch?.foreign() ?? []), ...schedule.foreign];
    const failure: Failure | undefined =
      foreign.length > 0 ? { kind: 'uncontrolled', resources: foreign } : end.failure;
    const { steps, parked, withdrawn, states, openTasks } = schedule;
    const open = [...openTasks];
    return { steps, failure, isPruned: end.isPruned, parked, withdrawn, open, offered, states };
  } finally {
    watch?.stop();
    schedule.end();
    release();
  }
}

/** What is wrong in the test or in its model is no failure of the code. */
function refuseMisuse(failure: Failure | undefined): void {
  const error = failure !== undefined && 'error' in failure ? failure.error : undefined;
  if (error instanceof UsageError || error instanceof SpecError) throw error;
}

type End = Pick<Run, 'failure' | 'isPruned'>;

async function follow(
  schedule: Schedule,
  begin: (schedule: Schedule) => unknown,
  chooser: Chooser,
  { callTimeout, stepsMax }: RunOptions,
  offered: (readonly Choice[])[],
): Promise<End> {
  let end: End | undefined;
  const fail = (error: unknown) => {
    end ??= { failure: { kind: 'failed', error }, isPruned: false };
  };
  const body = schedule.within(undefined, async () => begin(schedule));
  body.then(() => {
    end ??= { failure: undefined, isPruned: false };
  }, fail);
  for (;;) {
    await turn();
    if (schedule.effects.size > 0) {
      if (!(await schedule.settle(callTimeout))) return unsettled(schedule, callTimeout);
      continue;
    }
    const choices = schedule.choices();
    offered.push(choices);
    const over = await endAt(schedule, end);
    if (over !== undefined) return over;
    if (choices.every(({ parked }) => parked.isOptional)) return deadlock(schedule);
    const choice = chooser.choose(choices, schedule.steps);
    if (choice === undefined) return { failure: undefined, isPruned: true };
    if (schedule.steps.length === stepsMax) throw endless(schedule);
    schedule.take(choice);
  }
}

/** Whether the run is over before a further step: the body ended, or something failed. */
async function endAt(schedule: Schedule, end: End | undefined): Promise<End | undefined> {
  // The checks also note the state of the code, which is of interest where the body fails.
  const failure = schedule.checks.length === 0 ? undefined : await failedCheck(schedule);
  if (end?.failure !== undefined) return end;
  if (schedule.failure !== undefined) return { failure: schedule.failure, isPruned: false };
  return failure === undefined ? end : { failure, isPruned: false };
}

async function failedCheck(schedule: Schedule): Promise<Failure | undefined> {
  try {
    for (const check of schedule.checks) await schedule.aside(check);
    return undefined;
  } catch (error) {
    return { kind: 'failed', error };
  }
}

/** The schedule may only be unfair, so that it says nothing about the code. */
function endless({ steps }: Schedule): UsageError {
  const last = steps.slice(-3).map(({ entry }) => entry);
  return new UsageError(
    `a schedule has not ended after ${steps.length} steps; the last are ${last.join(' ')}`,
    'End what comes again and again, as a retry, or raise stepsMax. Of an interval say how often it\nmay fire: { ticks: 3 }.',
  );
}

function deadlock({ openTasks }: Schedule): End {
  return { failure: { kind: 'deadlock', waiting: [...openTasks] }, isPruned: false };
}

function unsettled({ effects }: Schedule, callTimeout: number): End {
  const [entry = ''] = effects;
  return { failure: { kind: 'unsettled', entry, seconds: callTimeout / 1000 }, isPruned: false };
}
