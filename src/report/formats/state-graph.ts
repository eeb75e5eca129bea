import type { GraphRecord, ReportDocument } from '../document.ts';
import { firstRunOf, type Run } from '../runs.ts';
import { worldsOf } from '../worlds.ts';

/** A graph to write: that of a whole search, or the states of one run. */
export interface StateGraph extends GraphRecord {
  readonly name: string;
}

/** The graph of the first result that has one, else the states of the first run. */
export function stateGraphOf(document: ReportDocument): StateGraph {
  const whole = document.results.find(({ graph }) => graph !== undefined);
  if (whole?.graph !== undefined) return { name: whole.scenario, ...whole.graph };
  return graphOfRun(firstRunOf(document));
}

/** The states of a run as a graph. Equal states are one node, so a lasso becomes a circle. */
function graphOfRun({ result, property, trace }: Run): StateGraph {
  const numbers = new Map<string, number>();
  const along = worldsOf(trace).map((world) => {
    const text = JSON.stringify(sorted(world));
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  });
  const last = along.at(-1) ?? 0;
  const fails = property.verdict === 'violated' && trace.loopsTo === undefined;
  return {
    name: result.scenario,
    states: numbers.size,
    initial: [0],
    violating: fails && property.kind !== 'deadlock' ? [last] : [],
    deadlocked: fails && property.kind === 'deadlock' ? [last] : [],
    edges: trace.schedule.map((entry, i) => [along[i] ?? 0, entry, along[i + 1] ?? 0] as const),
  };
}

/** The value with the keys of all records in order, so that equal states become equal texts. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
}
