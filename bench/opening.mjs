// The size of a report and the time until a reader sees it; the time until the explorer shows its
// first page. Not part of CI: wall-clock times of a busy machine say nothing, so the benchmark also
// prints the processor time of the page.
//
//   npm run bench:opening                      reports of a few scenarios, and the explorer
//   npm run bench:opening -- report.html …     these reports

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const samples = ['seed-race', 'shared-connection', 'bug-2048837', 'request-meets-migration'];
const times = 5;

const folder = mkdtempSync(join(tmpdir(), 'racewright-opening-'));
const given = process.argv.slice(2);
const files = given.length > 0 ? given.map((file) => resolve(file)) : samples.map(reportOf);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
});
for (const file of files) {
  const opened = [];
  for (let i = 0; i < times; i++) opened.push(await measure(pathToFileURL(file).href));
  const kilobytes = Math.round(statSync(file).size / 1000);
  console.log(`${file.split('/').at(-1)}: ${kilobytes} kB, ${inWords(opened)}`);
}
if (given.length === 0) {
  const opened = [];
  for (let i = 0; i < times; i++) opened.push(await explorer());
  const started = median(opened.map((one) => one.started));
  const all = median(opened.map((one) => one.started + one.walkable));
  console.log(
    `explore: address after ${started} ms, first steps to choose after ${all} ms (medians of ${times})`,
  );
}
await browser.close();
rmSync(folder, { recursive: true });

function reportOf(scenario) {
  const file = join(folder, `${scenario}.html`);
  spawnSync(process.execPath, [command, 'check', scenario, '--report', `html=${file}`]);
  return file;
}

/**
 * Milliseconds from the beginning of the navigation: to the first frame, and of processor time
 * until then and in all.
 */
async function measure(url) {
  const page = await browser.newPage();
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing', 'loading'] });
  await page.goto(url);
  await page.waitForTimeout(700);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  await page.close();
  const frame = traceEvents.findLast(({ name }) => name === 'firstContentfulPaint');
  const own = traceEvents.filter(({ pid, tid }) => pid === frame.pid && tid === frame.tid);
  const began = own.findLast(({ name, ts }) => name === 'navigationStart' && ts <= frame.ts).ts;
  const tasks = own.filter(({ name, ph, ts }) => /RunTask$/.test(name) && ph === 'X' && ts > began);
  const sum = (some) => some.reduce((all, { tdur = 0 }) => all + tdur, 0) / 1000;
  return {
    shown: (frame.ts - began) / 1000,
    computedUntil: sum(tasks.filter(({ ts }) => ts < frame.ts)),
    computed: sum(tasks),
  };
}

async function explorer() {
  const began = performance.now();
  const child = spawn(process.execPath, [command, 'explore', 'bug-2048837', '--no-open']);
  const url = await new Promise((found) => {
    child.stdout.on('data', (data) => {
      const [address] = /http:\S+/.exec(String(data)) ?? [];
      if (address !== undefined) found(address);
    });
  });
  const started = performance.now() - began;
  const page = await browser.newPage();
  await page.goto(url);
  await page.locator('.choice').first().waitFor();
  const walkable = performance.now() - began - started;
  await page.close();
  child.kill();
  return { started, walkable };
}

function inWords(opened) {
  const [shown, until, all] = ['shown', 'computedUntil', 'computed'].map((key) =>
    median(opened.map((one) => one[key])),
  );
  return `first frame after ${shown} ms, ${until} ms of it computing, ${all} ms in all (medians of ${times})`;
}

function median(values) {
  return Math.round([...values].sort((a, b) => a - b)[values.length >> 1]);
}
