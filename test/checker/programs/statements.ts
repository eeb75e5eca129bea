/** An entry of the tables `c` and `d`. Programs may leave out fields and add others. */
export interface Entry {
  n: number;
  s?: string;
  l?: unknown[];
  r?: unknown;
  more?: number;
}

/**
 * The data of programs: two tables of numbers, two of records, a list, a record, numbers and the
 * observations.
 */
export interface World {
  a: Record<string, unknown>;
  b: Record<string, unknown>;
  c: Record<string, Entry>;
  d: Record<string, Entry>;
  list: unknown[];
  rec: Record<string, unknown>;
  n: number;
  seen: string[];
  /** Tells the runs of one program apart, and programs; no program reads their values. */
  who: number;
  by: number;
}

/** The memory of a program between its statements, and its effects besides changes of the state. */
export interface Memory {
  table: Record<string, unknown> | undefined;
  entry: Entry | undefined;
  list: unknown[] | undefined;
  readonly log: (text: unknown) => void;
  readonly pick: (name: string, options: readonly number[]) => number;
}

/** Three random numbers that say where a statement acts. */
export type Operands = readonly [x: number, y: number, z: number];
export type Statement = (state: World, memory: Memory, operands: Operands) => void;

export const IDS = ['p', 'q', 'r', 's', '7', '2'] as const;

type Named = Record<string, Record<string, unknown>>;

export const id = (x: number) => IDS[x % IDS.length] as string;
/** Any table. */
export const anyTable = (x: number) => 'abcd'[x % 4] as string;
export const table = (state: World, x: number) =>
  (state as unknown as Named)[anyTable(x)] as Record<string, unknown>;
export const setTable = (state: World, x: number, value: unknown) => {
  (state as unknown as Named)[anyTable(x)] = value as Record<string, unknown>;
};
/** A table of numbers. */
export const numbers = (state: World, x: number) => (x % 2 === 0 ? state.a : state.b);
export const setNumbers = (state: World, x: number, value: Record<string, unknown>) => {
  if (x % 2 === 0) state.a = value;
  else state.b = value;
};
/** A table of records. */
export const records = (state: World, x: number) => (x % 2 === 0 ? state.c : state.d);
export const setRecords = (state: World, x: number, value: Record<string, Entry>) => {
  if (x % 2 === 0) state.c = value;
  else state.d = value;
};
export const newEntry = (x: number): Entry => ({
  // In the order of a state: between two steps the order of keys is forgotten.
  l: [x % 4, (x >> 2) % 4, 3].slice(0, x % 4),
  n: x % 5,
  r: { x: x % 3 },
  s: `st${x % 3}`,
});
/** An entry that is a record: programs put other things into the tables of records, too. */
export const entryOf = (state: World, x: number, y: number): Entry | undefined => {
  const value: unknown = records(state, x)[id(y)];
  return isEntry(value) ? value : undefined;
};
export function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
export const listOf = (entry: Entry | undefined): unknown[] | undefined =>
  Array.isArray(entry?.l) ? entry.l : undefined;
