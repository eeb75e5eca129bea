import { meaningOf } from './named.ts';
import type { AnyProperty } from './property.ts';
import { isPlainRecord, isRecord, quoted, refuse } from './refuse.ts';

/** The place of a body in a property. */
export interface Place {
  readonly where: string;
  readonly kind: AnyProperty['kind'];
  /** What the functions in this place are called with. */
  readonly of: 'state' | 'entry' | 'step';
  /**
   * Whether `given` may stand here. It may where the body, and so each of its parts, must be true.
   */
  readonly mayBeGiven: boolean;
}

/** An example of each kind of property, for error messages. */
const forms: { readonly [kind in AnyProperty['kind']]: string } = {
  always: "always('it holds', (state) => state.n > 0)",
  never: "never('it happens', (state) => state.n > 0)",
  reachable: "reachable('it can happen', (state) => state.n > 0)",
  implements: "implements('it counts', counter, (state) => ({ state: { n: state.items.length } }))",
  step: "step('it never falls', (before, action, after) => after.n >= before.n)",
  eventually: "eventually('it happens', (state) => state.n > 0)",
  infinitelyOften: "infinitelyOften('it happens again and again', (state) => state.n > 0)",
  eventuallyAlways: "eventuallyAlways('it stays', (state) => state.n > 0)",
  leadsTo: "leadsTo('one leads to two', (state) => state.n === 1, (state) => state.n === 2)",
};
export const form = (kind: AnyProperty['kind']): string => forms[kind];
export const writtenLike = (kind: AnyProperty['kind']): string =>
  `Write it like this: ${form(kind)}`;

type Fields = { readonly [field: string]: unknown };

/**
 * Throws a SpecError for a value that is no body, or that cannot stand in this place. `name` is
 * what messages call the value.
 */
export function checkBody(
  body: unknown,
  place: Place,
  name: string,
  around: readonly unknown[] = [],
): void {
  if (typeof body === 'function') {
    checkFunction(body, place, name);
    return;
  }
  if (around.includes(body)) {
    refuse(place.where, `${name} contains itself`, 'Write the inner body out.');
  }
  const kind = kindOf(body);
  // Only a record has a kind.
  if (kind !== '' && checkForm(kind, body as Fields, place, name, [...around, body])) return;
  refuse(place.where, `${name} is ${named(body)}`, writtenLike(place.kind));
}

/** Returns false where no form has this kind. Throws a SpecError where the form is wrong. */
function checkForm(
  kind: string,
  body: Fields,
  place: Place,
  name: string,
  within: readonly unknown[],
): boolean {
  const plain = { ...place, mayBeGiven: false };
  switch (kind) {
    case 'every':
    case 'some':
    case 'count':
      mustBeOf(place, ['state', 'entry'], name, kind);
      checkEntries(body, name, plain, within);
      return true;
    case 'parts':
      for (const [part, inner] of partsOf(body, name, place)) {
        checkBody(inner, place, `its part '${part}'`, within);
      }
      return true;
    case 'and':
    case 'or':
      for (const inner of operandsOf(body, name, place, kind)) {
        checkBody(inner, kind === 'and' ? place : plain, `an operand of its \`${kind}\``, within);
      }
      return true;
    case 'not':
      checkBody(body['operand'], plain, 'the operand of its `not`', within);
      return true;
    case 'implies':
    case 'given':
      if (kind === 'given' && !place.mayBeGiven) refuseGiven(name, place);
      checkBody(body['premise'], plain, 'its premise', within);
      checkBody(body['conclusion'], place, 'its conclusion', within);
      return true;
    case 'state':
      mustBeOf(place, ['state', 'entry'], name, 'ofState');
      checkTest(body['test'], 'the test of its `ofState`', place);
      return true;
    case 'before':
    case 'after':
      mustBeOf(place, ['step'], name, kind);
      checkBody(body['operand'], { ...plain, of: 'state' }, `what its \`${kind}\` asks`, within);
      return true;
    case 'everyChanged':
    case 'someChanged':
      mustBeOf(place, ['step'], name, kind);
      checkChanged(kind, body, name, place);
      return true;
    default:
      return false;
  }
}

function checkFunction(test: unknown, place: Place, name: string): void {
  checkTest(test, name, place);
  if (place.of !== 'step' || meaningOf(test) === undefined) return;
  refuse(
    place.where,
    `${name} asks about a state, and stands where a step is asked about`,
    'Say of which state: before(…) or after(…).',
  );
}

function mustBeOf(
  { of, where, kind }: Place,
  allowed: readonly Place['of'][],
  name: string,
  word: string,
): void {
  if (allowed.includes(of)) return;
  if (of === 'step') {
    refuse(
      where,
      `${name} is \`${word}\`, which asks about a state, and stands where a step is asked about`,
      'Say of which state: before(…) or after(…).',
    );
  }
  refuse(
    where,
    `${name} is \`${word}\`, which asks about a step: \`${kind}\` asks about states`,
    `Ask about every step like this: ${form('step')}`,
  );
}

