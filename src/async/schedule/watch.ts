import { createHook } from 'node:async_hooks';
import type { Foreign } from './failure.ts';
import { contexts } from './host.ts';

/** They run before the next turn, so that the scheduler waits for them. */
const drained = new Set(['PROMISE', 'TickObject', 'Microtask', 'AsyncLocalStorage']);

/** The folder of this entry point, as frames have it in modules and in test runners. */
const here = new URL('..', import.meta.url);

/** Whether a frame says nothing about the code under test. */
const isInner = (frame: string): boolean =>
  /\(node:|at node:|at new Promise/.test(frame) ||
  frame.includes(here.href) ||
  frame.includes(here.pathname);

interface Watch {
  /** What was found so far, each place once. */
  foreign(): readonly Foreign[];
  stop(): void;
}

/**
 * Looks for asynchronous resources that code of this run creates outside of the wrapped clients.
 * Source: async_hooks, https://nodejs.org/docs/latest-v20.x/api/async_hooks.html.
 */
export function watchForeign(run: object): Watch {
  const found = new Map<string, Foreign>();
  const hook = createHook({
    init(_id, type) {
      if (drained.has(type)) return;
      const context = contexts.getStore();
      if (context === undefined || context.run !== run || context.isEffect) return;
      const stack = framesHere();
      // Node sets one itself where a callback of process.nextTick throws.
      if (stack === undefined || (type === 'Immediate' && stack.length === 0)) return;
      const place = `${type}\n${stack[0]}`;
      if (!found.has(place)) found.set(place, { type, stack });
    },
  });
  hook.enable();
  return { foreign: () => [...found.values()], stop: () => hook.disable() };
}

/** The frames of the code under test; undefined where the console writes. */
export function framesHere(): readonly string[] | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 50;
  const stack = new Error('here').stack ?? '';
  Error.stackTraceLimit = limit;
  if (stack.includes('node:internal/console')) return undefined;
  const frames = stack.split('\n').slice(1);
  return frames.filter((frame) => !isInner(frame)).map((frame) => frame.trim());
}
