import type { ProcessState } from '../../spec/process.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { dataProperty, isForeign, refuseOddity } from './object-protocol.ts';

/** The variables of a process, changeable or frozen. */
interface Holder {
  readonly vars: { [name: string]: unknown };
}

const TARGET: object = {};

/**
 * The `self` of a step or a guard: the variables of its process, and `pid`. `find` returns the
 * record that `processes.get(pid)` returns, so that both show the same. It is called at the first
 * use of a variable.
 */
export function selfView(pid: string, find: () => ProcessState | undefined): object {
  return new Proxy(TARGET, new SelfView(pid, find));
}

class SelfView implements ProxyHandler<object> {
  readonly #pid: string;
  readonly #find: () => ProcessState | undefined;
  #found: Holder | undefined;

  constructor(pid: string, find: () => ProcessState | undefined) {
    this.#pid = pid;
    this.#find = find;
  }

  get #process(): Holder {
    this.#found ??= this.#find() as Holder | undefined;
    if (this.#found !== undefined) return this.#found;
    throw new SpecError({
      what: 'it uses its variables after it has removed its own process',
      mend: 'Read them before, into a constant.',
    });
  }

  get(_: object, key: string | symbol): unknown {
    return key === 'pid' ? this.#pid : Reflect.get(this.#process.vars, key);
  }

  set(_: object, key: string | symbol, value: unknown): boolean {
    const { vars } = this.#process;
    if (key === 'pid' || Object.isFrozen(vars)) {
      throw new TypeError(`Cannot assign to read only property '${String(key)}' of self`);
    }
    return Reflect.set(vars, key, value);
  }

  has(_: object, key: string | symbol): boolean {
    return key === 'pid' || key in this.#process.vars;
  }

  deleteProperty(_: object, key: string | symbol): boolean {
    return Reflect.deleteProperty(this.#process.vars, key);
  }

  defineProperty(_: object, key: string | symbol, property: PropertyDescriptor): boolean {
    if (key === 'pid') throw new TypeError("'pid' is read-only");
    return Reflect.defineProperty(this.#process.vars, key, property);
  }

  setPrototypeOf(): never {
    return refuseOddity('variables with another prototype');
  }

  preventExtensions(): never {
    return refuseOddity('frozen or sealed variables');
  }

  ownKeys(): (string | symbol)[] {
    return Reflect.ownKeys(this.#process.vars);
  }

  getOwnPropertyDescriptor(_: object, key: string | symbol): PropertyDescriptor | undefined {
    const { vars } = this.#process;
    if (isForeign(key) && !Object.hasOwn(vars, key)) return undefined;
    return Object.hasOwn(vars, key) ? dataProperty(Reflect.get(vars, key)) : undefined;
  }
}
