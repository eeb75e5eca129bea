import fc from 'fast-check';
import { entryStatements } from './entry-statements.ts';
import { oddStatements } from './odd-statements.ts';
import { type Entry, IDS, type Memory, newEntry, type Operands, type World } from './statements.ts';
import { tableStatements } from './table-statements.ts';

/** Names of statements with their operands. */
export type Program = readonly (readonly [name: string, operands: Operands])[];

const ordinary = { ...tableStatements, ...entryStatements };
const all = { ...ordinary, ...oddStatements };
/** Statements that only look. */
const looking = [
  'keys',
  'values',
  'json',
  'has',
  'inheritsToString',
  'sameTable',
  'describe',
  'names',
  'whichTable',
  'holdEntry',
  'holdList',
  'hold',
  'sameEntry',
  'readNumber',
  'keysOfEntry',
  'indexOf',
  'jsonOfHeld',
];

const operand = fc.nat({ max: 997 });
const operands = fc.tuple(operand, operand, operand);
const programOf = (names: readonly string[], max: number): fc.Arbitrary<Program> =>
  fc.array(fc.tuple(fc.constantFrom(...names), operands), { minLength: 1, maxLength: max });

export const ordinaryProgram = programOf(Object.keys(ordinary), 7);
export const oddProgram = programOf([...Object.keys(all), ...Object.keys(oddStatements)], 5);
export const lookingProgram = programOf(looking, 4);

/** True when a program may be refused though a plain object would take it. */
export const isOdd = (program: Program): boolean => program.some(([name]) => name in oddStatements);

const subset = <T>(make: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc
    .tuple(fc.subarray([...IDS].sort()), fc.array(make, { minLength: 6, maxLength: 6 }))
    .map(([ids, values]) => Object.fromEntries(ids.map((id, i) => [id, values[i] as T])));

/** A state to begin with. The maker of several sets `who`. */
export const world: fc.Arbitrary<World> = fc.record({
  a: subset(fc.nat({ max: 8 })) as fc.Arbitrary<Record<string, unknown>>,
  b: subset(fc.nat({ max: 8 })) as fc.Arbitrary<Record<string, unknown>>,
  c: subset(operand.map(newEntry)) as fc.Arbitrary<Record<string, Entry>>,
  d: subset(operand.map(newEntry)) as fc.Arbitrary<Record<string, Entry>>,
  list: fc.array(fc.nat({ max: 8 }), { maxLength: 3 }) as fc.Arbitrary<unknown[]>,
  rec: fc.nat({ max: 2 }).map((z) => ({ x: 1, y: { z } }) as Record<string, unknown>),
  n: fc.nat({ max: 4 }),
  seen: fc.constant<string[]>([]),
  who: fc.constant(0),
  by: fc.constant(-1),
});

/** Runs a program; returns its observations. */
export function run(program: Program, state: World, pick: Memory['pick']): string[] {
  const log: string[] = [];
  const memory: Memory = {
    table: undefined,
    entry: undefined,
    list: undefined,
    log: (text) => log.push(String(text)),
    pick,
  };
  for (const [name, given] of program) all[name]?.(state, memory, given);
  return log;
}
