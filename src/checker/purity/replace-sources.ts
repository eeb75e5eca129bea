import { promiseMade } from './purity.ts';
import { printers, promiseSource, type SourceKind, sources } from './sources.ts';
import {
  type AnyFunction,
  allowed,
  refusedDate,
  refusedFormat,
  refusedWhileAsked,
} from './wrapped.ts';

/** A property of an object of the platform, and a function that makes its replacement. */
interface Target {
  readonly holder: object;
  readonly key: string;
  readonly replacement: (original: PropertyDescriptor) => PropertyDescriptor | undefined;
}

interface Replaced {
  readonly holder: object;
  readonly key: string;
  readonly original: PropertyDescriptor;
  readonly now: PropertyDescriptor;
}

/** The current replacements. */
let replaced: readonly Replaced[] = [];
let isReplaced = false;
let isForGood = false;
let stopHook: (() => void) | undefined;
/** Replacements by their originals, so that a function always gets the same one. */
const made = new WeakMap<object, PropertyDescriptor>();
const own = new WeakSet<object>();

/**
 * Replaces the sources for good, also for code that is loaded later and keeps `const { now } =
 * Date`. Another call replaces what others have put there meanwhile.
 */
export function replaceSourcesForGood(): void {
  isForGood = true;
  isReplaced = false;
  replaceSources();
}

/**
 * Replaces the sources until the current task ends, so that other code never sees them. Outside of
 * an evaluation a replacement does what its original does.
 */
export function replaceSources(): void {
  if (isReplaced) return;
  isReplaced = true;
  replaced = targets().flatMap(replace);
  if (!isForGood) void Promise.resolve().then(giveBack);
  shareWithModules();
  stopHook ??= hookPromises();
}

function giveBack(): void {
  if (isForGood) return;
  for (const { holder, key, original, now } of replaced) {
    const present = Object.getOwnPropertyDescriptor(holder, key);
    // Other code may have replaced it meanwhile, as a test with its own clock does.
    if (present?.value === now.value && present?.get === now.get) {
      Reflect.defineProperty(holder, key, original);
    }
  }
  replaced = [];
  stopHook?.();
  stopHook = undefined;
  isReplaced = false;
}

function replace({ holder, key, replacement }: Target): Replaced[] {
  const original = Object.getOwnPropertyDescriptor(holder, key);
  const identity: unknown = original?.value ?? original?.get;
  if (original === undefined || typeof identity !== 'function' || own.has(identity)) return [];
  const now = made.get(identity) ?? replacement(original);
  if (now === undefined || !Reflect.defineProperty(holder, key, now)) return [];
  made.set(identity, now);
  own.add(now.value ?? now.get);
  return [{ holder, key, original, now }];
}

let known: readonly Target[] | undefined;

function targets(): readonly Target[] {
  // The places of the sources never change, only their values.
  known ??= [...printing(), ...refused(), ...ofTime()];
  return known;
}

function refused(): Target[] {
  const asked = promiseHooks() === undefined ? [...sources, promiseSource] : sources;
  return asked.flatMap(({ kind, path, ofNode, names }) => {
    const root = ofNode ? nodeModule(path[0] as string) : objectAt(path);
    const named = (key: string) => [...path, key].join('.');
    return found(root, names).map(({ holder, key }) => ({
      holder,
      key,
      replacement: (original) => refusedDescriptor(original, kind, named(key)),
    }));
  });
}

function printing(): Target[] {
  return printers.flatMap(({ path, names }) =>
    found(objectAt(path), names).map(({ holder, key }) => ({
      holder,
      key,
      replacement: (original) =>
        typeof original.value === 'function'
          ? { ...original, value: allowed(original.value as AnyFunction) }
          : undefined,
    })),
  );
}

/** The functions that read the current time unless they are given a time. */
function ofTime(): Target[] {
  const date = objectAt(['Date']) as DateConstructor | undefined;
  const format = objectAt(['Intl', 'DateTimeFormat', 'prototype']);
  if (date === undefined || !isObject(format)) return [];
  const dated = (original: PropertyDescriptor): PropertyDescriptor => ({
    ...original,
    value: refusedDate(original.value as DateConstructor),
  });
  const getter = (original: PropertyDescriptor): PropertyDescriptor => ({
    ...original,
    get(this: unknown) {
      const bound = original.get?.call(this) as AnyFunction;
      return refusedFormat(bound, 'Intl.DateTimeFormat.format');
    },
  });
  const parts = (original: PropertyDescriptor): PropertyDescriptor => ({
    ...original,
    value: refusedFormat(original.value as AnyFunction, 'Intl.DateTimeFormat.formatToParts'),
  });
  return [
    { holder: globalThis, key: 'Date', replacement: dated },
    { holder: date.prototype, key: 'constructor', replacement: dated },
    { holder: format, key: 'format', replacement: getter },
    { holder: format, key: 'formatToParts', replacement: parts },
  ];
}

function refusedDescriptor(
  original: PropertyDescriptor,
  kind: SourceKind,
  name: string,
): PropertyDescriptor | undefined {
  const { value, get } = original;
  if (typeof value === 'function') {
    return { ...original, value: refusedWhileAsked(value as AnyFunction, kind, name) };
  }
  if (get === undefined) return undefined;
  const read = refusedWhileAsked(get, kind, name);
  return {
    ...original,
    get(this: unknown): unknown {
      const found: unknown = Reflect.apply(read, this, []);
      return typeof found === 'function'
        ? refusedWhileAsked(found as AnyFunction, kind, name)
        : found;
    },
  };
}

/** The objects, in the chain of prototypes, that define these names. */
function found(
  root: unknown,
  names: readonly string[],
): { readonly holder: object; readonly key: string }[] {
  return names.flatMap((key) => {
    const holder = holderOf(root, key);
    return holder === undefined ? [] : [{ holder, key }];
  });
}

function holderOf(root: unknown, key: string): object | undefined {
  if (!isObject(root)) return undefined;
  return Object.hasOwn(root, key) ? root : holderOf(Object.getPrototypeOf(root), key);
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function objectAt(path: readonly string[]): unknown {
  let value: unknown = globalThis;
  for (const key of path) {
    if (!isObject(value)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

type Node = { readonly getBuiltinModule?: (name: string) => unknown };

/** A module of Node, if this is Node. Importers of the module get the same functions. */
function nodeModule(name: string): unknown {
  const node = objectAt(['process']) as Node | undefined;
  return node?.getBuiltinModule?.(`node:${name}`);
}

let isShared = false;

/**
 * Makes imports such as `import { randomInt } from 'node:crypto'` get the replacements. They stay,
 * because this takes too long to repeat.
 */
function shareWithModules(): void {
  if (isShared) return;
  isShared = true;
  const modules = nodeModule('module') as { syncBuiltinESMExports?: () => void } | undefined;
  modules?.syncBuiltinESMExports?.();
}

type Hooks = { readonly onInit: (told: () => void) => () => void };

function promiseHooks(): Hooks | undefined {
  return (nodeModule('v8') as { readonly promiseHooks?: Hooks } | undefined)?.promiseHooks;
}

function hookPromises(): (() => void) | undefined {
  return promiseHooks()?.onInit(promiseMade);
}
