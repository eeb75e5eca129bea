import { UsageError } from '../checker/result/usage-error.ts';
import { followingLoosely } from './orders/follow.ts';
import { happensBefore } from './orders/races.ts';
import { failureText } from './report/failure-text.ts';
import { entryOf, idOf } from './schedule/entry.ts';
import type { Parked } from './schedule/parked.ts';
import type { Chooser, Run } from './schedule/run.ts';

/** The largest number of pairs that are run in both orders. */
const pairsMax = 200;

/**
 * Runs steps in both orders of which keys say that their order does not matter: each pair of names
 * once, where neither happens before the other. A key that is missing shows itself there, if the
 * code comes to another place or the answers differ.
 */
export class CompareOrders {
  readonly #run: (chooser: Chooser) => Promise<Run>;
  readonly #seen = new Set<string>();

  /** `run` runs the body, and notes answers. */
  constructor(run: (chooser: Chooser) => Promise<Run>) {
    this.#run = run;
  }

  /** The number of pairs so far. */
  get pairs(): number {
    return this.#seen.size;
  }

  /** Throws a UsageError for two steps whose order matters although their keys do not meet. */
  async compare(run: Run): Promise<void> {
    const { steps } = run;
    const before = happensBefore(run);
    for (let later = 1; later < steps.length; later++) {
      for (let earlier = 0; earlier < later; earlier++) {
        if (before[later]?.[earlier] === 1 || !this.#isNew(steps, earlier, later)) continue;
        await this.#runBoth(steps, before, earlier, later);
      }
    }
  }

  #isNew(steps: Run['steps'], earlier: number, later: number): boolean {
    const names = [earlier, later].map((i) => nameOf(steps[i]?.choice.parked as Parked));
    const pair = names.sort().join(' ');
    if (this.#seen.has(pair) || this.#seen.size >= pairsMax) return false;
    this.#seen.add(pair);
    return true;
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
    const one = afterBoth(await this.#run(followingLoosely(schedule)), at + 2);
    const other = afterBoth(await this.#run(followingLoosely(swapped)), at + 2);
    const odd = one.findIndex((place, i) => place !== other[i]);
    if (odd === -1 && one.length === other.length) return;
    const place = odd === -1 ? one.length : odd;
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
}

const nameOf = ({ task, label }: Parked): string => idOf(task, label.replace(/#\d+$/, ''));

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
