import type { Change, PropertyResult, Result, Step, Trace } from '../checker/result/result.ts';
import { recipeName } from '../checker/runs/recipes.ts';
import type { Profile } from '../checker/search/profile.ts';
import type { Scenario } from '../spec/scenario.ts';
import type { SpecProblem } from '../spec/spec-error.ts';
import type {
  ChangeRecord,
  ErrorRecord,
  GraphRecord,
  PropertyRecord,
  ReportDocument,
  ResultRecord,
  SourceRecord,
  TraceRecord,
  WhyRecord,
} from './document.ts';
import type { Replay } from './replay-text.ts';
import { warningsOf } from './warnings.ts';

/** A result and its wall time in seconds. */
export interface TimedResult {
  readonly result: Result;
  readonly seconds: number;
  /** Where the states come from; present if the caller asked. */
  readonly profile?: Profile | undefined;
  readonly extras?: Extras | undefined;
  /** It was found before, and taken from a cache; `seconds` are those of then. */
  readonly cached?: true | undefined;
}

/** A check without a result, because the model is broken at its point. */
export interface BrokenCheck {
  readonly scenario: string;
  readonly parameters: Result['parameters'];
  readonly problem: SpecProblem;
}

/** Facts about a result that only the caller knows. */
export interface Extras {
  /** The parameters that reports leave out. */
  readonly advanced?: readonly string[] | undefined;
  /** The file of the scenario. */
  readonly file?: string | undefined;
  /** The name of its export. */
  readonly exportName?: string | undefined;
  readonly graph?: GraphRecord | undefined;
  readonly why?: ReadonlyMap<Trace, WhyRecord> | undefined;
  /** The properties that fail in each state of a run, beginning with the initial one. */
  readonly fails?: ReadonlyMap<Trace, readonly (readonly string[])[]> | undefined;
  /** Where steps are defined, by their `recipeName`. */
  readonly sources?: ReadonlyMap<string, SourceRecord> | undefined;
}

export const header = { format: 'racewright/report', version: 2 } as const;

/**
 * The document of `--json`. A change without `before` created the entry, one without `after`
 * deleted it. `asExpected` is null where the scenario states no expectation. Checks without a
 * result stand beside the results.
 */
export function reportDocument(
  results: readonly TimedResult[],
  broken: readonly BrokenCheck[] = [],
): ReportDocument {
  const known = results.map(resultObject);
  const errors = broken.map(({ scenario, parameters, problem }) => ({
    scenario,
    parameters,
    ...problemObject(problem),
  }));
  const [first] = broken;
  if (first === undefined) return { ...header, results: known };
  return { ...header, results: known, error: problemObject(first.problem), errors };
}

/** The document of `replay --json`: the run in the form of a counterexample. */
export function replayDocument(replay: Replay): object {
  const { scenario, parameters, faults, trace, failures, unfair, enabled } = replay;
  const given = faults === undefined ? {} : { faults };
  return {
    ...header,
    scenario,
    parameters,
    ...given,
    trace: traceObject(trace, {}),
    failures,
    ...(unfair === undefined ? {} : { unfair }),
    enabled,
  };
}

/** The document of `list --json`. */
export function listDocument(scenarios: readonly Scenario[]): object {
  const described = scenarios.map(({ name, about, parameters }) => ({ name, about, parameters }));
  return { ...header, scenarios: described };
}

/** The document of a command that ends with an error and has nothing else to say. */
export function errorDocument(error: SpecProblem): object {
  return { ...header, error: problemObject(error) };
}

function problemObject({ what, where, mend }: SpecProblem): ErrorRecord {
  return { what, where: where ?? null, mend: mend ?? null };
}

function resultObject({
  result,
  seconds,
  profile,
  cached,
  extras = {},
}: TimedResult): ResultRecord {
  const { advanced = [], file, exportName, graph } = extras;
  return {
    scenario: result.scenario,
    parameters: result.parameters,
    ...(advanced.length === 0 ? {} : { advanced }),
    ...(result.faults === undefined ? {} : { faults: result.faults }),
    ...(file === undefined ? {} : { file }),
    ...(exportName === undefined ? {} : { exportName }),
    verdict: result.verdict,
    asExpected: result.asExpected ?? null,
    // Left out when empty, so that most results have the same keys.
    ...(result.mismatches.length === 0 ? {} : { mismatches: result.mismatches }),
    complete: result.complete,
    ...(result.stopReason === undefined ? {} : { stopReason: result.stopReason }),
    states: result.states,
    generated: result.generated,
    levels: result.levels,
    seconds: Math.round(seconds * 1000) / 1000,
    ...(cached === undefined ? {} : { cached }),
    ...(result.simulated === undefined ? {} : { simulated: result.simulated }),
    properties: result.properties.map((property) => propertyObject(property, extras)),
    // An interface has no index signature, though any of its fields may be looked up in the
    // document.
    ledger: { ...result.ledger },
    warnings: warningsOf(result),
    ...(graph === undefined ? {} : { graph }),
    ...(profile === undefined ? {} : { profile }),
  };
}

function propertyObject(property: PropertyResult, extras: Extras): PropertyRecord {
  const { name, kind, verdict, stopReason, failingPart, read, trace, others, waits, abstract } =
    property;
  return {
    name,
    kind,
    verdict,
    ...(stopReason === undefined ? {} : { stopReason }),
    ...(failingPart === undefined ? {} : { failingPart }),
    ...(read === undefined ? {} : { read }),
    ...(trace === undefined ? {} : { trace: traceObject(trace, extras) }),
    ...(waits === undefined ? {} : { waits }),
    ...(abstract === undefined ? {} : { abstract }),
    ...(others === undefined
      ? {}
      : { others: others.map((other) => ({ ...other, trace: traceObject(other.trace, extras) })) }),
  };
}

function traceObject(trace: Trace, extras: Extras): TraceRecord {
  const { init, initIndex, loopsTo, stops, schedule } = trace;
  const why = extras.why?.get(trace);
  const [atInit, ...fails] = extras.fails?.get(trace) ?? [];
  return {
    init,
    initIndex,
    ...(atInit === undefined || atInit.length === 0 ? {} : { fails: atInit }),
    steps: trace.steps.map((step, i) => {
      const { actor, label, picks, changes, reads, writes } = step;
      const before = trace.steps[i - 1]?.state ?? init;
      const source = extras.sources?.get(sourceName(step, before));
      const failing = fails[i] ?? [];
      return {
        actor: actor ?? null,
        label,
        picks,
        changes: changes.map((change) => changeObject(change, init)),
        reads,
        writes,
        ...(failing.length === 0 ? {} : { fails: failing }),
        ...(source === undefined ? {} : { source }),
      };
    }),
    ...(loopsTo === undefined ? {} : { loopsTo }),
    ...(stops === undefined ? {} : { stops }),
    schedule,
    ...(why === undefined ? {} : { why }),
  };
}

function sourceName({ actor, label }: Step, before: Trace['init']): string {
  const process = actor === undefined ? undefined : before.processes[actor];
  // The actor of an action may be called like a process. Then its name is not a label of that
  // process, so `at` tells them apart.
  return recipeName(process?.at === label ? process.flow : undefined, actor, label);
}

function changeObject(
  { path, keys, before, after }: Change,
  { state }: Trace['init'],
): ChangeRecord {
  // A model may have fields with the names of the checker's tables.
  const confusing = 'processes' in state || 'faults' in state;
  const plain = !confusing && !keys.some((key) => key.includes('.'));
  return { path, ...(plain ? {} : { keys }), before, after };
}
