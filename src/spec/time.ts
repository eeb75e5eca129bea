import { type Action, makeAction } from './action.ts';
import type { Draft, Immutable } from './draft.ts';
import type { Plain } from './plain.ts';
import { quoted, refuse } from './refuse.ts';

/** Running timers by id, with the remaining ticks of each. A state holds them as a table. */
export type Timers = { [id: string]: number };

/** The names of the fields of S that hold timers. */
export type TimersOf<S> = {
  [K in keyof S]-?: S[K] extends Timers ? K : never;
}[keyof S] &
  string;

export interface TimeOptions<S> {
  /** Tables of timers that a process may notice late: time goes on when one of them is over. */
  readonly timers?: readonly TimersOf<S>[];
  /**
   * Tables of timers that a process notices at once: time stands still while one of them is over.
   */
  readonly urgent?: readonly TimersOf<S>[];
  /** The name of the action in which time passes; 'tick' by default. */
  readonly name?: string;
}

/** Discrete time for systems whose state is S. */
export interface Time<S> {
  /**
   * The action in which time passes: every timer has one tick less. It is enabled while some timer
   * runs and no urgent one is over. List it in `actions`.
   */
  readonly tick: Action<S>;
  /**
   * Sets a timer to so many ticks, even if it runs already. Throws a SpecError for a value that is
   * not a whole number from 0 to 10,000.
   */
  start(timers: Timers, id: string, ticks: number): void;
  /** Removes a timer: a timer without a reader only multiplies the states. */
  stop(timers: Timers, id: string): void;
  /** True for a timer that was started and has no tick left; false where there is none. */
  isOver(timers: Readonly<Timers>, id: string): boolean;
}

/** A model needs no more ticks, because each is a state of its own. */
const ticksMax = 10_000;

/**
 * Discrete time with timers that count down to 0. The number of states stays finite, because a
 * timer ends at 0 and time stands still where no timer runs. Source of the idea: explicit-time
 * specifications (Lamport, Real Time is Really Simple, 2005).
 */
export function makeTime<S extends object>(options: TimeOptions<S>): Time<S> {
  const { timers = [], urgent = [], name = 'tick' } = options;
  // A table that is named twice still loses one tick at a time.
  const tables = [...new Set<string>([...timers, ...urgent])];
  if (tables.length === 0) {
    refuse('time', 'it has no table of timers', "Name one: time({ timers: ['timeouts'] })");
  }
  const of = (state: object, table: string): Timers => timersIn(state, table);
  const tick = makeAction<S>({
    name,
    when: (state: Immutable<S>) =>
      tables.some((table) => Object.values(of(state, table)).some((left) => left > 0)) &&
      urgent.every((table) => Object.values(of(state, table)).every((left) => left > 0)),
    do: (state: Draft<S>) => {
      for (const table of tables) {
        const running = of(state as object, table);
        for (const [id, left] of Object.entries(running)) if (left > 0) running[id] = left - 1;
      }
    },
  });
  return { tick, start, stop, isOver };
}

function start(timers: Timers, id: string, ticks: number): void {
  if (!Number.isInteger(ticks) || ticks < 0 || ticks > ticksMax) {
    refuse(
      `timer '${id}'`,
      `it is set to ${quoted(ticks)} ticks`,
      `Set it to a whole number from 0 to ${ticksMax}.`,
    );
  }
  timers[id] = ticks;
}

function stop(timers: Timers, id: string): void {
  delete timers[id];
}

const isOver = (timers: Readonly<Timers>, id: string): boolean => timers[id] === 0;

/** The types are forgotten here: `TimersOf` has made sure that the table holds timers. */
function timersIn(state: object, table: string): Timers {
  const timers = (state as { readonly [field: string]: Plain | undefined })[table];
  if (typeof timers === 'object' && timers !== null && !Array.isArray(timers)) {
    return timers as Timers;
  }
  return refuse(
    'time',
    `the state has no table '${table}' of timers`,
    `Begin with an empty one: init: () => ({ ${table}: {} })`,
  );
}
