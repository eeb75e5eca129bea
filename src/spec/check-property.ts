import type { AnyProperty, LeadsToProperty } from './property.ts';
import { isPlainRecord, isRecord, quoted, refuse } from './refuse.ts';

/**
 * Throws a SpecError for a property whose words have no meaning: a body of the wrong form, or one
 * that the kind of the property cannot ask. The command does not type-check a file. What is not
 * refused here is judged as it says. `where` is the scenario.
 */
export function checkProperty(property: AnyProperty, where: string): void {
  const name: unknown = property.name;
  if (typeof name !== 'string' || name.trim() === '') {
    refuse(
      where,
      `the name of a property (${property.kind}) is ${quoted(name)}`,
      `Say in a sentence what is asked: ${form(property.kind)}`,
    );
  }
  const place: Place = { where: `${where}, property '${name}'`, kind: property.kind };
  switch (property.kind) {
    case 'step':
      checkStepTest(property.holds, place);
      break;
    case 'leadsTo':
      checkLeadsTo(property, place);
      break;
    case 'always':
    case 'never':
    case 'reachable':
      checkState(property.body, place);
      break;
    default:
      checkLive(property.holds, place);
  }
}

interface Place {
  readonly where: string;
  readonly kind: AnyProperty['kind'];
}

/** How each kind of property is written. */
const forms: { readonly [kind in AnyProperty['kind']]: string } = {
  always: "always('it holds', (state) => state.n > 0)",
  never: "never('it happens', (state) => state.n > 0)",
  reachable: "reachable('it can happen', (state) => state.n > 0)",
  step: "step('it never falls', (before, deed, after) => after.n >= before.n)",
  eventually: "eventually('it happens', (state) => state.n > 0)",
  infinitelyOften: "infinitelyOften('it happens again and again', (state) => state.n > 0)",
  eventuallyAlways: "eventuallyAlways('it stays', (state) => state.n > 0)",
  leadsTo: "leadsTo('one leads to two', (state) => state.n === 1, (state) => state.n === 2)",
};
const form = (kind: AnyProperty['kind']): string => forms[kind];
const writtenLike = (kind: AnyProperty['kind']): string => `Write it like this: ${form(kind)}`;

function checkState(body: unknown, place: Place): void {
  if (isStepBody(body)) {
    refuse(
      place.where,
      `\`${place.kind}\` asks about states, and its body is { step }`,
      `Ask about every step like this: ${form('step')}`,
    );
  }
  checkBody(body, place, place.kind === 'always');
}

function checkLive(body: unknown, place: Place): void {
  if (!isStepBody(body)) {
    checkBody(body, place, false);
    return;
  }
  const odd = Object.keys(body).find((field) => field !== 'step');
  if (odd !== undefined) {
    refuse(
      place.where,
      `its body has '${odd}' beside \`step\``,
      'A body asks about steps or about states: write { step: (before, deed, after) => … } and nothing else.',
    );
  }
  checkTest(body['step'], 'its `step`', place);
}

function checkStepTest(body: unknown, place: Place): void {
  if (typeof body === 'function') {
    checkTest(body, 'its test', place);
    return;
  }
  refuse(
    place.where,
    `\`step\` takes a test of steps, and got ${named(body)}`,
    writtenLike('step'),
  );
}

function checkLeadsTo({ table, from, to }: LeadsToProperty, place: Place): void {
  const bodies = [
    ['`from`', from],
    ['`to`', to],
  ] as const;
  if (table === undefined) {
    for (const [name, body] of bodies) {
      if (isStepBody(body)) {
        refuse(
          place.where,
          `\`leadsTo\` asks about states, and ${name} is { step }`,
          writtenLike('leadsTo'),
        );
      }
      checkBody(body, place, false, name);
    }
    return;
  }
  const mend =
    "Write it like this: eachLeadsTo('each job ends', 'jobs', (job) => job.open, (job) => job.done)";
  if (typeof table !== 'string') refuse(place.where, `its table is ${quoted(table)}`, mend);
  for (const [name, test] of bodies) {
    if (typeof test === 'function') checkTest(test, name, place);
    else {
      refuse(
        place.where,
        `\`eachLeadsTo\` takes tests of an entry, and ${name} is ${named(test)}`,
        mend,
      );
    }
  }
}

/**
 * `mayBeGiven` where a premise can be asked for: where the body must hold, and so must each part of
 * it.
 */
function checkBody(
  body: unknown,
  place: Place,
  mayBeGiven: boolean,
  name = 'its body',
  around: readonly unknown[] = [],
): void {
  if (typeof body === 'function') {
    checkTest(body, name, place);
    return;
  }
  if (around.includes(body)) {
    refuse(place.where, `${name} contains itself`, 'Write out what is meant.');
  }
  const within = [...around, body];
  switch (kindOf(body)) {
    case 'every':
    case 'some':
      checkEntries(body as { readonly [field: string]: unknown }, name, place);
      return;
    case 'parts':
      for (const [part, inner] of partsOf(body as { readonly parts: unknown }, name, place)) {
        checkBody(inner, place, mayBeGiven, `its part '${part}'`, within);
      }
      return;
    case 'given': {
      if (!mayBeGiven) refuseGiven(name, place);
      const { premise, conclusion } = body as { premise: unknown; conclusion: unknown };
      checkBody(premise, place, false, 'its premise', within);
      checkBody(conclusion, place, true, 'its conclusion', within);
      return;
    }
    default:
      refuse(place.where, `${name} is ${named(body)}`, writtenLike(place.kind));
  }
}

function checkEntries(body: { readonly [field: string]: unknown }, name: string, place: Place) {
  const { kind, table, part, test } = body;
  const mend = `Write it like this: ${kind}('jobs', (job) => job.done)`;
  if (typeof table !== 'string') {
    refuse(place.where, `the table of ${name} is ${quoted(table)}`, mend);
  }
  if (part !== undefined && typeof part !== 'string') {
    refuse(place.where, `what ${name} asks of '${table}' is called ${quoted(part)}`, mend);
  }
  if (typeof test !== 'function') {
    refuse(place.where, `${name} asks ${named(test)} of the entries of '${table}'`, mend);
  }
  checkTest(test, `the test of '${table}'`, place);
}

function partsOf({ parts }: { readonly parts: unknown }, name: string, place: Place) {
  if (isPlainRecord(parts)) return Object.entries(parts);
  return refuse(
    place.where,
    `the parts of ${name} are ${named(parts)}`,
    "Name each of them: all({ 'it is small': (state) => state.n < 9 })",
  );
}

/** A test that answers later would have to be waited for. */
function checkTest(test: unknown, name: string, { where, kind }: Place): void {
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

const isStepBody = (body: unknown): body is { readonly [field: string]: unknown } =>
  isRecord(body) && 'step' in body && kindOf(body) === '';

const kindOf = (value: unknown): string =>
  isRecord(value) && typeof value['kind'] === 'string' ? value['kind'] : '';

/** A body of the wrong form, as a message calls it. */
function named(value: unknown): string {
  const kind = kindOf(value);
  if (kind !== '') return `the ${kind}${name(value)}`;
  if (Array.isArray(value)) return `the list ${quoted(value)}`;
  return value instanceof Promise ? 'a promise' : quoted(value);
}

const name = (value: unknown): string =>
  isRecord(value) && typeof value['name'] === 'string' ? ` '${value['name']}'` : '';
