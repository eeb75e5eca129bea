import { AsyncLocalStorage } from 'node:async_hooks';

/** The context in which code runs: the task that it belongs to, and whether a wrapped call runs. */
export interface Context {
  /** The schedule that is being run. */
  readonly run: object;
  /** The name of the task; undefined in the body itself. */
  readonly task: string | undefined;
  /** True inside the operation that a wrapped call stands for. */
  readonly isEffect: boolean;
}

/** Follows a task through all that it awaits. Costs nothing before its first use. */
export const contexts = new AsyncLocalStorage<Context>();

/**
 * What the scheduler itself needs of Node. It is taken when this module is loaded, so that neither
 * fake timers nor replaced globals reach it.
 */
export const host = {
  setImmediate: globalThis.setImmediate,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
};

/** Waits until all microtasks and `process.nextTick` callbacks have run. */
export const turn = (): Promise<void> => new Promise((resolve) => host.setImmediate(resolve));
