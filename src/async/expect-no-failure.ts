import { parseEntry } from '../checker/result/schedule-entry.ts';
import { UsageError } from '../checker/result/usage-error.ts';
import { ReplayError } from '../checker/runs/replay.ts';
import type { Exploration } from './exploration.ts';
import { explore } from './explore.ts';
import { kitOf } from './kit/kit.ts';
import { type Body, type ExploreOptions, settingsOf } from './options.ts';
import { following } from './orders/follow.ts';
import { failureText } from './report/failure-text.ts';
import { ledgerLines } from './report/ledger-text.ts';
import { replayLine, scheduleLines } from './report/schedule-text.ts';
import type { Failure } from './schedule/failure.ts';
import type { FaultBudgets } from './schedule/run.ts';
import { runSchedule } from './schedule/run-schedule.ts';

/** A schedule fails, or not all orders were run. The message is the report. */
export class ScheduleError extends Error {
  /** Undefined for the error of a replay. */
  readonly exploration: Exploration | undefined;

  constructor(lines: readonly string[], exploration: Exploration | undefined, cause: unknown) {
    super(lines.join('\n'), cause === undefined ? undefined : { cause });
    this.name = 'ScheduleError';
    this.exploration = exploration;
  }
}

/**
 * Explores and returns the result. Throws a ScheduleError with the failing schedule where one
 * fails, and where `orders: 'all'` was cut off by `schedulesMax`; and what `explore` throws.
 */
export async function expectNoFailure(
  body: Body,
  options: ExploreOptions = {},
): Promise<Exploration> {
  const exploration = await explore(body, options);
  const [first] = exploration.failing;
  if (first !== undefined) {
    throw new ScheduleError(reportLines(exploration), exploration, causeOf(first.failure));
  }
  const asksAll = options.orders === undefined || options.orders === 'all';
  if (asksAll && exploration.verdict === 'undecided') {
    const lines = [
      `undecided: no schedule fails, and not all were run`,
      'Raise schedulesMax, declare the keys of calls, or ask for { preemptions: 2 }.',
      '',
      ...ledgerLines(exploration).map((line) => `  ${line}`),
    ];
    throw new ScheduleError(lines, exploration, undefined);
  }
  return exploration;
}

/** The result of an exploration as text, one line each. */
export function reportLines(exploration: Exploration): readonly string[] {
  const { failing, verdict } = exploration;
  const runs = failing.flatMap((each) => [
    `VIOLATED   ${failureText(each.failure).split('\n')[0]}`,
    '',
    ...scheduleLines(each),
    '',
  ]);
  const head = failing.length > 0 ? runs : [verdict, ''];
  return [...head, ...ledgerLines(exploration).map((line) => `  ${line}`)];
}

/**
 * Runs the body once, in the order of a schedule, and goes on without an interruption after its
 * last entry. Throws a ScheduleError where the body fails in that order. Throws a ReplayError, with
 * what is possible there, at an entry that cannot be followed: then the code has changed since the
 * schedule was recorded.
 */
export async function replaySchedule(
  body: Body,
  schedule: readonly string[],
  options: Pick<ExploreOptions, 'callTimeout' | 'stepsMax'> = {},
): Promise<void> {
  if (!Array.isArray(schedule) || schedule.some((entry) => typeof entry !== 'string')) {
    throw new UsageError('the schedule is no list of texts', replayLine(['ann.read', 'bob.read']));
  }
  const { callTimeout, stepsMax } = settingsOf(options);
  const faults = budgetsOf(schedule);
  const run = await runSchedule(
    (schedule) => body(kitOf(schedule, () => {})),
    following(schedule),
    {
      faults,
      ticks: Number.POSITIVE_INFINITY,
      isWatched: true,
      callTimeout,
      stepsMax,
    },
  );
  if (run.failure === undefined) {
    const next = schedule[run.steps.length];
    if (next !== undefined) throw new ReplayError(run.steps.length + 1, next, []);
    return;
  }
  const { failure } = run;
  const taken = run.steps.map(({ entry }) => entry);
  const lines = [
    `VIOLATED   ${failureText(failure).split('\n')[0]}`,
    '',
    ...scheduleLines({ failure, schedule: taken, run }),
  ];
  throw new ScheduleError(lines, undefined, causeOf(failure));
}

/** A fault may happen as often as the schedule has it. */
function budgetsOf(schedule: readonly string[]): FaultBudgets {
  const spent = schedule.map((entry) => {
    const { label, picks = [] } = parseEntry(entry) ?? {};
    return picks.find(([name]) => name === 'fault')?.[1] ?? label?.replace(/#.*/, '');
  });
  const times = (fault: string) => spent.filter((each) => each === fault).length;
  return {
    error: times('error'),
    timeout: times('timeout'),
    lost: times('lost'),
    abort: times('abort'),
  };
}

const causeOf = (failure: Failure): unknown => ('error' in failure ? failure.error : undefined);
