/**
 * The contenders: this checker and, where it is installed, SPIN. Each run is a process of its own.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Like execFileSync, with the seconds from start to exit. */
function run(command, args, options = {}) {
  const began = performance.now();
  const stdout = execFileSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 26, ...options });
  return { stdout, wall: (performance.now() - began) / 1000 };
}

/** The folder of built scenarios and Promela models while the benchmark runs. Removed at exit. */
function scratchFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'racewright-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Builds the scenarios and, if `withSpin`, the Promela models; the benchmark does not measure this.
 */
export async function prepare(cases, withSpin) {
  const folder = scratchFolder();
  await build({
    entryPoints: [...new Set(cases.map(({ scenario }) => path.join(root, `${scenario}.ts`)))],
    outdir: folder,
    outbase: root,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    alias: { racewright: path.join(root, 'dist', 'index.js') },
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  const pans = new Map();
  if (withSpin) for (const one of cases) if (one.spin) pans.set(one, compile(one.spin, folder));
  return { folder, pans };
}

/** Promela to C to an exact, breadth-first search for safety, without partial-order reduction. */
function compile({ model, define }, folder) {
  const defines = Object.entries(define).map(([key, value]) => `-D${key}=${value}`);
  const cwd = path.join(folder, [model, ...defines].join('').replaceAll(/[^\w]+/g, '-'));
  mkdirSync(cwd);
  run('spin', [...defines, '-a', path.join(root, 'bench', `${model}.pml`)], { cwd });
  const flags = ['-O2', '-w', '-DMEMLIM=18000', '-DBFS', '-DSAFETY', '-DNOREDUCE'];
  run('gcc', [...flags, '-o', 'pan', 'pan.c'], { cwd });
  return path.join(cwd, 'pan');
}

export const spinIsInstalled = () =>
  ['spin', 'gcc'].every((command) => spawnSync(command, ['--version']).error === undefined);

export function measureRacewright({ scenario, given }, memo, { folder }) {
  const built = pathToFileURL(path.join(folder, `${scenario}.mjs`)).href;
  const script = fileURLToPath(new URL('measure.mjs', import.meta.url));
  const { stdout, wall } = run(process.execPath, [script, built, JSON.stringify(given), memo]);
  return { ...JSON.parse(stdout), wall };
}

/** Without the memo, and by hand: see floor.mjs. */
export function measureFloor({ scenario, given }, { folder }) {
  const built = pathToFileURL(path.join(folder, `${scenario}.mjs`)).href;
  const script = fileURLToPath(new URL('floor.mjs', import.meta.url));
  return JSON.parse(run(process.execPath, [script, built, JSON.stringify(given)]).stdout);
}

/**
 * `-A`: an assertion that fails does not end the search, as a violated property does not end ours.
 */
export function measureSpin(pan) {
  const { stdout, wall } = run(pan, ['-A'], { cwd: path.dirname(pan) });
  const number = (pattern) => Number(pattern.exec(stdout)?.[1] ?? Number.NaN);
  return {
    states: number(/([\d.e+]+) states, stored/),
    generated: number(/([\d.e+]+) transitions \(/),
    levels: number(/depth reached (\d+)/) + 1,
    peakBytes: number(/([\d.]+)\s+total actual memory usage/) * 2 ** 20,
    wall,
  };
}

/** The machine and the versions of the measurement. */
export function machine() {
  const require = createRequire(import.meta.url);
  const { version } = require('../package.json');
  const spin = spinIsInstalled() ? run('spin', ['-V']).stdout.trim() : 'not installed';
  return {
    racewright: version,
    node: process.version,
    spin,
    cores: cpus().length,
    load: loadavg()[0],
  };
}
