import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { switchDefinitions } from '../../src/model/releases/switches.ts';

const page = readFileSync(new URL('../../docs/handlers.md', import.meta.url), 'utf8');

/** The rows of the page, each with the flow of its heading and its four cells. */
const rows = page.split(/^## /m).flatMap((section) => {
  const flow = /^.*\(`([^`]+)`\)/.exec(section)?.[1] ?? '';
  const lines = section.split('\n').filter((line) => /^\| (?!what fails|---)/.test(line));
  return lines.map((line) => ({ flow, cells: line.replace(/^\| | \|$/g, '').split(' | ') }));
});

/** What a model cell names in code. */
const namesOf = (cell: string): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

const labels = await labelsOfModel();

describe('docs/handlers.md', () => {
  test('docs/handlers.md has a row of four cells for each handler, with its source', () => {
    expect(rows.length).toBeGreaterThan(100);
    for (const { cells } of rows) {
      expect(cells, cells[0]).toHaveLength(4);
      expect(cells[1]).toMatch(/^(nova|cinder|os-brick):[\w/]+\.py@[\w.]+$/);
      expect(cells[2], cells[0]).not.toBe('');
    }
  });

  test('docs/handlers.md says of each handler how the model has it, or why not', () => {
    const silent = rows.filter(({ cells }) => {
      const cell = cells[3] ?? '';
      return namesOf(cell).length === 0 && !cell.startsWith('left out: ');
    });
    expect(silent).toEqual([]);
  });

  test('docs/handlers.md names labels and switches that exist', () => {
    const unknown = rows.flatMap(({ flow, cells }) => {
      const cell = cells[3] ?? '';
      if (cell.startsWith('left out: ')) return [];
      return namesOf(cell).filter((name) => !exists(name, flow));
    });
    expect(unknown).toEqual([]);
  });
});

/** A switch with a value, a label of any flow, or one of the flow of the heading. */
function exists(name: string, flow: string): boolean {
  const [key = '', value] = name.split('=');
  if (value === undefined) return labels.has(name.includes('.') ? name : `${flow}.${name}`);
  const definitions: Readonly<Record<string, { readonly values: readonly unknown[] }>> =
    switchDefinitions;
  return definitions[key]?.values.includes(value) ?? false;
}

async function labelsOfModel(): Promise<ReadonlySet<string>> {
  const folder = new URL('../../src/model/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const modules = await Promise.all(
    files.map((file): Promise<object> => import(new URL(file, folder).href)),
  );
  const exported = modules.flatMap((module): unknown[] => Object.values(module));
  return new Set(
    exported.flatMap((value) =>
      isFlow(value) ? value.labels.map((label) => `${value.name}.${label}`) : [],
    ),
  );
}

function isFlow(value: unknown): value is { name: string; labels: readonly string[] } {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'flow';
}
