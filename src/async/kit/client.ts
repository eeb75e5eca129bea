import { types } from 'node:util';
import { UsageError } from '../../checker/result/usage-error.ts';
import { contexts } from '../schedule/host.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { framesHere } from '../schedule/watch.ts';
import { type CallOptions, type Described, parkCall } from './call.ts';

type AsyncMethods<T> = {
  [K in keyof T & string]: T[K] extends (...args: never[]) => PromiseLike<unknown> ? K : never;
}[keyof T & string];

/** How the methods of a client are parked. */
export interface ClientOptions<T> extends Omit<CallOptions, 'describe'> {
  /**
   * The methods that return promises: their names, or for each a function that names a call and
   * says its keys. All other members stay as they are.
   */
  readonly methods:
    | readonly AsyncMethods<T>[]
    | {
        readonly [K in AsyncMethods<T>]?: T[K] extends (...args: infer A) => unknown
          ? (...args: A) => Described
          : never;
      };
}

type Method = (...args: readonly unknown[]) => unknown;

/**
 * The client, the calls of whose methods are parked. Methods run on the client itself, since those
 * with private fields work on nothing else. Another method that returns a promise is named as not
 * wrapped: the scheduler does not know when it ends.
 */
export function clientOf<T extends object>(
  schedule: Schedule,
  client: T,
  { methods, ...options }: ClientOptions<T>,
): T {
  const described = new Map<string, CallOptions['describe']>(
    Array.isArray(methods)
      ? methods.map((name: string) => [name, undefined] as const)
      : (Object.entries(methods as object) as [string, CallOptions['describe']][]),
  );
  for (const name of described.keys()) {
    if (typeof Reflect.get(client, name) !== 'function') {
      throw new UsageError(`the client has no method '${name}'`, 'Name those that it has.');
    }
  }
  const known = new Map<PropertyKey, readonly [unknown, unknown]>();
  const wrapped = (name: PropertyKey, method: Method): unknown => {
    if (typeof name !== 'string' || !described.has(name)) {
      return passing(schedule, client, proxy, name, method);
    }
    const describe = described.get(name);
    const how = (describe === undefined ? options : { ...options, describe }) as CallOptions;
    return (...args: readonly unknown[]) =>
      parkCall(schedule, {
        name,
        args,
        operation: () => Reflect.apply(method, client, args),
        options: how,
      });
  };
  const proxy: T = new Proxy(shadowOf(client), {
    ...forwarding(client),
    get(_shadow, name) {
      const value: unknown = Reflect.get(client, name, client);
      if (typeof value !== 'function' || name === 'constructor') return value;
      const before = known.get(name);
      if (before?.[0] === value) return before[1];
      const now = wrapped(name, value as Method);
      known.set(name, [value, now]);
      return now;
    },
  });
  return proxy;
}

/** What a proxy stands for: a frozen client would not let its methods be replaced. */
function shadowOf<T extends object>(client: T): T {
  const shadow = typeof client === 'function' ? function shadow() {} : {};
  return Object.setPrototypeOf(shadow, Reflect.getPrototypeOf(client)) as T;
}

/** Everything else reaches the client itself. */
function forwarding<T extends object>(client: T): ProxyHandler<T> {
  return {
    set: (_shadow, name, value) => Reflect.set(client, name, value, client),
    has: (_shadow, name) => Reflect.has(client, name),
    deleteProperty: (_shadow, name) => Reflect.deleteProperty(client, name),
    defineProperty: (_shadow, name, how) => Reflect.defineProperty(client, name, how),
    ownKeys: (shadow) => [...new Set([...Reflect.ownKeys(client), ...Reflect.ownKeys(shadow)])],
    getOwnPropertyDescriptor: (shadow, name) => {
      const own = Reflect.getOwnPropertyDescriptor(shadow, name);
      const theirs = Reflect.getOwnPropertyDescriptor(client, name);
      if (theirs === undefined || own?.configurable === false) return own;
      return { ...theirs, configurable: true };
    },
    getPrototypeOf: () => Reflect.getPrototypeOf(client),
    apply: (_shadow, self, args) =>
      Reflect.apply(client as unknown as Method, self, args as readonly unknown[]),
  };
}

/** A method that is not parked, with its own properties. */
function passing(
  schedule: Schedule,
  client: object,
  proxy: object,
  name: PropertyKey,
  method: Method,
): unknown {
  return new Proxy(method, {
    apply: (_method, self, args: readonly unknown[]) => {
      const answer = Reflect.apply(method, self === proxy ? client : self, args);
      const isInside = contexts.getStore()?.isEffect ?? false;
      if (schedule.isWatched && !isInside && types.isPromise(answer)) {
        const type = `a promise of '${String(name)}', which the methods of the client do not name`;
        schedule.foreign.push({ type, stack: framesHere() ?? [] });
      }
      return answer;
    },
  });
}
