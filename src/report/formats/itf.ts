import type { WorldState } from '../../checker/result/result.ts';
import type { Plain } from '../../spec/plain.ts';
import type { ReportDocument } from '../document.ts';
import { firstRunOf } from '../runs.ts';
import { worldsOf } from '../worlds.ts';
import { varTypesOf } from './itf-types.ts';
import type { ItfValue } from './itf-value.ts';

/**
 * The first run of a report in the Informal Trace Format (Apalache's ADR 015, as of 2025-11). A
 * table is a map, an integer a `#bigint`, null the variant `None`. The `#meta` of a state says
 * which step led to it.
 */
export function itf(document: ReportDocument): string {
  const { result, property, trace, failingPart } = firstRunOf(document);
  const worlds = worldsOf(trace);
  const names = variableNames(trace.init);
  const vars = [...Object.keys(trace.init.state), names.processes, names.faults];
  const values = worlds.map((world) => variables(world, names));
  const trail = {
    '#meta': {
      format: 'ITF',
      'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
      source: 'racewright',
      scenario: result.scenario,
      parameters: result.parameters,
      property: property.name,
      verdict: property.verdict,
      ...(failingPart === undefined ? {} : { failingPart }),
      varTypes: varTypesOf(values, vars),
    },
    vars,
    states: values.map((state, index) => {
      const step = trace.steps[index - 1];
      const did =
        step === undefined
          ? { initial: trace.initIndex }
          : {
              actor: step.actor,
              label: step.label,
              picks: step.picks,
              word: trace.schedule[index - 1],
            };
      return { '#meta': { index, ...did }, ...state };
    }),
    ...(trace.loopsTo === undefined ? {} : { loop: trace.loopsTo }),
  };
  return `${JSON.stringify(trail, null, 2)}\n`;
}

/**
 * The names of the checker's tables among the variables. They differ from the usual ones where the
 * model has fields with those names.
 */
export function variableNames({ state }: WorldState): {
  readonly processes: string;
  readonly faults: string;
} {
  const free = (name: string): string => (name in state ? free(`${name}_`) : name);
  return { processes: free('processes'), faults: free('faults') };
}

function variables(
  { state, processes, faults }: WorldState,
  names: ReturnType<typeof variableNames>,
): { readonly [name: string]: ItfValue } {
  return {
    ...Object.fromEntries(Object.entries(state).map(([name, value]) => [name, fieldValue(value)])),
    [names.processes]: mapOf(processes),
    [names.faults]: mapOf(faults),
  };
}

/** A field that holds a record is a table. Its entries come and go, so it is written as a map. */
function fieldValue(value: Plain): ItfValue {
  return isRecord(value) ? mapOf(value) : itfValue(value);
}

function mapOf(table: { readonly [key: string]: Plain }): ItfValue {
  return { '#map': Object.entries(table).map(([id, entry]) => [id, itfValue(entry)]) };
}

/** A value of a state as an ITF expression; `plainValue` of it is the value again. */
export function itfValue(value: Plain): ItfValue {
  if (value === null) return { tag: 'None', value: { '#tup': [] } };
  if (typeof value === 'number') {
    return Number.isSafeInteger(value)
      ? { '#bigint': String(value) }
      : { '#unserializable': String(value) };
  }
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(itfValue);
  if (!isRecord(value)) return [];
  // Readers take a field name with a '#' for a special form.
  if (Object.keys(value).some((key) => key.startsWith('#'))) return mapOf(value);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, itfValue(part)]));
}

function isRecord(value: Plain): value is { readonly [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
