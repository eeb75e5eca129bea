import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mutableModel } from './mutation/mutable-model.ts';
import { flowMutants, type NamedMutant, neverMet } from './mutation/mutants.ts';
import { type Baseline, baselineOf, newestPoints, noticed } from './mutation/noticing.ts';

/** A busy machine is no reason to fail. */
const timeoutMs = 1_200_000;
const writes = process.env['RACEWRIGHT_WRITE_HINTS'] === '1';

const model = await mutableModel();
const points = await newestPoints(model);
const baselines = points
  .flatMap((point) => baselineOf(model, point) ?? [])
  .sort((a, b) => a.states - b.states);

/** Which point noticed a mutant when the table was written. Only a hint: when it no longer does, all are tried. */
const hinted: Readonly<Record<string, string>> = read('hints');

/** A table that `npm run mutation` writes. */
function read(name: string) {
  return JSON.parse(readFileSync(fileOf(name), 'utf8'));
}

function write(name: string, table: object): void {
  if (writes) writeFileSync(fileOf(name), `${JSON.stringify(table, null, 2)}\n`);
}

function fileOf(name: string): URL {
  return new URL(`./mutation/${name}.json`, import.meta.url);
}

/** The name of a point at which some verdict differs; undefined when none does. */
function killerOf(mutant: NamedMutant): string | undefined {
  const concerned = baselines.filter((baseline) => isConcerned(baseline, mutant));
  const isHinted = ({ point }: Baseline) => point.name === hinted[mutant.id];
  const others = concerned.filter((one) => !isHinted(one));
  const inOrder = [...concerned.filter(isHinted), ...others];
  return inOrder.find((baseline) => noticed(model, baseline, mutant.mutant))?.point.name;
}

/** The point meets what the mutant changes. */
const isConcerned = ({ seen }: Baseline, mutant: NamedMutant): boolean => seen.has(mutant.seen);

/** The mutants that nothing notices. */
function survivorsOf(mutants: readonly NamedMutant[]): readonly string[] {
  const killers = mutants.map((mutant) => [mutant.id, killerOf(mutant)] as const);
  const killed = killers.filter(([, killer]) => killer !== undefined);
  const hints = Object.entries({ ...read('hints'), ...Object.fromEntries(killed) });
  write('hints', Object.fromEntries(hints.sort(([a], [b]) => (a < b ? -1 : 1))));
  return killers.flatMap(([id, killer]) => (killer === undefined ? [id] : [])).sort();
}

describe('the newest release', () => {
  test(
    'needs its guards, locks and comparisons: without one, some scenario ends otherwise, but for those listed',
    () => {
      const survivors = survivorsOf(flowMutants(model, baselines));
      write('survivors', survivors);
      expect(survivors).toEqual(read('survivors'));
    },
    timeoutMs,
  );

  test('is asked for what each of its conditions is there for, but for those listed', () => {
    const never = neverMet(model, baselines);
    write('never-met', never);
    expect(never).toEqual(read('never-met'));
  });
});
