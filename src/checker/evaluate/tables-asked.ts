import type { AnyBody, AnyProperty } from '../../spec/property.ts';
import { SpecError } from '../../spec/spec-error.ts';
import type { Slots } from '../state/slots.ts';

/** Throws a SpecError for a property that asks about the entries of a field that is no table. */
export function checkTables(properties: readonly AnyProperty[], slots: Slots): void {
  for (const property of properties) {
    for (const table of tablesOf(property, tablesIn)) mustBeTable(slots, table, property.name);
  }
}

/**
 * The tables that a property needs entries of: without them it would ask nothing, or only whether
 * there are any.
 */
export const tablesAsked = (property: AnyProperty): readonly string[] =>
  tablesOf(property, tablesNeeded);

/** The tables of which a property asks only the entries that a step changes. */
export const changesAsked = (property: AnyProperty): readonly string[] =>
  tablesOf(property, changesNeeded);

function tablesOf(
  property: AnyProperty,
  ofBody: (body: AnyBody) => readonly string[],
): readonly string[] {
  if ('body' in property) return ofBody(property.body);
  if ('step' in property) return ofBody(property.step);
  if (property.kind === 'implements') return [];
  if (property.kind === 'leadsTo') {
    const { table, from, to } = property;
    return [...(table === undefined ? [] : [table]), ...[from, to].flatMap(ofBody)];
  }
  const { holds } = property;
  return ofBody('step' in holds ? holds.step : holds);
}

function tablesNeeded(body: AnyBody): readonly string[] {
  if (typeof body === 'function') return [];
  switch (body.kind) {
    case 'every':
    case 'some':
      return body.over === 'table' ? [body.table] : [];
    case 'given':
      return [body.premise, body.conclusion].flatMap(tablesNeeded);
    case 'implies':
      return tablesNeeded(body.conclusion);
    case 'parts':
      return Object.values(body.parts).flatMap(tablesNeeded);
    case 'and':
      return body.operands.flatMap(tablesNeeded);
    case 'before':
    case 'after':
      return tablesNeeded(body.operand);
    default:
      return [];
  }
}

function changesNeeded(body: AnyBody): readonly string[] {
  if (typeof body === 'function') return [];
  switch (body.kind) {
    case 'everyChanged':
      return [body.table];
    case 'implies':
      return changesNeeded(body.conclusion);
    case 'parts':
      return Object.values(body.parts).flatMap(changesNeeded);
    case 'and':
      return body.operands.flatMap(changesNeeded);
    default:
      return [];
  }
}

/** Every table that a body names. */
function tablesIn(body: AnyBody): readonly string[] {
  if (typeof body === 'function') return [];
  switch (body.kind) {
    case 'state':
      return [];
    case 'implies':
    case 'given':
      return [body.premise, body.conclusion].flatMap(tablesIn);
    case 'parts':
      return Object.values(body.parts).flatMap(tablesIn);
    case 'and':
    case 'or':
      return body.operands.flatMap(tablesIn);
    case 'not':
    case 'before':
    case 'after':
      return tablesIn(body.operand);
    case 'everyChanged':
    case 'someChanged':
      return [body.table];
    default:
      return [...(body.over === 'table' ? [body.table] : []), ...tablesIn(body.test)];
  }
}

function mustBeTable(slots: Slots, name: string, property: string): void {
  const isOwn = !name.startsWith('#');
  if (isOwn && slots.fields.get(name)?.kind === 'table') return;
  const tables = [...slots.fields.values()]
    .filter((field) => field.kind === 'table' && !field.name.startsWith('#'))
    .map((field) => `'${field.name}'`);
  const known = `The tables are ${tables.join(', ') || 'none'}: fields that are records by id in the initial state.`;
  throw new SpecError({
    what: `it asks about the entries of '${name}', which is not a table`,
    where: `property '${property}'`,
    mend:
      name === 'processes'
        ? 'Ask the processes one by one like this: everyProcess((process) => …)'
        : known,
  });
}
