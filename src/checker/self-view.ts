import type { ProcessActor } from './actors.ts';
import type { Tracker } from './tracker.ts';

/** The `self` of a step: the variables of its process, and `pid`. Reads and writes go to the process's slot. */
export function selfView(actor: ProcessActor, tracker: Tracker): object {
  // Whatever is in the table of processes was put there by the checker and has that shape.
  const vars = () => (tracker.get(actor.slot) as { vars: Record<string, unknown> }).vars;
  return new Proxy(
    {},
    {
      get: (target, key) => {
        if (key === 'pid') return actor.pid;
        if (typeof key === 'symbol') return undefined;
        const own = vars();
        return key in own ? own[key] : Reflect.get(target, key);
      },
      has: (_, key) => key === 'pid' || key in vars(),
      set: (_, key, value) => {
        if (key === 'pid') throw new TypeError("'pid' is read-only");
        vars()[String(key)] = value;
        return true;
      },
      deleteProperty: (_, key) => delete vars()[String(key)],
      ownKeys: () => Object.keys(vars()),
      getOwnPropertyDescriptor: (_, key) => {
        const own = vars();
        const value = typeof key === 'string' && key in own ? own[key] : undefined;
        return value === undefined
          ? undefined
          : { value, enumerable: true, configurable: true, writable: true };
      },
    },
  );
}
