import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import threads from 'node:worker_threads';
import { replaceSourcesForGood } from '../../checker/purity/replace-sources.ts';
import { SpecError } from '../../spec/spec-error.ts';

/** Functions of the process as they were before a model could call them. */
const real = {
  exit: process.exit.bind(process),
  // Not in the types, and called by `process.exit` in the end.
  reallyExit: (Reflect.get(process, 'reallyExit') as (code: number) => never).bind(process),
  kill: process.kill.bind(process),
};

/** Standard output as it was. */
export const standardOutput = process.stdout;

let code: number | undefined;

/** Ends the process with this code, whatever a model does when it is told that the process ends. */
export function exitWith(exitCode: number): never {
  code = exitCode;
  try {
    return real.exit(exitCode);
  } catch {
    return real.reallyExit(exitCode);
  }
}

/** `process.kill` as it was. */
export const sendSignal = real.kill;

/**
 * To be called before a model is loaded. Makes it an error of the model when it ends the process:
 * it would end without a verdict, and with any exit code. What it writes to standard output goes to
 * standard error, and clocks and the like are replaced.
 */
export function guardProcess(): void {
  for (const name of ['exit', 'abort', 'kill', '_kill', 'execve', '_debugProcess', '_debugEnd']) {
    replace(name, (...args) => refuse(`it ends the process: ${called(name, args)}`));
  }
  // With these it could do all of that without calling it.
  for (const name of ['binding', '_linkedBinding', 'setUncaughtExceptionCaptureCallback']) {
    replace(name, (...args) => refuse(`it takes over the process: ${called(name, args)}`));
  }
  guardReallyExit();
  for (const name of ['removeAllListeners', 'removeListener', 'off']) keepListeners(name);
  divertOutput();
  // In a thread of the explorer: what is said there of a check is said by the command.
  Reflect.set(threads, 'parentPort', null);
  replaceSourcesForGood();
  syncBuiltinESMExports();
}

type Called = (...args: readonly unknown[]) => unknown;

function replace(name: string, replacement: Called): void {
  const before: unknown = Reflect.get(process, name);
  if (typeof before === 'function') Reflect.set(process, name, replacement);
}

function called(name: string, args: readonly unknown[]): string {
  const shown = args.filter((arg) => typeof arg !== 'object' && typeof arg !== 'function');
  return `process.${name}(${shown.map(String).join(', ')})`;
}

function refuse(what: string): never {
  throw new SpecError({
    what,
    mend: 'A model only computes. Where something must not happen, state a property or throw an error.',
  });
}

/**
 * Node looks it up when it ends. Others that replace it, as libraries do to be told of the end, are
 * not heard.
 */
function guardReallyExit(): void {
  const exit = (given: unknown): never =>
    code === undefined
      ? refuse(`it ends the process: ${called('reallyExit', [given])}`)
      : real.reallyExit(code);
  Object.defineProperty(process, 'reallyExit', {
    get: () => exit,
    set: () => undefined,
    enumerable: true,
    configurable: false,
  });
}

const kept: { readonly event: string; readonly listener: Called }[] = [];

/** Has this told of an event of the process, also when a model takes all listeners away. */
export function listenAlways(event: string, listener: Called): void {
  kept.push({ event, listener });
  process.on(event as 'exit', listener as () => void);
}

function keepListeners(name: string): void {
  const original = Reflect.get(process, name) as Called;
  replace(name, (...args) => {
    Reflect.apply(original, process, args);
    for (const { event, listener } of kept) {
      if (process.listeners(event as 'exit').includes(listener as () => void)) continue;
      process.on(event as 'exit', listener as () => void);
    }
    return process;
  });
}

/**
 * Functions of `node:fs` that write to the file that their first argument names, by its number or
 * its path.
 */
const writers = [
  'write',
  'writeSync',
  'writev',
  'writevSync',
  'writeFile',
  'writeFileSync',
  'appendFile',
  'appendFileSync',
] as const;

/** Functions that take the path of a file, and no number. */
const openers = [
  [fs, 'open'],
  [fs, 'openSync'],
  [fs, 'createWriteStream'],
  [fs.promises, 'open'],
  [fs.promises, 'writeFile'],
  [fs.promises, 'appendFile'],
] as const;

/**
 * Standard output belongs to the command: what a model writes there is shown, but not in a report.
 */
function divertOutput(): void {
  Object.defineProperty(process, 'stdout', { get: () => process.stderr, configurable: true });
  for (const name of writers) wrap(fs, name, (args) => diverted(args, 2));
  for (const [holder, name] of openers) wrap(holder, name, (args) => diverted(args, '/dev/stderr'));
  for (const name of ['close', 'closeSync']) {
    wrap(fs, name, (args) =>
      args[0] === 1 ? refuse(`it closes standard output: fs.${name}(1)`) : args,
    );
  }
}

/** Lets `change` see the arguments before the function does, and put others in their place. */
function wrap(
  holder: object,
  name: string,
  change: (args: readonly unknown[]) => readonly unknown[],
): void {
  const original = Reflect.get(holder, name) as Called;
  const apply = (target: Called, self: unknown, args: unknown[]): unknown =>
    Reflect.apply(target, self, change(args));
  Reflect.set(holder, name, new Proxy(original, { apply }));
}

const isOutputPath = /^\/(dev\/stdout|(dev|proc\/self)\/fd\/1)$/;

function diverted(
  [file, ...rest]: readonly unknown[],
  instead: number | string,
): readonly unknown[] {
  const isPath = typeof file === 'string' && isOutputPath.test(file);
  const others = rest.map((part) =>
    typeof part === 'object' && part !== null && Reflect.get(part, 'fd') === 1
      ? { ...part, fd: 2 }
      : part,
  );
  return [isPath || file === 1 ? instead : file, ...others];
}
