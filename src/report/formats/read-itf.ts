import type { Plain } from '../../spec/plain.ts';
import { parseJson, UnreadableReport } from '../read-report.ts';

/** A run in the Informal Trace Format, its values as plain data. */
export interface ItfTrace {
  readonly variables: readonly string[];
  readonly states: readonly { readonly [variable: string]: Plain }[];
  /**
   * The schedule entry that led to each state; undefined for the first state, and where the file
   * does not say.
   */
  readonly schedule: readonly (string | undefined)[];
  /** The number of the initial state among several, where the file says it. */
  readonly initIndex: number | undefined;
  /** The scenario that the file names; undefined for a file of another tool. */
  readonly scenario: string | undefined;
  readonly parameters: { readonly [name: string]: string | number | boolean };
  readonly loop: number | undefined;
}

/**
 * Reads an ITF file of any tool. Integers may be plain numbers or `#bigint`; sets and tuples become
 * arrays. Throws an UnreadableReport that names the state and the variable that cannot be read.
 */
export function readItf(text: string, where: string): ItfTrace {
  const file = parseJson(text, where);
  const variables = field(file, 'vars');
  const states = field(file, 'states');
  if (!isTexts(variables) || !Array.isArray(states)) {
    throw broken('it is not an ITF trace: it has no lists vars and states', where);
  }
  const metas = states.map((state: unknown) => field(state, '#meta'));
  const meta = field(file, '#meta');
  const loop = field(file, 'loop');
  return {
    variables,
    states: states.map((state: unknown, i) => stateOf(state, variables, `${where}, state ${i}`)),
    schedule: metas.map((each) => textOf(field(each, 'word'))),
    initIndex: numberOf(field(metas[0], 'initial')),
    scenario: textOf(field(meta, 'scenario')),
    parameters: parametersOf(field(meta, 'parameters')),
    loop: numberOf(loop),
  };
}

function stateOf(
  state: unknown,
  variables: readonly string[],
  where: string,
): { readonly [variable: string]: Plain } {
  return Object.fromEntries(
    variables.map((name) => {
      const value = field(state, name);
      if (value === undefined) throw broken(`it has no value for the variable '${name}'`, where);
      return [name, plainValue(value, `${where}, variable '${name}'`)];
    }),
  );
}

/**
 * The plain data that an ITF expression means. Throws an UnreadableReport for any other expression.
 */
export function plainValue(value: unknown, where: string): Plain {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') {
    return value;
  }
  if (Array.isArray(value)) return value.map((item) => plainValue(item, where));
  if (typeof value !== 'object' || value === null) {
    throw broken(`${JSON.stringify(value)} is not a value of ITF`, where);
  }
  const special = Object.keys(value).find((key) => key.startsWith('#'));
  if (special !== undefined) return specialValue(special, field(value, special), where);
  const entries = Object.entries(value);
  const record = entries.map(([key, part]) => [key, plainValue(part, where)] as const);
  return isNone(value) ? null : Object.fromEntries(record);
}

/** True for the variant `None`, which stands for null. */
function isNone(value: object): boolean {
  const content = field(value, 'value');
  const isUnit = Array.isArray(field(content, '#tup')) || field(content, 'tag') === 'UNIT';
  return field(value, 'tag') === 'None' && (content === undefined || isUnit);
}

function specialValue(form: string, content: unknown, where: string): Plain {
  switch (form) {
    case '#bigint': {
      const number = Number(content);
      if (Number.isSafeInteger(number)) return number;
      throw broken(`${JSON.stringify(content)} is too large an integer for a state`, where);
    }
    case '#tup':
    case '#set':
      return plainValue(content, where);
    case '#map':
      return mapValue(content, where);
    case '#unserializable': {
      const number = Number(content);
      if (typeof content === 'string' && Number.isFinite(number)) return number;
    }
  }
  throw broken(`'${form}' cannot be read as part of a state`, where);
}

function mapValue(content: unknown, where: string): Plain {
  if (!Array.isArray(content)) throw broken('a #map is not a list of pairs', where);
  return Object.fromEntries(
    content.map((pair: unknown) => {
      if (!Array.isArray(pair) || pair.length !== 2) {
        throw broken('a #map is not a list of pairs', where);
      }
      const key = plainValue(pair[0], where);
      // The keys of tables are texts; a key of another type is written as JSON.
      return [typeof key === 'string' ? key : JSON.stringify(key), plainValue(pair[1], where)];
    }),
  );
}

function parametersOf(value: unknown): ItfTrace['parameters'] {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string | number | boolean] =>
      ['string', 'number', 'boolean'].includes(typeof entry[1]),
    ),
  );
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function broken(what: string, where: string): UnreadableReport {
  return new UnreadableReport({ what, where, mend: 'See Apalache’s ADR 015 for the format.' });
}
