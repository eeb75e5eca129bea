import type { Plain } from '../../spec/plain.ts';
import type { ValueRead } from '../result/value-read.ts';
import { PROCESSES } from '../state/slots.ts';
import type { Seen } from './seen.ts';

type Keyed = { [key: string]: unknown };

/**
 * Records which values of a state a function reads. A record counts as read as a whole until one of
 * its values is read. A list always counts as read as a whole.
 */
export class ReadRecorder {
  readonly #values = new Map<string, ValueRead>();

  /** The values in the order in which they were first read. */
  get values(): readonly ValueRead[] {
    return [...this.#values.values()];
  }

  /** A view of the state that records what is read. */
  on({ state, processes }: Seen, when?: ValueRead['when']): Seen {
    const at = when === undefined ? {} : { when };
    const views = new WeakMap<object, object>();
    return {
      state: this.#view(state as Keyed, '', at, views),
      processes: this.#view(processes as Keyed, PROCESS_PATH, at, views),
    } as Seen;
  }

  #view(
    target: Keyed,
    path: string,
    at: Pick<ValueRead, 'when'>,
    views: WeakMap<object, object>,
  ): object {
    const known = views.get(target);
    if (known !== undefined) return known;
    const get = (key: string | symbol): unknown => {
      if (typeof key === 'symbol') return Reflect.get(target, key);
      const isOwn = Object.hasOwn(target, key);
      // A method of all objects is no value of the state.
      if (!isOwn && key in target) return Reflect.get(target, key);
      const inner = path === '' ? key : `${path}.${key}`;
      this.#values.delete(keyOf(path, at));
      const value = target[key];
      this.#note(inner, isOwn ? { value: value as Plain } : {}, at);
      return isRecord(value) ? this.#view(value, inner, at, views) : value;
    };
    // A proxy of a frozen record would have to give its values as they are.
    const view = new Proxy(
      {},
      {
        get: (_, key) => get(key),
        has: (_, key) => Reflect.has(target, key),
        ownKeys: () => Reflect.ownKeys(target),
        getOwnPropertyDescriptor: (_, key) => {
          if (!Object.hasOwn(target, key)) return undefined;
          return { value: target[String(key)], configurable: true, enumerable: true };
        },
        set: () => false,
        deleteProperty: () => false,
        defineProperty: () => false,
      },
    );
    views.set(target, view);
    return view;
  }

  #note(path: string, value: Pick<ValueRead, 'value'>, at: Pick<ValueRead, 'when'>): void {
    const key = keyOf(path, at);
    if (!this.#values.has(key)) this.#values.set(key, { path, ...value, ...at });
  }
}

/** The path of the table of processes in the changes of a step. */
const PROCESS_PATH = PROCESSES.replace(/^#/, '');

const keyOf = (path: string, { when = 'before' }: Pick<ValueRead, 'when'>): string =>
  `${when} ${path}`;

const isRecord = (value: unknown): value is Keyed =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