function checkEntries(
  { kind, over, table, part, test, bounds }: Fields,
  name: string,
  place: Place,
  within: readonly unknown[],
): void {
  const ofProcesses = over === 'processes';
  const example = ofProcesses ? "(process) => process.at === 'done'" : "'jobs', (job) => job.done";
  const mend = `Write it like this: ${wordOf(kind, ofProcesses)}(${kind === 'count' ? example.replace(', ', ', { atMost: 1 }, ') : example})`;
  if (typeof table !== 'string' || (ofProcesses && table !== 'processes')) {
    refuse(place.where, `the table of ${name} is ${quoted(table)}`, mend);
  }
  if (over !== 'table' && !ofProcesses) {
    refuse(place.where, `${name} is no \`${quoted(kind)}\` that the vocabulary makes`, mend);
  }
  if (part !== undefined && typeof part !== 'string') {
    refuse(place.where, `what ${name} asks of '${table}' is called ${quoted(part)}`, mend);
  }
  if (kind === 'count') checkBounds(bounds, name, place);
  if (typeof test !== 'function' && kindOf(test) === '') {
    refuse(place.where, `${name} asks ${named(test)} of the entries of '${table}'`, mend);
  }
  checkBody(test, { ...place, of: 'entry' }, `the test of '${table}'`, within);
}

function wordOf(kind: unknown, ofProcesses: boolean): string {
  if (!ofProcesses) return String(kind);
  return kind === 'count' ? 'countProcesses' : `${String(kind)}Process`;
}

const boundNames: readonly string[] = ['atLeast', 'atMost', 'exactly'];

function checkBounds(bounds: unknown, name: string, place: Place): void {
  const mend = 'Give how many: { atLeast: 1 }, { atMost: 1 } or { exactly: 1 }.';
  const entries = isPlainRecord(bounds) ? Object.entries(bounds) : [];
  const isFine = ([bound, number]: readonly [string, unknown]) =>
    boundNames.includes(bound) && Number.isSafeInteger(number) && Number(number) >= 0;
  if (entries.length > 0 && entries.every(isFine)) return;
  refuse(place.where, `${name} counts up to ${quoted(bounds)}`, mend);
}

function checkChanged(kind: string, { table, test }: Fields, name: string, place: Place): void {
  const mend = `Write it like this: ${kind}('jobs', (before, after) => after !== undefined)`;
  if (typeof table !== 'string') {
    refuse(place.where, `the table of ${name} is ${quoted(table)}`, mend);
  }
  if (typeof test !== 'function') {
    refuse(place.where, `${name} asks ${named(test)} of the entries of '${table}'`, mend);
  }
  checkTest(test, `the test of '${table}'`, place);
}

function operandsOf({ operands }: Fields, name: string, place: Place, kind: string) {
  if (Array.isArray(operands) && operands.length > 0) return operands as readonly unknown[];
  return refuse(
    place.where,
    `${name} is \`${kind}\` of nothing`,
    `Give it tests: ${kind}((state) => state.n > 0, (state) => state.n < 9)`,
  );
}

function partsOf({ parts }: Fields, name: string, place: Place) {
  if (isPlainRecord(parts)) return Object.entries(parts);
  return refuse(
    place.where,
    `the parts of ${name} are ${named(parts)}`,
    "Name each of them: all({ 'it is small': (state) => state.n < 9 })",
  );
}

/**
 * Throws a SpecError for an async or generator function: the checker would have to wait for its
 * answer.
 */
export function checkTest(test: unknown, name: string, { where, kind }: Place): void {
  if (typeof test !== 'function') refuse(where, `${name} is ${named(test)}`, writtenLike(kind));
  const later = /Async|Generator/.exec(Object.prototype.toString.call(test))?.[0];
  if (later === undefined) return;
  const mark = later === 'Async' ? 'async' : '*';
  refuse(
    where,
    `${name} does not answer at once: it is marked \`${mark}\``,
    `Answer true or false: remove \`${mark}\`.`,
  );
}

function refuseGiven(name: string, { where, kind }: Place): never {
  const mend =
    kind === 'always'
      ? 'Write one premise: given((state) => one(state) && other(state), conclusion)'
      : `Ask with \`always\`, or write one test: ${form(kind)}`;
  const asks = kind === 'always' ? 'a premise cannot be one' : `\`${kind}\` cannot ask it`;
  return refuse(
    where,
    `${name} is \`given\`, which says what must be true where a premise is: ${asks}`,
    mend,
  );
}

export const kindOf = (value: unknown): string =>
  isRecord(value) && typeof value['kind'] === 'string' ? value['kind'] : '';

/** The value as a message names it, such as `the number 3`. */
export function named(value: unknown): string {
  const kind = kindOf(value);
  if (kind !== '') return `the ${kind}${nameOf(value)}`;
  if (Array.isArray(value)) return `the list ${quoted(value)}`;
  return value instanceof Promise ? 'a promise' : quoted(value);
}

const nameOf = (value: unknown): string =>
  isRecord(value) && typeof value['name'] === 'string' ? ` '${value['name']}'` : '';
