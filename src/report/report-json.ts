import type { Profile } from '../checker/profile.ts';
import type { PropertyResult, Result, Trace } from '../checker/result.ts';
import type { Scenario } from '../spec/scenario.ts';
import type { SpecProblem } from '../spec/spec-error.ts';
import type { Replay } from './replay-text.ts';

/** A result and what it took, in seconds of wall time. */
export interface TimedResult {
  readonly result: Result;
  readonly seconds: number;
  /** Where the states come from, when that was asked for. */
  readonly profile?: Profile | undefined;
}

const header = { format: 'racewright/report', version: 1 } as const;

/**
 * The document of `--json`. A change whose `before` is missing created the entry, one whose `after` is missing
 * deleted it; `asExpected` is null where the scenario states no expectation. After an error the results are
 * those that were known by then.
 */
export function reportDocument(results: readonly TimedResult[], error?: SpecProblem): object {
  const known = results.map(resultObject);
  return error === undefined
    ? { ...header, results: known }
    : { ...header, results: known, error: problemObject(error) };
}

/** The document of `replay --json`: the run in the form that counterexamples have. */
export function replayDocument({ scenario, parameters, trace, failures, enabled }: Replay): object {
  return { ...header, scenario, parameters, trace: traceObject(trace), failures, enabled };
}

/** The document of `list --json`. */
export function listDocument(scenarios: readonly Scenario[]): object {
  const described = scenarios.map(({ name, about, parameters }) => ({ name, about, parameters }));
  return { ...header, scenarios: described };
}

/** The document that takes the place of any other when there is nothing but an error. */
export function errorDocument(error: SpecProblem): object {
  return { ...header, error: problemObject(error) };
}

function problemObject({ what, where, mend }: SpecProblem): object {
  return { what, where: where ?? null, mend: mend ?? null };
}

function resultObject({ result, seconds, profile }: TimedResult): object {
  return {
    scenario: result.scenario,
    parameters: result.parameters,
    verdict: result.verdict,
    asExpected: result.asExpected ?? null,
    // Present only when there is something to say, so that a reader of the fixed keys loses nothing.
    ...(result.surprises.length === 0 ? {} : { surprises: result.surprises }),
    complete: result.complete,
    ...(result.because === undefined ? {} : { because: result.because }),
    states: result.states,
    generated: result.generated,
    levels: result.levels,
    seconds: Math.round(seconds * 1000) / 1000,
    properties: result.properties.map(propertyObject),
    ledger: result.ledger,
    ...(profile === undefined ? {} : { profile }),
  };
}

function propertyObject({ name, kind, verdict, because, trace, others }: PropertyResult): object {
  return {
    name,
    kind,
    verdict,
    ...(because === undefined ? {} : { because }),
    ...(trace === undefined ? {} : { trace: traceObject(trace) }),
    ...(others === undefined
      ? {}
      : { others: others.map((other) => ({ ...other, trace: traceObject(other.trace) })) }),
  };
}

function traceObject(trace: Trace): object {
  return {
    steps: trace.steps.map(({ actor, label, picks, changes }) => ({
      actor: actor ?? null,
      label,
      picks,
      changes: changes.map(({ path, before, after }) => ({ path, before, after })),
    })),
    ...(trace.loopsTo === undefined ? {} : { loopsTo: trace.loopsTo }),
    words: trace.words,
  };
}
