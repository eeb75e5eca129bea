import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mutableModel } from './mutation/mutable-model.ts';
import { flowMutants, type NamedMutant, neverMet } from './mutation/mutants.ts';
import { type Baseline, baselineOf, newestPoints, noticed } from './mutation/noticing.ts';

/** `npm run mutation`: mutants that nobody notices where they were noticed last are tried at every point, and the tables are written. */
const tries = process.env['RACEWRIGHT_MUTATION'] === '1';

const page = readFileSync(new URL('../../docs/fidelity.md', import.meta.url), 'utf8');
const model = await mutableModel();
const points = await newestPoints(model);
const baselines = points
  .flatMap((point) => baselineOf(model, point) ?? [])
  .sort((a, b) => a.states - b.states);

/** The point that notices each mutant. */
const noticedAt: Readonly<Record<string, string>> = read('hints');

function read(name: string) {
  return JSON.parse(readFileSync(fileOf(name), 'utf8'));
}

function write(name: string, table: object): void {
  if (tries) writeFileSync(fileOf(name), `${JSON.stringify(table, null, 2)}\n`);
}

function fileOf(name: string): URL {
  return new URL(`./mutation/${name}.json`, import.meta.url);
}

/** The name of a point at which some verdict differs; undefined when none is known. */
function noticerOf(mutant: NamedMutant): string | undefined {
  const isKnown = ({ point }: Baseline) => point.name === noticedAt[mutant.id];
  const concerned = baselines.filter(({ seen }) => seen.has(mutant.seen));
  const others = tries ? concerned.filter((one) => !isKnown(one)) : [];
  const inOrder = [...concerned.filter(isKnown), ...others];
  return inOrder.find((baseline) => noticed(model, baseline, mutant.mutant))?.point.name;
}

/** The inner items under the heading about them in docs/fidelity.md. */
function excused(): readonly string[] {
  const [, section = ''] = page.split('## Guards, locks and comparisons that nothing misses\n');
  const [list = ''] = section.split(/\n##/);
  return [...list.matchAll(/^ {2}\* `(.+)`$/gm)].map(([, id = '']) => id).sort();
}

describe('the newest release', () => {
  test('is missed to have each guard, lock and comparison, but for those that docs/fidelity.md lists: else npm run mutation', () => {
    const mutants = flowMutants(model, baselines);
    const noticers = mutants.map((mutant) => [mutant.id, noticerOf(mutant)] as const);
    const found = noticers.filter(([, noticer]) => noticer !== undefined);
    write('hints', Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1))));
    const survivors = noticers.flatMap(([id, noticer]) => (noticer === undefined ? [id] : []));
    expect(survivors.sort()).toEqual(excused());
  });

  test('meets what each of its conditions is there for, but for those that are listed', () => {
    const never = neverMet(model, baselines);
    write('never-met', never);
    expect(never).toEqual(read('never-met'));
  });
});
