import type { Schedule } from '../schedule/schedule.ts';
import { type CallOptions, parkCall } from './call.ts';

/** An object that calls listeners: an `EventEmitter` of Node. */
export interface Emitting {
  emit(event: never, ...args: never[]): unknown;
  listenerCount?(event: never): number;
}

/**
 * Parks each event of an emitter. The events of one emitter are delivered in the order in which it
 * emits them.
 */
export function parkEvents(
  schedule: Schedule,
  name: string,
  emitter: Emitting,
  events: readonly string[] | undefined,
): void {
  const target = emitter as { emit: (event: unknown, ...args: unknown[]) => unknown };
  const own = Object.getOwnPropertyDescriptor(emitter, 'emit');
  const emit = target.emit;
  schedule.undo.push(() => {
    if (own === undefined) Reflect.deleteProperty(emitter, 'emit');
    else Object.defineProperty(emitter, 'emit', own);
  });
  const parking = (event: unknown, ...args: unknown[]) => {
    if (events !== undefined && !events.includes(String(event))) {
      return emit.call(emitter, event, ...args);
    }
    const { task } = schedule;
    schedule.park({
      label: `${name} ${String(event)}`,
      queue: name,
      release: () => schedule.guard(task, () => emit.call(emitter, event, ...args)),
    });
    const { listenerCount } = emitter;
    return listenerCount === undefined || listenerCount.call(emitter, event as never) > 0;
  };
  Object.defineProperty(emitter, 'emit', { value: parking, configurable: true, writable: true });
}

/** The same messages, each of which arrives when the scheduler releases it. */
export function parkStream<T>(
  schedule: Schedule,
  name: string,
  messages: AsyncIterable<T> | Iterable<T>,
  options: CallOptions<[]>,
): AsyncIterableIterator<T> {
  const from =
    Symbol.asyncIterator in messages
      ? messages[Symbol.asyncIterator]()
      : messages[Symbol.iterator]();
  const next = () =>
    parkCall(schedule, {
      name: `${name} next`,
      args: [],
      options,
      operation: () => from.next(),
    }) as Promise<IteratorResult<T>>;
  const stream: AsyncIterableIterator<T> = {
    next,
    return: async (value?: unknown) => {
      await from.return?.(value);
      return { done: true, value };
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}
