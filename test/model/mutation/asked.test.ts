import { expect, test } from 'vitest';
import { mutableModel } from './mutable-model.ts';
import { flowMutants, neverMet } from './mutants.ts';
import { baselineOf, noticed, pointsOf } from './noticing.ts';

/**
 * Which guards, locks and comparisons some points miss: `RACEWRIGHT_POINTS=busy-server
 * RACEWRIGHT_MUTANTS=nova/ npm run asked` prints each mutant whose name matches with the first of
 * those points that notices it, and those that no such point meets.
 */
const pointsAsked = process.env['RACEWRIGHT_POINTS'];
const mutantsAsked = new RegExp(process.env['RACEWRIGHT_MUTANTS'] ?? '');

test.runIf(pointsAsked !== undefined)(
  'the points that the command line names notice the mutants',
  async () => {
    const model = await mutableModel();
    const named = new RegExp(pointsAsked ?? '');
    const points = (await pointsOf(model)).newest.filter(({ name }) => named.test(name));
    expect(points, `no point of the newest release matches ${named}`).not.toEqual([]);
    const baselines = points.flatMap((point) => baselineOf(model, point) ?? []);
    for (const { point, states } of baselines) console.log(`${point.name}: ${states} states`);
    for (const { id, seen, mutant } of flowMutants(model, baselines)) {
      if (!mutantsAsked.test(id)) continue;
      const concerned = baselines.filter((baseline) => baseline.seen.has(seen));
      const noticer = concerned.find((baseline) => noticed(model, baseline, mutant));
      console.log(
        noticer === undefined
          ? `  survives   ${id}`
          : `  noticed    ${id}  (${noticer.point.name})`,
      );
    }
    for (const id of neverMet(model, baselines)) {
      if (mutantsAsked.test(id)) console.log(`  never met  ${id}`);
    }
  },
);
