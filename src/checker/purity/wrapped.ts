import { purity, refuseSource } from './purity.ts';
import type { SourceKind } from './sources.ts';

export type AnyFunction = (...args: unknown[]) => unknown;

/** The same function, but refused while a model is evaluated. All its other properties stay. */
export function refusedWhileAsked(
  original: AnyFunction,
  kind: SourceKind,
  name: string,
): AnyFunction {
  return new Proxy(original, {
    apply(target, self, args) {
      if (purity.asked) refuseSource(kind, name);
      return Reflect.apply(target, self, args);
    },
    construct(target, args, made) {
      if (purity.asked) refuseSource(kind, name);
      return Reflect.construct(target, args, made);
    },
  });
}

/** The same function, which may use all sources. */
export function allowed(original: AnyFunction): AnyFunction {
  return new Proxy(original, {
    apply(target, self, args) {
      const asked = purity.asked;
      purity.asked = false;
      try {
        return Reflect.apply(target, self, args);
      } finally {
        purity.asked = asked;
      }
    },
  });
}

/**
 * A Date that refuses only to read the clock. A date of a given number is a function of that
 * number.
 */
export function refusedDate(date: DateConstructor): DateConstructor {
  const now = refusedWhileAsked(date.now, 'varies', 'Date.now');
  return new Proxy(date, {
    construct(target, args, made) {
      if (purity.asked && args.length === 0) refuseSource('varies', 'new Date()');
      return Reflect.construct(target, args, made);
    },
    apply(target, self, args) {
      if (purity.asked) refuseSource('varies', 'Date()');
      return Reflect.apply(target as unknown as AnyFunction, self, args);
    },
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
}

/** Refuses `format()` and `formatToParts()` without a time, because they read the clock. */
export function refusedFormat(original: AnyFunction, name: string): AnyFunction {
  return new Proxy(original, {
    apply(target, self, args) {
      if (purity.asked && args[0] === undefined) refuseSource('varies', name);
      return Reflect.apply(target, self, args);
    },
  });
}
