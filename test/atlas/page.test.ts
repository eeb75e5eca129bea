import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { AtlasCell } from '../../src/atlas/atlas.ts';
import type { AtlasDocument } from '../../src/atlas/atlas-document.ts';
import { allPairs, lacksPartner } from '../../src/atlas/pairs.ts';
import { requestNames, requests } from '../../src/atlas/requests.ts';
import { atlasJsonSchema } from '../../src/atlas/schema.ts';
import { classes, findingClass, isTriaged } from '../../src/atlas/triage.ts';
import { AtlasCache } from '../../src/cli/searching/atlas-cache.ts';
import { cellHasher } from '../../src/cli/searching/atlas-hash.ts';
import { newestRelease } from '../../src/model/releases/release-names.ts';
import { scenarios } from '../../src/scenarios/index.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = JSON.parse(read('docs/atlas.json')) as AtlasDocument;
const violated = page.pairs.filter(({ status }) => status === 'violated') as readonly AtlasCell[];

describe('docs/atlas.json', () => {
  test('docs/atlas.json is of the newest release, and has each request and each pair', () => {
    expect(page.release).toBe(newestRelease);
    const alone = requestNames.filter((name) => requests[name].only === undefined);
    const pairs = allPairs.filter(([one, other]) => lacksPartner(one, other) === undefined);
    expect(page.alone.map((cell) => cell.requests)).toEqual(alone.map((name) => [name]));
    expect(page.pairs.map((cell) => cell.requests)).toEqual(pairs);
  });

  test('docs/atlas.json fits its schema, which is the published one', () => {
    const schema = atlasJsonSchema();
    expect(read('schemas/atlas.schema.json')).toBe(`${JSON.stringify(schema, null, 2)}\n`);
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect(validate(page)).toBe(true);
  });

  test('docs/atlas.json has the violated cells of docs/atlas.md, and no other: else npm run atlas', () => {
    const rows = read('docs/atlas.md').match(/^\| \S+ \+ \S+ \|/gm) ?? [];
    const names = violated.map((cell) => `| ${cell.requests.join(' + ')} |`);
    expect([...new Set(rows)]).toEqual(names);
  });
});

describe('triage', () => {
  test('the triage explains at least 95 % of the violated cells', () => {
    const open = violated.filter((cell) => !isTriaged(cell));
    expect(open.length / violated.length).toBeLessThanOrEqual(0.05);
  });

  test('the triage names scenarios that exist', () => {
    const names = Object.keys(scenarios);
    expect(classes.filter(({ shownBy }) => !names.includes(shownBy))).toEqual([]);
  });

  test('the triage has no class without a cell, and none twice', () => {
    const used = new Set(
      violated.flatMap((cell) => cell.findings.map((each) => findingClass(cell, each)?.id)),
    );
    expect(classes.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
    expect(new Set(classes.map(({ id }) => id)).size).toBe(classes.length);
  });
});

describe('the hash of a cell', () => {
  const common = { version: '1', release: newestRelease, faults: [], statesMax: 10 } as const;

  test('the hash of a cell is the same for the same question, and another for another release, fault, bound or pair', async () => {
    const hashes = await Promise.all(
      [
        common,
        { ...common, version: '2' },
        { ...common, release: '2023.1' as const },
        { ...common, faults: ['crash' as const] },
        { ...common, statesMax: 11 },
      ].map(cellHasher),
    );
    const of = hashes.flatMap((hashOf) => [
      hashOf(['attach', 'detach']),
      hashOf(['attach', 'delete']),
      hashOf(['attach']),
    ]);
    expect(new Set(of).size).toBe(of.length);
    expect((await cellHasher(common))(['attach', 'detach'])).toBe(of[0]);
  });
});

describe('the cache of the atlas', () => {
  const cell: AtlasCell = { requests: ['extend'], status: 'holds', findings: [], parts: [] };

  test('the cache of the atlas returns what was put, and nothing for a file that is not whole', () => {
    const folder = mkdtempSync(join(tmpdir(), 'racewright-atlas-'));
    const cache = new AtlasCache(join(folder, 'new'));
    expect(cache.get('a')).toBeUndefined();
    cache.put('a', cell);
    expect(cache.get('a')).toEqual(cell);
    for (const text of ['', '{"requests"', '7', '{}']) {
      writeFileSync(join(folder, 'new', 'a.json'), text);
      expect(cache.get('a')).toBeUndefined();
    }
  });
});
