import type { DecisionTrees } from '../transitions/decision-trees.ts';
import type { Region } from './arena.ts';

/** Copies the words of all trees that have changed since the last call to the kernel's memory. */
export function copyTrees(trees: DecisionTrees, pool: Region): void {
  const { words, end } = trees.pool;
  const { places, from } = trees.changes();
  pool.reserve(end);
  pool.words.set(words.subarray(from, end), from);
  for (const place of places) pool.words[place] = words[place] as number;
}
