import { spawn } from 'node:child_process';
import { existsSync, type FSWatcher, watch } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printable } from '../report/value-text.ts';
import type { ExitCode } from './exit-code.ts';
import { exitCodes } from './exit-code.ts';

/** Editors write a file in several steps; this long after the last one it is whole. */
const settleMs = 150;

/**
 * Runs the command that follows, again whenever a file changes: in the folder of each scenario file that is named, or in
 * the model that racewright comes with. Each run is a process of its own, so that nothing of an older model is left.
 * Ends with Ctrl-C.
 */
export async function watchAndRun(
  names: readonly string[],
  words: readonly string[],
): Promise<ExitCode> {
  const watchers = foldersOf(names).map((folder) => watch(folder, { recursive: true }));
  const stopped = new Promise<void>((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop());
  });
  const changes = changesOf(watchers);
  let isOver = false;
  void stopped.then(() => {
    isOver = true;
  });
  while (!isOver) {
    await runOnce(words);
    process.stderr.write('watching for changes; Ctrl-C ends\n');
    const changed = await Promise.race([changes.next(), stopped.then(() => undefined)]);
    if (changed !== undefined) process.stderr.write(`\n${printable(changed)} changed\n`);
  }
  for (const watcher of watchers) watcher.close();
  return exitCodes.asExpected;
}

function foldersOf(names: readonly string[]): string[] {
  const files = names.map((name) => name.replace(/(\.[cm]?[jt]s):[\w-]+$/, '$1'));
  const own = files.filter((file) => existsSync(file)).map((file) => dirname(resolve(file)));
  const builtIn = fileURLToPath(new URL('..', import.meta.url));
  return [...new Set(own.length < files.length || files.length === 0 ? [...own, builtIn] : own)];
}

/** Names of changed files, one at a time, those in between forgotten. */
function changesOf(watchers: readonly FSWatcher[]) {
  let tell: ((file: string) => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  for (const watcher of watchers) {
    watcher.on('change', (_kind, file) => {
      if (/node_modules|\.git\//.test(String(file))) return;
      clearTimeout(timer);
      timer = setTimeout(() => tell?.(String(file)), settleMs);
    });
  }
  return {
    next: () =>
      new Promise<string>((resolveNext) => {
        tell = resolveNext;
      }),
  };
}

function runOnce(words: readonly string[]): Promise<void> {
  const script = process.argv[1] ?? '';
  const child = spawn(process.execPath, [script, ...words], { stdio: 'inherit' });
  return new Promise((done) => child.once('exit', () => done()));
}
