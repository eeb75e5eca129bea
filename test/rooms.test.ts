import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../src/', import.meta.url));

/** They call one another, as the services do. */
const mutual = ['model/cinder -> model/nova', 'model/nova -> model/cinder'];

/** The folders that each folder of src imports, directly. */
function importsByFolder(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => /\.tsx?$/.test(name))) {
    const from = posix.dirname(file);
    const text = readFileSync(join(src, file), 'utf8');
    const imported = found.get(from) ?? new Set();
    found.set(from, imported);
    for (const [, path = ''] of text.matchAll(/(?:from |import\()'(\.[^']+)'/g)) {
      const to = dirname(relative(src, join(src, from, path)));
      // A list of what is in the folders below it may be read with them.
      if (to !== from && !to.startsWith(`${from}/`) && from !== '.') imported.add(to);
    }
  }
  return found;
}

/** All folders that are reached from this one by imports. */
function reachable(from: string, imports: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const seen = new Set<string>();
  const open = [from];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const next of imports.get(folder) ?? []) {
      if (!seen.has(next)) open.push(next);
      seen.add(next);
    }
  }
  return seen;
}

test('no folder of src imports a folder that imports it, directly or through others', () => {
  const imports = importsByFolder();
  expect(imports.size).toBeGreaterThan(30);
  const circles = [...imports].flatMap(([from, all]) =>
    [...all].filter((to) => reachable(to, imports).has(from)).map((to) => `${from} -> ${to}`),
  );
  expect(circles.sort()).toEqual(mutual);
});
