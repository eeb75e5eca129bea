import { UsageError } from '../checker/result/usage-error.ts';
import { followingLoosely } from './orders/follow.ts';
import { happensBefore } from './orders/races.ts';
import { randomNumbers } from './orders/random.ts';
import { failureText } from './report/failure-text.ts';
import { entryOf } from './schedule/entry.ts';
import type { Chooser, Run } from './schedule/run.ts';

/** The largest number of pairs that are run in both orders. */
const pairsMax = 200;

/** The largest number of schedules that are run again in another order. */
const mixedMax = 100;

/**
 * Runs steps in other orders of which keys say that they do not matter. A key that is missing shows
 * itself there, if the code comes to another place or the answers differ. Two steps of which
 * neither happens before the other are brought together, once in each order; and a whole schedule
 * is mixed.
 */
export class CompareOrders {
  readonly #run: (chooser: Chooser) => Promise<Run>;
  readonly #isOver: () => boolean;
  readonly #pairs = new Set<string>();
  readonly #left = new Set<string>();
  readonly #random = randomNumbers(1);
  #mixed = 0;

  /** `run` runs the body, and notes answers. Nothing more is run where `isOver` returns true. */
  constructor(run: (chooser: Chooser) => Promise<Run>, isOver: () => boolean) {
    this.#run = run;
    this.#isOver = isOver;
  }

  /** What was run so far. */
  get done(): { readonly pairs: number; readonly left: number; readonly mixed: number } {
    return { pairs: this.#pairs.size, left: this.#left.size, mixed: this.#mixed };
  }

  /** Throws a UsageError for steps whose order matters although their keys do not meet. */
  async compare(run: Run): Promise<void> {
    const { steps } = run;
    const before = happensBefore(run, true);
    let isFree = false;
    for (let later = 1; later < steps.length; later++) {
      for (let earlier = 0; earlier < later; earlier++) {
        if (this.#isOver()) return;
        if (before[later]?.[earlier] === 1) continue;
        isFree = true;
        if (this.#isNew(steps, earlier, later)) await this.#runBoth(steps, before, earlier, later);
      }
    }
    if (isFree && this.#mixed < mixedMax) await this.#runMixed(steps, happensBefore(run, false));
  }

  #isNew(steps: Run['steps'], earlier: number, later: number): boolean {
    const pair = [earlier, later].map((i) => steps[i]?.choice.parked.id).join(' ');
    if (this.#pairs.has(pair) || this.#left.has(pair)) return false;
    const isDone = this.#pairs.size < pairsMax;
    (isDone ? this.#pairs : this.#left).add(pair);
    return isDone;
  }

  /** Brings two steps together, in both orders. What the later one needs comes before them. */
  async #runBoth(
    steps: Run['steps'],
    before: readonly Uint8Array[],
    earlier: number,
    later: number,
  ): Promise<void> {
    const entries = steps.map(({ entry }) => entry);
    const isNeeded = (i: number) => i < earlier || (i < later && before[later]?.[i] === 1);
    const begin = entries.filter((_, i) => isNeeded(i));
    const rest = entries.filter((_, i) => !isNeeded(i) && i !== earlier && i !== later);
    const [first = '', second = ''] = [entries[earlier], entries[later]];
    const schedule = [...begin, first, second, ...rest];
    const swapped = [...begin, second, first, ...rest];
    const at = begin.length;
    const runs = [
      await this.#run(followingLoosely(schedule)),
      await this.#run(followingLoosely(swapped)),
    ] as const;
    // Not both orders are possible where the code waits for both steps, or for one only.
    const follows = (each: Run, order: readonly string[]) =>
      order.slice(0, at + 2).every((entry, i) => each.steps[i]?.entry === entry);
    const fails = runs.some(({ failure }) => failure !== undefined);
    if (!fails && !(follows(runs[0], schedule) && follows(runs[1], swapped))) return;
    const [one, other] = [afterBoth(runs[0], at + 2), afterBoth(runs[1], at + 2)];
    const place = firstOdd(one, other);
    if (place === undefined) return;
    throw new UsageError(
      [
        `the keys of ${first} and ${second} do not meet, and still their order matters`,
        ...(at === 0 ? [] : [`after ${begin.join(' ')}`]),
        `${first} first: ${one[place] ?? 'the end'}`,
        `${second} first: ${other[place] ?? 'the end'}`,
      ].join('\n'),
      'Give them a common key. What the code changes after an answer counts as well.',
    );
  }

  /** Runs the steps of a schedule in a random order that has the same happens-before. */
  async #runMixed(steps: Run['steps'], before: readonly Uint8Array[]): Promise<void> {
    const entries = steps.map(({ entry }) => entry);
    const run = await this.#run(this.#mixing(entries, before));
    if (run.isPruned) return;
    this.#mixed += 1;
    const mixed = run.steps.map(({ entry }) => entry);
    const one = answersOf(await this.#run(followingLoosely(entries)));
    const other = answersOf(run);
    const place = firstOdd(one, other);
    if (place === undefined) return;
    throw new UsageError(
      [
        'two orders of steps that differ in steps without a common key have different answers',
        `in the order ${entries.join(' ')}: ${one[place] ?? 'nothing more'}`,
        `in the order ${mixed.join(' ')}: ${other[place] ?? 'nothing more'}`,
      ].join('\n'),
      'A key is missing. What the code changes after an answer counts as well.',
    );
  }

  /** Draws one of the steps that are left and possible, and gives up where none is. */
  #mixing(entries: readonly string[], before: readonly Uint8Array[]): Chooser {
    const left = new Set(entries.keys());
    return {
      choose: (choices) => {
        const byEntry = new Map(choices.map((choice) => [entryOf(choice), choice]));
        const possible = [...left].filter(
          (i) =>
            byEntry.has(entries[i] as string) &&
            [...left].every((other) => before[i]?.[other] !== 1),
        );
        const next = possible[Math.floor(this.#random() * possible.length)];
        if (next === undefined) return undefined;
        left.delete(next);
        return byEntry.get(entries[next] as string);
      },
    };
  }
}

/** The first place at which two lists differ. */
function firstOdd(one: readonly string[], other: readonly string[]): number | undefined {
  const place = one.findIndex((each, i) => each !== other[i]);
  if (place !== -1) return place;
  return one.length === other.length ? undefined : one.length;
}

/** What is parked and answered from a step on, and how the run ends. */
function afterBoth({ offered, steps, failure }: Run, at: number): readonly string[] {
  const places = offered.slice(at).map((choices, i) => {
    const parked = choices.map(entryOf).sort().join(' ');
    const answer = i === 0 ? undefined : steps[at + i - 1]?.answer;
    return answer === undefined ? parked : `${parked} after the answer ${answer}`;
  });
  const answers = steps
    .slice(at - 2, at)
    .map(({ entry, answer }) => `${entry} answers ${answer ?? 'nothing'}`)
    .sort();
  return [answers.join(', '), ...places, failureText(failure)];
}

/** What each step answered, and how the run ended. */
function answersOf({ steps, failure }: Run): readonly string[] {
  const answers = steps.map(({ entry, answer }) => `${entry} answers ${answer ?? 'nothing'}`);
  return [...answers.sort(), failureText(failure)];
}
