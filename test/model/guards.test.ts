import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mutableModel } from './mutation/mutable-model.ts';
import { flowMutants, metBy, type NamedMutant, neverMet } from './mutation/mutants.ts';
import { type Baseline, baselineOf, noticed, type Point, pointsOf } from './mutation/noticing.ts';

/**
 * `npm run mutation`: mutants that are not noticed where they were noticed last are tried at every
 * point, and the tables are written. With RACEWRIGHT_MUTANTS only those whose name matches are
 * tried, at large points as well.
 */
const tries = process.env['RACEWRIGHT_MUTATION'] === '1';
const triedNames = process.env['RACEWRIGHT_MUTANTS'];

const page = readFileSync(new URL('../../docs/fidelity.md', import.meta.url), 'utf8');
const model = await mutableModel();
const { newest, others } = await pointsOf(model);
const baselines = newest
  .flatMap((point) => baselineOf(model, point) ?? [])
  .sort((a, b) => a.states - b.states);

/** The point that notices each mutant. */
const noticedAt: Readonly<Record<string, string>> = read('hints');

/**
 * A point that is not of the newest release, by the condition that it meets and that no point of
 * the newest release does.
 */
const metElsewhere: Readonly<Record<string, string>> = read('met-elsewhere');

function read(name: string) {
  return JSON.parse(readFileSync(fileOf(name), 'utf8'));
}

function write(name: string, table: object): void {
  if (tries) writeFileSync(fileOf(name), `${JSON.stringify(table, null, 2)}\n`);
}

function fileOf(name: string): URL {
  return new URL(`./mutation/${name}.json`, import.meta.url);
}

/**
 * Larger points are tried only where they are known to notice, or one mutant is asked for by name.
 */
const askedMax = Number(process.env['RACEWRIGHT_STATES'] ?? 6000);
const triedMax =
  triedNames === undefined || triedNames === 'untried' ? askedMax : Number.POSITIVE_INFINITY;
const isTried = ({ id }: NamedMutant) => tries && isNamed(id);

function isNamed(id: string): boolean {
  return triedNames === 'untried' ? isUntried(id) : new RegExp(triedNames ?? '').test(id);
}

/** No point is known that notices it, and docs/fidelity.md does not say that none does. */
const isUntried = (id: string): boolean =>
  noticedAt[id] === undefined &&
  !excused('Guards, locks and comparisons that nothing misses').includes(id);

/** The name of a point at which some verdict differs; undefined when none is known. */
function noticerOf(mutant: NamedMutant): string | undefined {
  const isKnown = ({ point }: Baseline) => point.name === noticedAt[mutant.id];
  const concerned = baselines.filter(({ seen }) => seen.has(mutant.seen));
  const untried = concerned.filter((one) => !isKnown(one) && one.states <= triedMax);
  const inOrder = [...concerned.filter(isKnown), ...(isTried(mutant) ? untried : [])];
  const noticer = inOrder.find((baseline) => noticed(model, baseline, mutant.mutant))?.point.name;
  if (isTried(mutant)) console.log(`${mutant.id}: ${noticer ?? 'nothing misses it'}`);
  return noticer;
}

/** The inner items under a heading of docs/fidelity.md. */
function excused(heading: string): readonly string[] {
  const [, section = ''] = page.split(`## ${heading}\n`);
  const [wrapped = ''] = section.split(/\n##/);
  const list = wrapped.replaceAll(/\n {4}(?=\S)/g, ' ');
  return [...list.matchAll(/^ {2}\* `(.+)`$/gm)].map(([, id = '']) => id).sort();
}

describe('the newest release', () => {
  test('some point needs each guard, lock and comparison, except those that docs/fidelity.md lists (npm run mutation)', () => {
    const mutants = flowMutants(model, baselines);
    const noticers = mutants.map((mutant) => [mutant.id, noticerOf(mutant)] as const);
    const found = noticers.filter(([, noticer]) => noticer !== undefined);
    write('hints', Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1))));
    const survivors = noticers.flatMap(([id, noticer]) => (noticer === undefined ? [id] : []));
    const listed = [
      ...excused('Guards, locks and comparisons that nothing misses'),
      ...excused('Guards, locks and comparisons that were not tried yet'),
    ];
    expect(survivors.sort()).toEqual(listed.sort());
  });

  test('the newest release, or another, meets the case of each condition, except those that docs/fidelity.md lists', () => {
    const never = neverMet(model, baselines);
    const elsewhere = tries ? findElsewhere(never) : metElsewhere;
    write('met-elsewhere', elsewhere);
    const excusedIds = excused('Conditions that no point meets');
    expect([...Object.keys(elsewhere), ...excusedIds].sort()).toEqual(never);
  });

  test.each(Object.entries(metElsewhere))('the case %s is met at %s', (id, name) => {
    const point = others.find((one) => one.name === name);
    expect(point, `no scenario expects something at ${name}: npm run mutation`).toBeDefined();
    if (point !== undefined) expect(metAt(point)).toContain(id);
  });
});

/** The conditions that a point meets. */
function metAt(point: Point): readonly string[] {
  const baseline = baselineOf(model, point);
  return baseline === undefined ? [] : metBy(model, baseline);
}

/** For each of the conditions the first of the other points that meets it. */
function findElsewhere(never: readonly string[]): Record<string, string> {
  const found = new Map<string, string>();
  for (const point of others) {
    for (const id of metAt(point)) {
      if (never.includes(id) && !found.has(id)) found.set(id, point.name);
    }
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
