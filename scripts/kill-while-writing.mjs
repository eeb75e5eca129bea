// Kills the command while it writes a report over an old one, at random moments, and lets the disk
// fail at each write: the old report or the new one must be there, whole, and no killed run may end
// with 0. Usage: node scripts/kill-while-writing.mjs 200

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const times = Number(process.argv[2] ?? 200);
const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const writer = fileURLToPath(new URL('./write-for-ever.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'racewright-kill-'));
const file = join(folder, 'report.json');
const words = [command, 'check', 'seed-race', '--report', `json=${file}`];
const faults = [];

const run = (limits) =>
  spawnSync('sh', ['-c', `${limits}; exec "$0" "$@"`, process.execPath, ...words], {
    env: { ...process.env, XDG_CACHE_HOME: folder },
  });

/** Whether the report is whole: the old one, or the one that a run writes. */
const isWhole = () => {
  try {
    return Array.isArray(JSON.parse(readFileSync(file, 'utf8')).results);
  } catch {
    return false;
  }
};

// A process that only replaces the report, so that nearly every kill comes in the middle of a
// write.
let killed = 0;
let midway = 0;
for (let i = 0; i < times; i++) {
  writeFileSync(file, JSON.stringify({ results: [], old: 'x'.repeat(100_000) }));
  const child = spawn(process.execPath, [writer, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  );
  await new Promise((resolve) => child.stdout.once('data', resolve));
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
  child.kill('SIGKILL');
  const { code, signal } = await ended;
  killed += signal === 'SIGKILL' ? 1 : 0;
  midway += readdirSync(folder).some((name) => name.endsWith('.part')) ? 1 : 0;
  if (!isWhole()) faults.push(`kill ${i}: the report is neither the old one nor the new one`);
  if (code === 0) faults.push(`kill ${i}: it ended with 0`);
}

// A limit on the size of files, in blocks of 512 bytes, makes the write beyond it fail.
writeFileSync(file, JSON.stringify({ results: [], old: true }));
const whole = run('true');
const blocks = Math.ceil(readFileSync(file).length / 512);
const stride = Math.ceil(blocks / times);
for (let limit = 0; limit < blocks - 1; limit += stride) {
  writeFileSync(file, JSON.stringify({ results: [], old: true }));
  const { status } = run(`ulimit -f ${limit}`);
  if (status === 0) faults.push(`limit ${limit}: it ended with 0`);
  if (!isWhole()) faults.push(`limit ${limit}: the old report is lost`);
}
if (whole.status !== 0) faults.push('without a limit it does not end with 0');

rmSync(folder, { recursive: true, force: true });
console.log(
  `${killed} of ${times} killed, ${midway} of them in the middle of a write; ${Math.ceil((blocks - 1) / stride)} sizes of disk; ${faults.length} faults`,
);
for (const fault of faults) console.log(fault);
process.exitCode = faults.length === 0 && killed === times ? 0 : 1;
