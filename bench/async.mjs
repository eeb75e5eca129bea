/**
 * Schedules a second of two tasks with five awaits each, side by side with the scheduler of
 * fast-check in one run. Both run the same body; racewright runs every order, fast-check draws as
 * many.
 */
import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { explore } from 'racewright/async';

const awaits = 5;
const rounds = 7;
const names = ['ann', 'bob'];

async function steps(call) {
  for (let i = 0; i < awaits; i++) await call();
}

async function ours() {
  const { ledger } = await explore(async (kit) => {
    const call = kit.call('call', async () => {});
    const tasks = names.map((name) => kit.task(name, () => steps(call), { begins: 'at once' }));
    await Promise.all(tasks);
  });
  return ledger.schedules;
}

async function theirs(runs) {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const call = scheduler.scheduleFunction(async () => {});
      await scheduler.waitFor(Promise.all(names.map(() => steps(call))));
    }),
    { numRuns: runs },
  );
  return runs;
}

/** Schedules a second of one round. */
async function speed(run) {
  const began = performance.now();
  const schedules = await run();
  return schedules / ((performance.now() - began) / 1000);
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const figures = { ours: [], theirs: [] };
const schedules = await ours();
await theirs(schedules);
for (let round = 0; round < rounds; round++) {
  figures.ours.push(await speed(ours));
  figures.theirs.push(await speed(() => theirs(schedules)));
}
const [mine, other] = [median(figures.ours), median(figures.theirs)];
console.log(`${schedules} schedules, all orders of two tasks with ${awaits} awaits each`);
console.log(`racewright ${Math.round(mine)} schedules/s, fast-check ${Math.round(other)}`);
console.log(`ratio ${(mine / other).toFixed(2)} (medians of ${rounds} rounds in turns)`);
