import { isDeepStrictEqual } from 'node:util';
import type { ProcessTable, StepAction } from '../../src/index.ts';
import type { AnyBody, AnyProperty, StateProperty } from '../../src/spec/property.ts';

/**
 * Narrows to the properties that one state decides. Throws for those about steps and whole runs.
 */
export function stateProperty(property: AnyProperty): StateProperty {
  if ('body' in property) return property;
  throw new Error(`'${property.name}' is not about single states`);
}

interface World {
  readonly state: object;
  readonly processes: ProcessTable;
}

interface StepTaken {
  readonly before: World;
  readonly action: StepAction;
  readonly after: World;
}

interface Outer {
  readonly entry: unknown;
  readonly id: string;
  readonly outer: Outer | undefined;
}

/** The value of a property's body in one state, without the checker's views and memo. */
export const evaluateBody = (body: AnyBody, state: object, processes: ProcessTable): boolean =>
  inState(body, { state, processes }, undefined);

/** The value of a body of a property about steps, likewise. */
export function evaluateStep(body: AnyBody, step: StepTaken): boolean {
  const { before, action, after } = step;
  const processes = { before: before.processes, after: after.processes };
  if (typeof body === 'function') {
    return call(body, before.state, action, after.state, processes);
  }
  switch (body.kind) {
    case 'before':
    case 'after':
      return inState(body.operand, step[body.kind], undefined);
    case 'everyChanged':
    case 'someChanged': {
      const [old, now] = [tableOf(before.state, body.table), tableOf(after.state, body.table)];
      const changed = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
        (id) => !isDeepStrictEqual(old[id], now[id]),
      );
      const seen = { before: before.state, action, after: after.state, processes };
      const answers = changed.map((id) => call(body.test, old[id], now[id], id, seen));
      return body.kind === 'everyChanged' ? !answers.includes(false) : answers.includes(true);
    }
    default:
      return logic(body, (inner) => evaluateStep(inner, step));
  }
}

function inState(body: AnyBody, world: World, around: Outer | undefined): boolean {
  const { state, processes } = world;
  if (typeof body === 'function') {
    // The one function that may stand among tests of entries and asks about the state.
    const isClosed = Symbol.for('racewright/meaning') in body;
    return around === undefined || isClosed
      ? call(body, state, processes)
      : call(body, around.entry, around.id, state, processes, around.outer);
  }
  switch (body.kind) {
    case 'state':
      return body.test(state, processes);
    case 'every':
    case 'some':
    case 'count': {
      const table = body.over === 'processes' ? processes : tableOf(state, body.table);
      const entries = Object.entries(table);
      const those = entries.filter(([id, entry]) =>
        inState(body.test, world, { entry, id, outer: around }),
      );
      if (body.kind === 'every') return those.length === entries.length;
      if (body.kind === 'some') return those.length > 0;
      const { atLeast = 0, atMost = those.length, exactly = those.length } = body.bounds ?? {};
      return those.length >= atLeast && those.length <= atMost && those.length === exactly;
    }
    default:
      return logic(body, (inner) => inState(inner, world, around));
  }
}

function logic(body: AnyBody, value: (inner: AnyBody) => boolean): boolean {
  if (typeof body === 'function') throw new Error('a function is no word of logic');
  switch (body.kind) {
    case 'given':
    case 'implies':
      return value(body.premise) ? value(body.conclusion) : true;
    case 'parts':
      return Object.values(body.parts).every(value);
    case 'and':
      return body.operands.every(value);
    case 'or':
      return body.operands.some(value);
    case 'not':
      return !value(body.operand);
    default:
      throw new Error(`'${body.kind}' is no word of logic`);
  }
}

// Which of its forms a test has follows from where it stands.
const call = (test: AnyBody, ...seen: readonly unknown[]): boolean =>
  (test as unknown as (...seen: readonly unknown[]) => boolean)(...seen);

const tableOf = (state: object, table: string): Record<string, unknown> =>
  (state as Record<string, Record<string, unknown>>)[table] ?? {};
