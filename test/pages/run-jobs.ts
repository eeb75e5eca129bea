import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Place } from '../cli/run.ts';

const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A command with its folder, or a module of JavaScript; files by their whole paths. */
export type Job =
  | { readonly folder: string; readonly words: readonly string[] }
  | { readonly module: string };

/** What a job printed to both streams, without the lines that say how far it is. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Runs all jobs in one process, in their order. */
export function runJobs(place: Place, jobs: readonly Job[]): readonly Printed[] {
  const { stdout, stderr, status } = spawnSync(process.execPath, [fileOf('run-jobs.mjs')], {
    cwd: place.folder,
    env: { ...place.env, COLUMNS: '100' },
    input: JSON.stringify({ command: place.command, run: fileOf('../../dist/cli/run.js'), jobs }),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const out = stdout.split('\0');
  const err = stderr.split('\0');
  if (status !== 0 || out.length !== 2 * jobs.length + 1) {
    throw new Error(`the jobs ended with ${status} after ${out.length >> 1}: ${stderr}`);
  }
  return jobs.map((_, i) => ({
    stdout: (out[2 * i] ?? '').trim(),
    code: Number(out[2 * i + 1]),
    stderr: withoutProgress(err[i] ?? '').trim(),
  }));
}

/** A command that takes long on a busy machine tells how far it is. */
const isProgress = (line: string) =>
  /^(\d+ of \d+ )?\S.*: [\d,]+ states.* \([\d,.]+ ?[kM]?\/s\)/.test(line);
const withoutProgress = (text: string) =>
  text
    .split('\n')
    .filter((line) => !isProgress(line))
    .join('\n');
