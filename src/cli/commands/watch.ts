import { spawn } from 'node:child_process';
import { existsSync, type FSWatcher, statSync, watch } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProject, type Project } from '../loading/config-file.ts';
import { isOfCloud } from '../loading/find-scenarios.ts';
import { partsOf } from '../loading/scenarios-of-file.ts';
import { ciFolder } from '../reports/ci.ts';
import type { ExitCode } from '../system/exit-code.ts';
import { exitCodes } from '../system/exit-code.ts';
import { isPart } from '../system/replace-file.ts';
import { printError } from '../system/terminal.ts';

/**
 * Milliseconds without a change after which a file is taken for complete, because editors write it
 * in several steps.
 */
const settleMs = 150;

/**
 * Runs a command again whenever a file changes: in the folder of each named scenario file, or in
 * the model of racewright. Each run is a process of its own, so that it cannot see modules of an
 * older model. Ends with Ctrl-C.
 */
export async function watchAndRun(
  names: readonly string[],
  words: readonly string[],
): Promise<ExitCode> {
  const project = await findProject();
  const folders = foldersOf(names, project);
  const watchers = folders.map((folder) => ({
    folder,
    events: watch(folder, { recursive: true }),
  }));
  const stopped = new Promise<void>((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop());
  });
  const own = [...outputsIn(words), ...outputsOf(project)].map((file) => resolve(file));
  const isOutput = (path: string): boolean =>
    isPart(path) || own.some((file) => path === file || path.startsWith(file + sep));
  const changes = changesOf(watchers, isOutput);
  let isOver = false;
  void stopped.then(() => {
    isOver = true;
  });
  while (!isOver) {
    await runOnce(words);
    printError(['watching for changes; Ctrl-C ends']);
    const changed = await Promise.race([changes.next(), stopped.then(() => undefined)]);
    if (changed !== undefined) printError(['', `${changed} changed`]);
  }
  for (const { events } of watchers) events.close();
  return exitCodes.asExpected;
}

function foldersOf(names: readonly string[], project: Project | undefined): readonly string[] {
  const builtIn = fileURLToPath(new URL('../..', import.meta.url));
  const around = project?.folder ?? (names.length === 0 ? builtIn : process.cwd());
  const folders = names.map((name) => {
    const { file } = partsOf(name);
    if (existsSync(file)) return folderOf(file);
    return isOfCloud(name) ? builtIn : around;
  });
  return folders.length === 0 ? [around] : [...new Set(folders)];
}

const folderOf = (file: string): string =>
  statSync(file).isDirectory() ? resolve(file) : dirname(resolve(file));

/** The files that the configuration makes the command write. */
function outputsOf(project: Project | undefined): readonly string[] {
  if (project === undefined) return [];
  const { reports = {}, check } = project.config;
  const files = [...Object.values(reports), ...(check?.cache === undefined ? [] : [check.cache])];
  return files.map((file) => resolve(project.folder, file));
}

/**
 * The files and folders that the command writes. A change of one of them must not start it again.
 */
export function outputsIn(words: readonly string[]): readonly string[] {
  const after = (flag: string): readonly string[] =>
    words.flatMap((word, i) => {
      if (word.startsWith(`${flag}=`)) return [word.slice(flag.length + 1)];
      return words[i - 1] === flag ? [word] : [];
    });
  const reports = after('--report').flatMap((target) => /^[^=]*=(.+)$/s.exec(target)?.[1] ?? []);
  const folders = [...after('--cache'), ...(words.includes('--ci') ? [ciFolder] : [])];
  return [...reports, ...folders];
}

/** Yields the names of changed files. It keeps a change that comes while nothing waits for it. */
function changesOf(
  watchers: readonly { readonly folder: string; readonly events: FSWatcher }[],
  isOutput: (path: string) => boolean,
) {
  let tell: ((file: string) => void) | undefined;
  let kept: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  const note = (file: string): void => {
    if (tell === undefined) kept = file;
    else tell(file);
    tell = undefined;
  };
  for (const { folder, events } of watchers) {
    events.on('change', (_kind, file) => {
      const name = String(file);
      if (/node_modules|\.git\//.test(name) || isOutput(resolve(folder, name))) return;
      clearTimeout(timer);
      timer = setTimeout(() => note(name), settleMs);
    });
  }
  return {
    next: () =>
      new Promise<string>((resolveNext) => {
        if (kept === undefined) tell = resolveNext;
        else resolveNext(kept);
        kept = undefined;
      }),
  };
}

function runOnce(words: readonly string[]): Promise<void> {
  const script = process.argv[1] ?? '';
  const child = spawn(process.execPath, [script, ...words], { stdio: 'inherit' });
  return new Promise((done) => child.once('exit', () => done()));
}
