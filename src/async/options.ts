import { UsageError } from '../checker/result/usage-error.ts';
import type { Kit } from './kit/kit.ts';
import { AllOrders } from './orders/all-orders.ts';
import { BoundedPreemptions } from './orders/bounded.ts';
import { PriorityOrders, RandomOrders } from './orders/random.ts';
import type { Strategy } from './orders/strategy.ts';
import type { FaultBudgets } from './schedule/run.ts';

/**
 * What is run in each schedule: it makes all that changes, begins the tasks, waits for them, and
 * throws where the outcome is wrong.
 */
export type Body = (kit: Kit) => unknown;

/** Which schedules are run. */
export type Orders =
  /** One for each set of orders that can differ; all of them where no keys are declared. */
  | 'all'
  /** All orders in which tasks are interrupted at most so often. */
  | { readonly preemptions: number }
  /** So many schedules, each step of which is drawn. */
  | { readonly random: number; readonly seed?: number }
  /** So many schedules with random priorities; `depth` is the number of ordered steps, 3. */
  | { readonly priorities: number; readonly depth?: number; readonly seed?: number };

export interface ExploreOptions {
  /** Which schedules are run; `all` by default. */
  readonly orders?: Orders;
  /** How often each fault may happen in one schedule; never by default. */
  readonly faults?: FaultBudgets;
  /**
   * How often timers of one name may fire in one schedule while something else can go on, as the
   * ticks of an interval. As often as they like by default: then an interval may fire for ever.
   */
  readonly ticks?: number;
  /** Ends the exploration between two schedules; it is undecided then if none has failed. */
  readonly signal?: AbortSignal;
  /** The exploration stops after so many schedules, and is undecided; 10,000 by default. */
  readonly schedulesMax?: number;
  /** A schedule with more steps is refused; 1,000 by default. */
  readonly stepsMax?: number;
  /** True to go on after a failing schedule, and to collect different failures. */
  readonly goesOn?: boolean;
  /** How long the operation behind a call may take, in milliseconds; 5,000 by default. */
  readonly callTimeout?: number;
}

export interface Settings {
  readonly orders: Orders;
  readonly ticks: number;
  readonly signal: AbortSignal | undefined;
  readonly faults: FaultBudgets;
  readonly schedulesMax: number;
  readonly stepsMax: number;
  readonly goesOn: boolean;
  readonly callTimeout: number;
}

const KNOWN = [
  'orders',
  'faults',
  'ticks',
  'signal',
  'schedulesMax',
  'stepsMax',
  'goesOn',
  'callTimeout',
];
const FAULTS = ['error', 'timeout', 'lost', 'abort'];

/** The options with their defaults. Throws a UsageError for what is no option. */
export function settingsOf(options: ExploreOptions): Settings {
  refuseUnknown('option', Object.keys(options), KNOWN);
  refuseUnknown('fault', Object.keys(options.faults ?? {}), FAULTS);
  for (const [fault, times] of Object.entries(options.faults ?? {})) {
    refuseNoCount(`the budget of fault '${fault}'`, times, 0);
  }
  const { schedulesMax = 10_000, stepsMax = 1_000, callTimeout = 5_000 } = options;
  if (options.ticks !== undefined) refuseNoCount('ticks', options.ticks, 0);
  refuseNoCount('stepsMax', stepsMax, 1);
  refuseNoCount('schedulesMax', schedulesMax, 1);
  refuseNoCount('callTimeout', callTimeout, 1);
  return {
    orders: options.orders === undefined ? 'all' : options.orders,
    faults: options.faults ?? {},
    ticks: options.ticks ?? Number.POSITIVE_INFINITY,
    signal: options.signal,
    schedulesMax,
    stepsMax,
    goesOn: options.goesOn ?? false,
    callTimeout,
  };
}

/** The schedules to run. `reduces` is false where every order counts. */
export function strategyOf(orders: Orders, reduces: () => boolean): Strategy {
  if (orders === 'all') return new AllOrders(reduces);
  if (typeof orders === 'object' && orders !== null) {
    if ('preemptions' in orders) {
      refuseNoCount('preemptions', orders.preemptions, 0);
      return new BoundedPreemptions(orders.preemptions);
    }
    if ('random' in orders) {
      refuseNoCount('random', orders.random, 1);
      return new RandomOrders(orders.random, seedOf(orders));
    }
    if ('priorities' in orders) {
      const { depth = 3 } = orders;
      refuseNoCount('priorities', orders.priorities, 1);
      refuseNoCount('depth', depth, 1);
      return new PriorityOrders(orders.priorities, seedOf(orders), depth);
    }
  }
  throw new UsageError(
    `orders is ${JSON.stringify(orders)}`,
    "It is 'all', { preemptions: 2 }, { random: 1000 } or { priorities: 1000 }.",
  );
}

/** The seed of orders that are drawn: a whole number; 1 by default. */
export function seedOf({ seed = 1 }: { readonly seed?: number }): number {
  if (Number.isSafeInteger(seed)) return seed;
  throw new UsageError(`seed is ${String(seed)}`, 'It is a whole number.');
}

function refuseUnknown(what: string, names: readonly string[], known: readonly string[]): void {
  const odd = names.find((name) => !known.includes(name));
  if (odd === undefined) return;
  throw new UsageError(`there is no ${what} '${odd}'`, `There are ${known.join(', ')}.`);
}

function refuseNoCount(what: string, value: unknown, least: number): void {
  if (Number.isSafeInteger(value) && (value as number) >= least) return;
  throw new UsageError(`${what} is ${String(value)}`, `It is a whole number from ${least} on.`);
}
