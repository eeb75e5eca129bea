import type { Failure } from '../checker/judge/failures.ts';
import type { Result, Trace } from '../checker/result/result.ts';
import type { AnyPoint } from '../spec/parameters.ts';
import { failureText, forEver } from './counterexample-text.ts';
import { number } from './figures.ts';
import { headline } from './result-text.ts';
import type { TextStyle } from './text-style.ts';
import { hanging } from './text-width.ts';
import { traceLines } from './trace-text.ts';
import { printable } from './value-text.ts';

/** A run that was followed word by word, and what is true of it. */
export interface Replay {
  readonly scenario: string;
  readonly parameters: AnyPoint;
  /** Budgets of faults that were given in place of the scenario's own. */
  readonly faults?: Result['faults'];
  /** The parameters to show in the headline. */
  readonly shown: AnyPoint;
  readonly trace: Trace;
  /** Other initial states, counted from 0, from which the same words can be followed. */
  readonly otherStarts?: readonly number[];
  /**
   * Properties that the run violates, with the step after which it first does (0: at the start).
   */
  readonly failures: readonly Failure[];
  /**
   * The fairness condition that rules the run out, so that it violates no property of whole runs.
   */
  readonly unfair?: string | undefined;
  /**
   * Properties of whole runs that are not judged, because the schedule does not say how the run
   * goes on.
   */
  readonly unjudged: readonly string[];
  /**
   * So many of the states that follow were looked at without telling whether an end can be reached.
   */
  readonly followersMax?: number | undefined;
  /** The words of the steps that can come next. */
  readonly enabled: readonly string[];
}

/**
 * The report of `replay`: the steps, the properties that fail on the way, and how the run can go
 * on.
 */
export function replayLines(replay: Replay, look: TextStyle): string[] {
  const { trace, failures, unfair, unjudged, enabled, followersMax } = replay;
  const lines = [...headline(replay.scenario, replay.shown, look, replay.faults), ''];
  const fails = failures.some(({ step }) => step === trace.steps.length);
  lines.push(...traceLines(trace, { fails }, look), '');
  for (const failure of failures) {
    lines.push(...hanging('  ', sentence(failure, trace), look.width).map(look.paint.bad));
  }
  const isEndless = trace.loopsTo !== undefined || trace.stops === true;
  if (failures.length === 0) {
    const where = isEndless ? '' : ' on the way';
    lines.push(look.paint.dim(`  no property is violated${where}`));
  }
  if (followersMax !== undefined) {
    const text = `whether an end can be reached from here is not decided: more than ${number(followersMax)} states follow`;
    lines.push(...hanging('  ', text, look.width).map(look.paint.warn));
  }
  for (const note of notes(unfair, unjudged)) lines.push(...hanging('  ', note, look.width));
  const next =
    enabled.length === 0
      ? 'nothing can happen next'
      : `next can be: ${enabled.map(printable).join('  ')}`;
  lines.push(...hanging('  ', next, look.width));
  return [...lines, ...startLines(replay, look)];
}

/**
 * A schedule of a scenario with several initial states is one run only together with the first of
 * its states.
 */
function startLines({ otherStarts = [], trace }: Replay, look: TextStyle): string[] {
  if (otherStarts.length === 0) return [];
  const [first, ...more] = otherStarts;
  const others = more.length === 0 ? `state ${first}` : `states ${otherStarts.join(', ')}`;
  const text = `the words can be followed from initial ${others}, too; this run begins in ${trace.initIndex}, and --init takes another`;
  return hanging('  ', text, look.width).map(look.paint.warn);
}

function sentence({ step, kind, name, part }: Failure, trace: Trace): string {
  switch (kind) {
    case 'eventually':
    case 'infinitelyOften':
    case 'eventuallyAlways':
    case 'leadsTo': {
      const which = part === undefined ? '' : `, for ${printable(part)}`;
      return `${forEver(trace)}, so that this fails${which}: ${printable(name)}`;
    }
    default: {
      const when = step === 0 ? 'at the start' : `after step ${step}`;
      return `${when} ${failureText(kind, name, part)}`;
    }
  }
}

/** Why properties of whole runs are not among those that fail. */
function notes(unfair: string | undefined, unjudged: readonly string[]): string[] {
  if (unfair !== undefined) {
    return [
      `${printable(unfair)} rules this run out, so that it violates no property of whole runs`,
    ];
  }
  if (unjudged.length === 0) return [];
  const names = unjudged.map((name) => `'${printable(name)}'`).join(', ');
  return [`not judged without --stop or --repeat-from, which say how the run goes on: ${names}`];
}
