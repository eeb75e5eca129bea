import { isPreemption } from './orders/bounded.ts';
import { followingLoosely } from './orders/follow.ts';
import { failureText } from './report/failure-text.ts';
import type { Failure } from './schedule/failure.ts';
import type { Chooser, Run } from './schedule/run.ts';

/** The largest number of schedules that are run to make one simpler. */
const triesMax = 300;

/**
 * A simpler schedule that fails in the same way: with fewer faults, then fewer changes of the task,
 * then fewer steps. `run` runs the body.
 */
export async function shrink(failing: Run, run: (chooser: Chooser) => Promise<Run>): Promise<Run> {
  let best = failing;
  let tries = 0;
  const improves = async (schedule: readonly string[]): Promise<boolean> => {
    if (++tries > triesMax) return false;
    // A simpler one that cannot be run, as one without an end, is not simpler.
    const found = await run(followingLoosely(schedule)).catch(() => undefined);
    if (found === undefined || !isSame(found.failure, failing.failure) || !isSimpler(found, best))
      return false;
    best = found;
    return true;
  };
  for (let isBetter = true; isBetter && tries < triesMax; ) {
    isBetter = false;
    for (const schedule of simplerThan(best)) {
      if (await improves(schedule)) {
        isBetter = true;
        break;
      }
    }
  }
  return best;
}

/**
 * Beginnings of the schedule, shortest first; it without a fault; it with a step beside one of its
 * own task; it with one step later.
 */
function* simplerThan({ steps }: Run): Generator<readonly string[]> {
  const entries = steps.map(({ entry }) => entry);
  const tasks = steps.map(({ choice }) => choice.parked.task);
  for (let length = 0; length < entries.length; length++) yield entries.slice(0, length);
  for (const [i, { choice }] of steps.entries()) {
    if (choice.fault !== undefined) yield entries.with(i, choice.parked.id);
  }
  for (let i = 0; i < entries.length; i++) {
    const before = tasks.lastIndexOf(tasks[i], i - 1);
    if (i > 0 && before !== -1 && before < i - 1) yield moved(entries, i, before + 1);
    const after = tasks.indexOf(tasks[i], i + 1);
    if (after > i + 1) yield moved(entries, i, after - 1);
  }
  for (let i = 0; i < entries.length; i++) yield entries.filter((_, other) => other !== i);
}

const moved = (entries: readonly string[], from: number, to: number): readonly string[] =>
  entries.toSpliced(from, 1).toSpliced(to, 0, entries[from] as string);

const isSame = (a: Failure | undefined, b: Failure | undefined): boolean =>
  a !== undefined && failureText(a) === failureText(b);

function isSimpler(a: Run, b: Run): boolean {
  const [left, right] = [measure(a), measure(b)];
  const i = left.findIndex((each, at) => each !== right[at]);
  return i !== -1 && (left[i] as number) < (right[i] as number);
}

/** What makes a schedule hard to read, most of all first. */
function measure({ steps, offered }: Run): readonly number[] {
  const faults = steps.filter(
    ({ choice }) => choice.fault !== undefined || choice.parked.isOptional,
  );
  const preemptions = steps.filter(({ choice }, i) =>
    isPreemption(choice, offered[i] ?? [], steps[i - 1]?.choice.parked),
  );
  return [faults.length, preemptions.length, steps.length];
}
