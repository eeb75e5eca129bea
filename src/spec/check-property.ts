import {
  checkBody,
  checkTest,
  form,
  kindOf,
  named,
  type Place,
  writtenLike,
} from './check-body.ts';
import type { AnyProperty, LeadsToProperty } from './property.ts';
import type { Implements } from './refinement.ts';
import { isRecord, quoted, refuse } from './refuse.ts';

/**
 * Throws a SpecError for a property that has no meaning: its body has a wrong form, or asks
 * something that its kind cannot ask. The check is needed because the command does not type-check a
 * file. `where` names the scenario.
 */
export function checkProperty(property: AnyProperty, where: string): void {
  const name: unknown = property.name;
  if (typeof name !== 'string' || name.trim() === '') {
    refuse(
      where,
      `the name of a property (${property.kind}) is ${quoted(name)}`,
      `Name it with a sentence that says what must be true: ${form(property.kind)}`,
    );
  }
  const place: Place = {
    where: `${where}, property '${name}'`,
    kind: property.kind,
    of: 'state',
    mayBeGiven: property.kind === 'always',
  };
  switch (property.kind) {
    case 'step':
      checkSteps(property.holds, place);
      break;
    case 'implements':
      checkImplements(property, place.where);
      break;
    case 'leadsTo':
      checkLeadsTo(property, place);
      break;
    case 'always':
    case 'never':
    case 'reachable':
      if ('step' in property) checkSteps(property.step, place);
      else checkState(property.body, place);
      break;
    default:
      checkLive(property.holds, place);
  }
}

function checkState(body: unknown, place: Place): void {
  if (isStepBody(body)) {
    refuse(
      place.where,
      place.kind === 'reachable'
        ? '`reachable` asks about a state or a step, and its body has more beside `step`'
        : `\`${place.kind}\` asks about states, and its body is { step }`,
      `Ask about every step like this: ${form('step')}`,
    );
  }
  checkBody(body, place, 'its body');
}

function checkLive(body: unknown, place: Place): void {
  if (!isStepBody(body)) {
    checkBody(body, place, 'its body');
    return;
  }
  const odd = Object.keys(body).find((field) => field !== 'step');
  if (odd !== undefined) {
    refuse(
      place.where,
      `its body has '${odd}' beside \`step\``,
      'A body asks about steps or about states: write { step: (before, action, after) => … } and nothing else.',
    );
  }
  checkBody(body['step'], { ...place, of: 'step' }, 'its `step`');
}

function checkSteps(body: unknown, place: Place): void {
  if (typeof body === 'function' || kindOf(body) !== '') {
    checkBody(body, { ...place, of: 'step' }, 'its test');
    return;
  }
  refuse(
    place.where,
    `\`step\` takes a test of steps, and got ${named(body)}`,
    place.kind === 'reachable'
      ? "Write it like this: reachable('it grows', { step: (before, action, after) => after.n > before.n })"
      : writtenLike('step'),
  );
}

function checkImplements({ abstract, map }: Implements, where: string): void {
  const given: { readonly [field: string]: unknown } = isRecord(abstract) ? abstract : {};
  if (typeof given['init'] !== 'function') {
    const what =
      typeof given['system'] === 'function' ? 'a scenario, not its system' : quoted(abstract);
    refuse(
      where,
      `it is asked to implement ${what}`,
      'Give a system: { init, processes, actions }, or scenario.system({ … }) at a point.',
    );
  }
  if (typeof map === 'function') return;
  refuse(where, `its map is ${quoted(map)}`, writtenLike('implements'));
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
      checkBody(body, place, name);
    }
    return;
  }
  const mend =
    "Write it like this: eachLeadsTo('each job ends', 'jobs', (job) => job.open, (job) => job.done)";
  if (typeof table !== 'string') refuse(place.where, `its table is ${quoted(table)}`, mend);
  for (const [name, test] of bodies) {
    if (typeof test === 'function') checkTest(test, name, place);
    else if (kindOf(test) !== '') checkBody(test, { ...place, of: 'entry' }, name);
    else {
      refuse(
        place.where,
        `\`eachLeadsTo\` takes tests of an entry, and ${name} is ${named(test)}`,
        mend,
      );
    }
  }
}

const isStepBody = (body: unknown): body is { readonly [field: string]: unknown } =>
  isRecord(body) && 'step' in body && kindOf(body) === '';
