/**
 * Made-up models of interchangeable things that refer to one another: `ones`, each with a process
 * and a lock of its own, and `others`. What they do is data, so that one thing can be planted that
 * tells a member from the rest.
 */
import type { Immutable } from '../../src/spec/draft.ts';

export interface Alike {
  readonly ones: { [id: string]: { at: string | null; n: number } };
  readonly others: { [id: string]: { holder: string | null; seen: { [one: string]: true } } };
  turn: string | null;
  queue: string[];
  /** By `lock.a1`. */
  readonly locks: { [name: string]: string };
}

export const conditions = [
  'n is 0',
  'n is 1',
  'at is null',
  'at is other',
  'turn is me',
  'turn is free',
  'queue is empty',
  'queue begins with me',
  'other is free',
  'other saw me',
  'none has n 1',
  'lock is free',
  'always',
] as const;
export type Condition = (typeof conditions)[number];

export const operations = [
  'count n',
  'set at',
  'clear at',
  'take turn',
  'give turn back',
  'queue me',
  'leave queue',
  'hold other',
  'free other',
  'see me',
  'forget me',
  'lock',
  'unlock',
] as const;
export type Operation = (typeof operations)[number];

export interface Rule {
  readonly when: Condition;
  readonly does: readonly Operation[];
}

/** Where one member is told from the others, if anywhere. */
export const plants = [
  'none',
  'step',
  'flow',
  'property',
  'step property',
  'final',
  'init',
] as const;
export type Plant = (typeof plants)[number];

export interface AlikeModel {
  readonly ones: number;
  readonly others: number;
  /** The actions of each one, with each of the others. */
  readonly rules: readonly Rule[];
  /** The steps of the process of each one, with the first free of the others, if any. */
  readonly flow: readonly Rule[];
  readonly never: Condition;
  readonly reachable: Condition;
  readonly ends: Condition | 'anywhere' | 'all done';
  readonly within: number | undefined;
  readonly plant: Plant;
  /** The member that is told from the others, and how. */
  readonly who: number;
  readonly special: Rule;
}

export const onesOf = (model: AlikeModel): readonly string[] =>
  Array.from({ length: model.ones }, (_, i) => `a${i + 1}`);
export const othersOf = (model: AlikeModel): readonly string[] =>
  Array.from({ length: model.others }, (_, i) => `b.${i + 1}`);

/** All names that go with one of `ones`. */
export const namesOf = (one: string): readonly string[] => [one, `run ${one}`, `lock.${one}`];

export function holds(
  condition: Condition,
  state: Immutable<Alike>,
  me: string,
  other: string,
): boolean {
  const one = state.ones[me];
  switch (condition) {
    case 'n is 0':
      return one?.n === 0;
    case 'n is 1':
      return one?.n === 1;
    case 'at is null':
      return one?.at === null;
    case 'at is other':
      return one?.at === other;
    case 'turn is me':
      return state.turn === me;
    case 'turn is free':
      return state.turn === null;
    case 'queue is empty':
      return state.queue.length === 0;
    case 'queue begins with me':
      return state.queue[0] === me;
    case 'other is free':
      return state.others[other]?.holder === null;
    case 'other saw me':
      return state.others[other]?.seen[me] === true;
    case 'none has n 1':
      return Object.values(state.ones).every(({ n }) => n !== 1);
    case 'lock is free':
      return state.locks[`lock.${me}`] === undefined;
    case 'always':
      return true;
  }
}

export function apply(operation: Operation, state: Alike, me: string, other: string): void {
  const one = state.ones[me] as { at: string | null; n: number };
  const its = state.others[other] as { holder: string | null; seen: { [one: string]: true } };
  const act: { readonly [name in Operation]: () => void } = {
    'count n': () => {
      one.n = (one.n + 1) % 2;
    },
    'set at': () => {
      one.at = other;
    },
    'clear at': () => {
      one.at = null;
    },
    'take turn': () => {
      state.turn = me;
    },
    'give turn back': () => {
      state.turn = null;
    },
    'queue me': () => {
      if (!state.queue.includes(me) && state.queue.length < 2) state.queue.push(me);
    },
    'leave queue': () => {
      if (state.queue[0] === me) state.queue.shift();
    },
    'hold other': () => {
      its.holder = me;
    },
    'free other': () => {
      its.holder = null;
    },
    'see me': () => {
      its.seen[me] = true;
    },
    'forget me': () => {
      delete its.seen[me];
    },
    lock: () => {
      state.locks[`lock.${me}`] = other;
    },
    unlock: () => {
      delete state.locks[`lock.${me}`];
    },
  };
  act[operation]();
}
