import type { AnyBody, AnyEvery, AnyProperty } from './property.ts';
import { quoted, refuse } from './refuse.ts';

/**
 * Asks an `always` that asks each entry of a table of one entry only, and only where that exists;
 * the ledger says so if it never does.
 *
 * @throws SpecError for a property of another kind, or one that does not ask each entry of a table.
 */
export function forEntry(property: AnyProperty, id: string): AnyProperty {
  const where = `forEntry(${quoted(property.name)}, ${quoted(id)})`;
  if (property.kind !== 'always') {
    return refuse(
      where,
      `it is a '${property.kind}'`,
      "Only an 'always' can be asked of one entry.",
    );
  }
  const tables = new Set<string>();
  const conclusion = narrowed(property.body, id, tables);
  const [table, ...others] = tables;
  if (table === undefined || others.length > 0) {
    return refuse(
      where,
      table === undefined
        ? 'it asks the entries of no table'
        : 'it asks the entries of several tables',
      'Write one of its own, with every(table, test).',
    );
  }
  const exists = (state: object) =>
    (state as { readonly [table: string]: { readonly [id: string]: unknown } })[table]?.[id] !==
    undefined;
  return Object.freeze({
    kind: 'always' as const,
    name: `${property.name}, of ${id}`,
    body: { kind: 'given' as const, premise: exists, conclusion },
  });
}

/** The body with each `every` that must hold asked of one entry. Adds the tables to `tables`. */
function narrowed(body: AnyBody, id: string, tables: Set<string>): AnyBody {
  if (typeof body === 'function') return body;
  if (body.kind === 'every' && body.over === 'table') {
    tables.add(body.table);
    return ofOne(body, id);
  }
  if (body.kind === 'implies' || body.kind === 'given') {
    return { ...body, conclusion: narrowed(body.conclusion, id, tables) };
  }
  if (body.kind === 'and') {
    return { ...body, operands: body.operands.map((operand) => narrowed(operand, id, tables)) };
  }
  if (body.kind === 'parts') {
    const parts = Object.entries(body.parts).map(
      ([name, part]) => [name, narrowed(part, id, tables)] as const,
    );
    return { ...body, parts: Object.fromEntries(parts) };
  }
  return body;
}

const ofOne = (body: AnyEvery, id: string): AnyEvery => ({
  ...body,
  test: {
    kind: 'implies',
    premise: (_entry: unknown, entryId: string) => entryId === id,
    conclusion: body.test,
  },
});
