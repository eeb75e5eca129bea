import { own } from './own.ts';
import type { Parameters } from './parameters.ts';
import { isPlainRecord, isRecord, quoted, refuse, refuseUnknown } from './refuse.ts';

const fields = ['given', 'violates', 'states', 'generated', 'levels', 'reason'];

/**
 * Throws a SpecError for an expectation that could never be compared as it is written: one that
 * names an unknown parameter, value or figure, or one about a point that another expectation has,
 * too.
 */
export function checkExpectations(given: unknown, parameters: Parameters, where: string): void {
  if (given === undefined) return;
  const form = "List them: expect: [{ given: { lock: 'no' }, violates: { 'it holds': 7 } }]";
  if (!Array.isArray(given)) refuse(where, `\`expect\` is ${quoted(given)}`, form);
  const points = new Map<string, number>();
  for (const [i, expectation] of (given as readonly unknown[]).entries()) {
    const place = `${where}, expectation ${i + 1}`;
    if (!isRecord(expectation)) refuse(place, `it is ${quoted(expectation)}`, form);
    refuseUnknown(expectation, fields, 'field of an expectation', place);
    checkFigures(expectation, place);
    checkViolated(expectation['violates'], place);
    const point = JSON.stringify(pointOf(expectation['given'], parameters, place));
    const before = points.get(point);
    if (before !== undefined) {
      refuse(place, `expectation ${before} is about the same point`, 'Write one of the two.');
    }
    points.set(point, i + 1);
  }
}

function pointOf(given: unknown, parameters: Parameters, where: string): readonly unknown[] {
  if (given !== undefined && !isPlainRecord(given)) {
    refuse(where, `\`given\` is ${quoted(given)}`, "Name parameters: given: { lock: 'no' }");
  }
  const names = Object.keys(parameters);
  const odd = Object.keys(given ?? {}).find((name) => !names.includes(name));
  if (odd !== undefined) {
    const known = names.length === 0 ? 'It has none.' : `It has ${names.join(', ')}.`;
    refuse(where, `the scenario has no parameter '${odd}'`, known);
  }
  for (const [name, value] of Object.entries(given ?? {})) {
    const { values = [] } = own(parameters, name) ?? {};
    if (value === undefined || (values as readonly unknown[]).includes(value)) continue;
    const known = `It can be ${values.join(', ')}.`;
    refuse(where, `the parameter '${name}' cannot be ${quoted(value)}`, known);
  }
  return names.map((name) => own(given ?? {}, name) ?? own(parameters, name)?.default);
}

function checkFigures(expectation: { readonly [field: string]: unknown }, where: string): void {
  for (const figure of ['states', 'generated', 'levels']) {
    const value = expectation[figure];
    if (value === undefined || isCount(value)) continue;
    refuse(where, `\`${figure}\` is ${quoted(value)}`, 'Give a whole number.');
  }
}

function checkViolated(violates: unknown, where: string): void {
  const form =
    "Give the steps of each violated property: violates: { 'it holds': 7 }, null for any";
  if (violates === undefined) return;
  if (!isPlainRecord(violates)) refuse(where, `\`violates\` is ${quoted(violates)}`, form);
  for (const [name, steps] of Object.entries(violates)) {
    if (steps === null || isCount(steps)) continue;
    refuse(where, `it expects '${name}' to be violated after ${quoted(steps)} steps`, form);
  }
}

const isCount = (value: unknown): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
