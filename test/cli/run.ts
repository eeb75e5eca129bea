import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** A folder outside of the project, with the command installed in it under its own name. */
export interface Place {
  readonly folder: string;
  /** Path of the command. */
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
  /** Writes files, by path relative to the folder. */
  write(files: { readonly [path: string]: string }): void;
  /** Runs the command and returns all that can be seen of it: what it prints, and how it ends. */
  run(...words: readonly string[]): string;
  /** The same in a folder below. */
  runIn(folder: string, ...words: readonly string[]): string;
}

/** Makes a place that is removed after the tests of the file. */
export function makePlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'racewright-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'bin'));
  const command = join(folder, 'bin', 'racewright');
  symlinkSync(main, command);
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: folder,
    NO_COLOR: '1',
    // Wide enough that a line never breaks elsewhere because a figure in it has one digit more.
    COLUMNS: '120',
  };
  const work = join(folder, 'work');
  mkdirSync(work);
  const runIn: Place['runIn'] = (below, ...words) => {
    const options = { cwd: join(work, below), env, encoding: 'utf8' } as const;
    const { stdout, stderr, status, signal } = spawnSync(
      process.execPath,
      [command, ...words],
      options,
    );
    // A check that takes seconds tells how far it is: on a busy machine each does.
    const said = stderr
      .replace(/^(\d+ of \d+ )?\S+: [\d,]+ states? .* waiting, .*\n/gm, '')
      .replace(/^\d+ of \d+ cells: .*\n/gm, '');
    const parts = [`$ racewright ${words.join(' ')}`, stdout, said && `on stderr:\n${said}`];
    const end = `exit ${status ?? signal}`;
    return steady([...parts.filter((part) => part !== ''), end].join('\n'), folder);
  };
  return {
    folder: work,
    command,
    env,
    write(files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(work, path)), { recursive: true });
        writeFileSync(join(work, path), text);
      }
    },
    run: (...words) => runIn('.', ...words),
    runIn,
  };
}

/** What differs from run to run and from machine to machine is replaced. */
function steady(text: string, folder: string): string {
  return text
    .replaceAll(folder, '<folder>')
    .replace(/ in \d+ ms/g, ' in <time>')
    .replace(/ in [\d.]+ s(?=[;\n])/g, ' in <time>')
    .replace(/"seconds": [\d.]+/g, '"seconds": 0')
    .replace(/"(evaluatedTwice|statesSampled)": \d+/g, '"$1": 0');
}
