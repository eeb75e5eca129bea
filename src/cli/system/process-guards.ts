import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';
import threads from 'node:worker_threads';
import { replaceSourcesForGood } from '../../checker/purity/replace-sources.ts';
import { SpecError } from '../../spec/spec-error.ts';

/** Functions of the process, kept from before a model could replace them. */
const real = {
  exit: process.exit.bind(process),
  // The types do not have it. `process.exit` calls it in the end.
  reallyExit: (Reflect.get(process, 'reallyExit') as (code: number) => never).bind(process),
  // Nor this one, which `process.kill` looks up each time.
  kill: (Reflect.get(process, '_kill') as (pid: number, signal: number) => number).bind(process),
};

/** Standard output, kept from before it is diverted. */
export const standardOutput = process.stdout;

let code: number | undefined;

/** Ends the process with this code, even if a model listens for the end. */
export function exitWith(exitCode: number): never {
  code = exitCode;
  try {
    return real.exit(exitCode);
  } catch {
    return real.reallyExit(exitCode);
  }
}

/** Does what `process.kill` did before it was guarded: 0 asks whether the process is there. */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): void {
  const failed = real.kill(pid, signal === 0 ? 0 : constants.signals[signal]);
  if (failed === 0) return;
  const code = getSystemErrorName(failed);
  throw Object.assign(new Error(`kill ${code}`), { code });
}

/**
 * To be called before a model is loaded. Ending the process becomes an error of the model, because
 * there would be no verdict and any exit code. Standard output of the model goes to standard error,
 * and clocks and the like are replaced.
 */
export function guardProcess(): void {
  for (const name of ['exit', 'abort', 'kill', '_kill', 'execve', '_debugProcess', '_debugEnd']) {
    replace(name, (...args) => refuse(`it ends the process: ${called(name, args)}`));
  }
  // These would let a model do all of that by another way.
  for (const name of ['binding', '_linkedBinding', 'setUncaughtExceptionCaptureCallback']) {
    replace(name, (...args) => refuse(`it takes over the process: ${called(name, args)}`));
  }
  guardReallyExit();
  for (const name of ['removeAllListeners', 'removeListener', 'off']) keepListeners(name);
  divertOutput();
  // In a thread of the explorer the port belongs to the command.
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
 * Guards the function that Node looks up when it ends. Libraries may replace it to hear of the end;
 * they do not hear of it here.
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

/** Adds a listener that stays even if a model removes all listeners. */
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

/** Functions of `node:fs` that write to the file in their first argument, a number or a path. */
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

/** Functions of `node:fs` whose first argument is only ever a path. */
const openers = [
  [fs, 'open'],
  [fs, 'openSync'],
  [fs, 'createWriteStream'],
  [fs.promises, 'open'],
  [fs.promises, 'writeFile'],
  [fs.promises, 'appendFile'],
] as const;

/** Standard output carries only the report, so the writes of a model go to standard error. */
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

/** Replaces a function by one that calls it with the arguments that `change` returns. */
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
