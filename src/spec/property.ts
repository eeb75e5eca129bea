import type { Immutable } from 'immer';
import type { ProcessTable } from './process.ts';

/** A question about one state. */
export type Test<S> = (state: Immutable<S>, processes: ProcessTable) => boolean;

/** A test as the checker sees it, whatever its state type was. */
export type AnyTest = (state: object, processes: ProcessTable) => boolean;

export type PropertyKind = 'always' | 'never' | 'reachable';

/** A property as the checker sees it. */
export interface AnyProperty {
  readonly kind: PropertyKind;
  /** A sentence in the present tense that an operator would say; unique within a scenario. */
  readonly name: string;
  readonly body: AnyTest | AnyEvery;
}

export interface Property<S> extends AnyProperty {
  /** Only for the compiler: keeps properties of different state types apart. */
  readonly state?: S;
}

/** A test put to every entry of one table; the report names the entry that fails. */
export interface AnyEvery {
  readonly kind: 'every';
  readonly table: string;
  readonly test: (entry: unknown, id: string, state: object, processes: ProcessTable) => boolean;
}

export interface Every<S> extends AnyEvery {
  readonly state?: S;
}

/** The names of the tables of S: those of its fields that hold records by id. */
export type TableName<S> = {
  [K in keyof S]-?: S[K] extends readonly unknown[] ? never : S[K] extends object ? K : never;
}[keyof S] &
  string;

export function makeProperty<S>(kind: PropertyKind, name: string, body: Test<S> | Every<S>) {
  // Types are forgotten here as in makeFlow: the checker passes what the types promise.
  const property: Property<S> = { kind, name, body: body as unknown as AnyTest | AnyEvery };
  return Object.freeze(property);
}
