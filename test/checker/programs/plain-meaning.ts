import { type Program, run } from './program.ts';
import type { World } from './statements.ts';

/** Thrown for what no state can hold. */
export class NoState extends Error {}

/**
 * Every way in which a program can go on a plain copy of a state, as texts that say the state which
 * it leads to.
 */
export function outcomesOf(program: Program, before: World, by: number): string[] {
  const outcomes: string[] = [];
  for (const answers of wholeRuns(program, before)) {
    const after = { ...structuredClone(before), by };
    after.seen = run(program, after, answering(answers));
    outcomes.push(textOf(after));
  }
  return outcomes;
}

/**
 * The text of a state: two states are equal if their texts are. Throws NoState for what is no plain
 * data.
 */
export function textOf(world: World): string {
  for (const name of ['a', 'b', 'c', 'd'] as const) {
    if (!isRecord(world[name])) throw new NoState(`${name} is no table`);
  }
  return JSON.stringify(sorted(world, []));
}

export function answering(answers: readonly number[]) {
  let at = 0;
  return (_name: string, options: readonly number[]) => options[answers[at++] ?? 0] as number;
}

class Blocked extends Error {}

/** The answers to the picks of each run that is not cut short by a pick without options. */
function wholeRuns(program: Program, before: World): number[][] {
  const runs: number[][] = [];
  const open: number[][] = [[]];
  for (let answers = open.pop(); answers !== undefined; answers = open.pop()) {
    const taken: number[] = [];
    const prefix = answers;
    const pick = (_name: string, options: readonly number[]) => {
      if (options.length === 0) throw new Blocked();
      const answer = prefix[taken.length];
      if (answer === undefined) {
        for (let other = options.length - 1; other > 0; other--) open.push([...taken, other]);
      }
      taken.push(answer ?? 0);
      return options[answer ?? 0] as number;
    };
    try {
      run(program, structuredClone(before), pick);
      runs.push(taken);
    } catch (error) {
      if (!(error instanceof Blocked)) throw error;
    }
  }
  return runs;
}

/** A copy with sorted keys. */
function sorted(value: unknown, above: readonly object[]): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? 0 : value;
  if (typeof value !== 'object') throw new NoState(`a ${typeof value}`);
  if (above.includes(value)) throw new NoState('a cycle');
  refuseOddObject(value);
  const chain = [...above, value];
  if (Array.isArray(value)) return Array.from(value, (part) => sorted(part, chain));
  const entries = Object.entries(value).map(([key, part]) => [key, sorted(part, chain)] as const);
  return entries.sort(([one], [other]) => (one < other ? -1 : 1));
}

function refuseOddObject(value: object): void {
  const isList = Array.isArray(value);
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== (isList ? Array.prototype : Object.prototype)) throw new NoState('a class');
  if (Object.getOwnPropertySymbols(value).length > 0) throw new NoState('a symbol');
  for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    if (isList && key === 'length') continue;
    if (!('value' in property) || property.enumerable !== true) throw new NoState('hidden');
    if (isList && !/^\d+$/.test(key)) throw new NoState('a list with a property');
  }
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
