import { expect } from 'vitest';
import { type Body, type ExploreOptions, explore, type Kit } from '../../src/async/index.ts';

/** What a body tells in all schedules, each once, in alphabetical order. */
export async function told(
  body: (kit: Kit, tell: (what: string) => void) => unknown,
  options?: ExploreOptions,
): Promise<readonly string[]> {
  const all = new Set<string>();
  const each: Body = (kit) => body(kit, (what) => all.add(what));
  const { verdict, failing } = await explore(each, options);
  expect(failing.map(({ failure }) => failure)).toEqual([]);
  expect(verdict).toBe('holds');
  return [...all].sort();
}

export const answerOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    (value) => String(value),
    (error: Error) => error.message,
  );
