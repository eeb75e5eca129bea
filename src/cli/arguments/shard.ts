import { InvalidArgumentError, Option } from '@commander-js/extra-typings';

/** One of several parts of a command, counted from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

/** The flag `--shard`. `conflicts` are flags that only make sense where one process does all. */
export const shardOption = (conflicts: readonly string[]) =>
  new Option('--shard <i/n>', "do the i-th of n parts, and print a document for 'racewright merge'")
    .argParser(shardFrom)
    .conflicts([...conflicts]);

function shardFrom(text: string): Shard {
  const [, part = 0, of = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text.trim()) ?? []).map(Number);
  if (part >= 1 && part <= of) return { part, of };
  throw new InvalidArgumentError('Expected a part and their number: 1/4 to 4/4.');
}

/** The words of a command without `--shard`. */
export function withoutShard(words: readonly string[]): readonly string[] {
  return words.filter(
    (word, i) => word !== '--shard' && words[i - 1] !== '--shard' && !word.startsWith('--shard='),
  );
}
