import type { PropertyResult, Result, Step, Trace } from '../../checker/result/result.ts';
import { changesOfStep } from '../../report/change-text.ts';
import { plainPaint } from '../../report/text-style.ts';
import type { Reply } from './call.ts';

/** Columns of a line; replies are cut elsewhere. */
const width = 400;

/** What a step changes, on one line; empty where it only moves on. */
export const changesText = (step: Step): string =>
  changesOfStep(step, width, plainPaint).join('; ').replace(/\s+/g, ' ');

/** A run in short form: for each step its number, its schedule entry, and what it changes. */
export function shortTrace({ steps, schedule, loopsTo, stops }: Trace): Reply {
  const lines = steps.map((step, i) => {
    const changes = changesText(step);
    const repeats = i === loopsTo ? ' (from here on the run repeats for ever)' : '';
    return `${i + 1}. ${schedule[i]}${changes === '' ? '' : `  ${changes}`}${repeats}`;
  });
  return { steps: steps.length, trace: lines, ...(stops === true ? { stops: true } : {}) };
}

/** A violated property with its shortest counterexample in short form. */
export function violation(
  { name, kind, failingPart, trace, waits = [] }: PropertyResult,
  reasons: readonly string[],
): Reply {
  return {
    property: name,
    kind,
    ...(failingPart === undefined ? {} : { fails: failingPart }),
    ...(reasons.length === 0 ? {} : { reasons }),
    ...(waits.length === 0
      ? {}
      : { waits: waits.map(({ process, at }) => `${process} waits at ${at} for ever`) }),
    ...(trace === undefined ? {} : shortTrace(trace)),
  };
}

/** The facts of a result beside its counterexamples. */
export function facts(result: Result, seconds: number): Reply {
  const named = (verdict: Result['verdict']): readonly string[] =>
    result.properties.filter((each) => each.verdict === verdict).map(({ name }) => name);
  const { mismatches, faults } = result;
  return {
    scenario: result.scenario,
    parameters: result.parameters,
    ...(faults === undefined ? {} : { faults }),
    verdict: result.verdict,
    asExpected: result.asExpected ?? null,
    ...(mismatches.length === 0 ? {} : { mismatches }),
    holds: named('holds'),
    violated: named('violated'),
    undecided: named('undecided'),
    search: {
      states: result.states,
      levels: result.levels,
      complete: result.complete,
      ...(result.stopReason === undefined ? {} : { stopReason: result.stopReason }),
      seconds: Math.round(seconds * 1e4) / 1e4,
    },
  };
}
