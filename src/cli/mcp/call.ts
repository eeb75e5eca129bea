import type { Trace } from '../../checker/result/result.ts';
import { nameText } from '../../checker/result/schedule-entry.ts';
import { combinations } from '../../report/grid.ts';
import type { AnyPoint } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { CliUsageError, unknownName } from '../arguments/cli-usage-error.ts';
import { faultBudgets } from '../arguments/fault-budgets.ts';
import { pointsOf } from '../arguments/settings.ts';
import { findScenario } from '../loading/find-scenarios.ts';
import type { SelectedScenario } from '../loading/selected-scenario.ts';
import type { Stop } from '../system/stop.ts';

/** A reply, before it is cut to its size. */
export type Reply = { readonly [field: string]: unknown };

/** The counterexamples that the calls of one process have found. */
export type Found = Map<string, Pick<Trace, 'schedule' | 'initIndex' | 'loopsTo' | 'stops'>>;

/** What a tool has beside its arguments. */
export interface Call {
  readonly stop: Stop;
  /** Seconds that are left of its budget. */
  readonly left: () => number;
  readonly found: Found;
}

/** The arguments that name a point of a scenario. */
export interface Place {
  readonly scenario: string;
  readonly parameters?: AnyPoint | undefined;
  readonly faults?: { readonly [name: string]: number } | undefined;
}

type Values = AnyPoint[string] | readonly AnyPoint[string][];

/** The scenario that an argument names, with every point that the parameters stand for. */
export async function pointsAt(
  name: string,
  parameters: { readonly [name: string]: Values } = {},
): Promise<{ readonly chosen: SelectedScenario; readonly points: readonly AnyPoint[] }> {
  const chosen = await findScenario(name);
  const axes = Object.entries(parameters).map(([parameter, given]) => ({
    name: parameter,
    values: typeof given === 'object' ? given : [given],
  }));
  const points = combinations(axes).flatMap((point) =>
    pointsOf(
      chosen.scenario,
      Object.entries(point).map(([parameter, value]) => `${parameter}=${value}`),
    ),
  );
  return { chosen, points };
}

/** The scenario and the one point that the arguments name. Throws CliUsageError. */
export async function placeOf(asked: Place): Promise<{
  readonly chosen: SelectedScenario;
  readonly point: AnyPoint;
  readonly options: {
    readonly parameters: AnyPoint;
    readonly faults?: { readonly [name: string]: number };
  };
}> {
  const { chosen, points } = await pointsAt(asked.scenario, asked.parameters);
  const [point = {}] = points;
  return {
    chosen,
    point,
    options: { parameters: point, ...budgets(chosen.scenario, point, asked) },
  };
}

/** The budgets of faults, if any are given. Throws CliUsageError for an unknown fault. */
export function budgets(
  scenario: Scenario,
  point: AnyPoint,
  { faults = {} }: Pick<Place, 'faults'>,
): { readonly faults?: { readonly [name: string]: number } } {
  const given = Object.entries(faults);
  if (given.length === 0) return {};
  const text = given.map(([name, times]) => `${nameText(name)}=${times}`).join(',');
  return { faults: faultBudgets(scenario, point, text) };
}

/** Counterexamples beyond this many push out the oldest. */
const foundMax = 200;

const keyOf = (name: string, { parameters, faults }: Omit<Place, 'scenario'>, property: string) =>
  JSON.stringify([name, parameters, faults ?? {}, property]);

/** Remembers a counterexample for calls that name its property. */
export function remember(
  { found }: Call,
  name: string,
  options: Omit<Place, 'scenario'>,
  property: string,
  trace: Trace,
): void {
  const key = keyOf(name, options, property);
  found.delete(key);
  found.set(key, trace);
  for (const old of [...found.keys()].slice(0, -foundMax)) found.delete(old);
}

/** The run that the arguments name. Throws CliUsageError where no such counterexample was found. */
export function runOf(
  { found }: Call,
  name: string,
  options: Omit<Place, 'scenario'>,
  asked: {
    readonly schedule?: readonly string[] | undefined;
    readonly counterexample?: string | undefined;
    readonly init?: number | undefined;
  },
): Pick<Trace, 'schedule' | 'loopsTo' | 'stops'> & { readonly initIndex: number | undefined } {
  const { schedule = [], counterexample, init } = asked;
  if (counterexample === undefined) return { schedule, initIndex: init };
  if (schedule.length > 0 || init !== undefined) {
    throw new CliUsageError({
      what: 'a schedule and a counterexample are given, and only one of them can be followed',
      mend: 'Leave one of the two out.',
    });
  }
  const trace = found.get(keyOf(name, options, counterexample));
  if (trace !== undefined) return trace;
  const start = keyOf(name, options, '').slice(0, -3);
  const known = [...found.keys()].filter((key) => key.startsWith(start));
  throw unknownName({
    what: `no counterexample of '${counterexample}' was found at this point`,
    name: counterexample,
    known: known.map((key) => String(JSON.parse(key).at(-1))),
    kind: 'properties with a counterexample here',
    more: 'Call check or why first, with the same scenario and parameters.',
  });
}
