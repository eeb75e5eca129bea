import type { Failure } from '../checker/judge/failures.ts';
import type { Result, Trace } from '../checker/result/result.ts';
import { OUTSIDE } from '../checker/runs/replay.ts';
import type { AnyPoint } from '../spec/parameters.ts';
import { failureText, forEver } from './conclusion-text.ts';
import { number } from './figures.ts';
import { headline } from './result-text.ts';
import type { TextStyle } from './text-style.ts';
import { hanging } from './text-width.ts';
import { traceLines } from './trace-text.ts';
import { printable } from './value-text.ts';

/** A run that followed a schedule, and what is true of it. */
export interface Replay {
  readonly scenario: string;
  readonly parameters: AnyPoint;
  /** Budgets of faults that replace the scenario's own. */
  readonly faults?: Result['faults'];
  /** The parameters to show in the headline. */
  readonly shown: AnyPoint;
  readonly trace: Trace;
  /** Further initial states, from 0, from which the same schedule can be followed. */
  readonly otherStarts?: readonly number[];
  /**
   * Properties that the run violates, each with the first step after which it does (0: in the
   * initial state).
   */
  readonly failures: readonly Failure[];
  /**
   * The fairness condition that rules the run out; such a run violates no property of whole runs.
   */
  readonly unfair?: string | undefined;
  /**
   * Properties of whole runs that stay open, because the schedule does not say how the run goes on.
   */
  readonly unjudged: readonly string[];
  /**
   * The number of following states that were visited without deciding whether an end can be
   * reached.
   */
  readonly followersMax?: number | undefined;
  /** The entries of the enabled steps; undefined outside of the constraint of the system. */
  readonly enabled: readonly string[] | undefined;
}

/** The steps that can follow a run, or why none can. */
export function nextText(enabled: Replay['enabled']): string {
  if (enabled === undefined) return `${OUTSIDE}, where no run goes on`;
  return enabled.length === 0
    ? 'nothing is enabled next'
    : `enabled next: ${enabled.map(printable).join('  ')}`;
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
    const text = `undecided whether an end can be reached from here: more than ${number(followersMax)} states follow`;
    lines.push(...hanging('  ', text, look.width).map(look.paint.warn));
  }
  for (const note of notes(unfair, unjudged)) lines.push(...hanging('  ', note, look.width));
  lines.push(...hanging('  ', nextText(enabled), look.width));
  return [...lines, ...startLines(replay, look)];
}

/**
 * With several initial states a schedule fits several runs, so the report names the one it follows.
 */
function startLines({ otherStarts = [], trace }: Replay, look: TextStyle): string[] {
  if (otherStarts.length === 0) return [];
  const [first, ...more] = otherStarts;
  const others = more.length === 0 ? `state ${first}` : `states ${otherStarts.join(', ')}`;
  const text = `the schedule also fits initial ${others}; this run begins in state ${trace.initIndex}, and --init chooses another`;
  return hanging('  ', text, look.width).map(look.paint.warn);
}

function sentence({ step, kind, name, part }: Failure, trace: Trace): string {
  switch (kind) {
    case 'eventually':
    case 'infinitelyOften':
    case 'eventuallyAlways':
    case 'leadsTo': {
      const which = part === undefined ? '' : `, for ${printable(part)}`;
      return `${forEver(trace)}, which violates${which}: ${printable(name)}`;
    }
    default: {
      const when = step === 0 ? 'at the start' : `after step ${step}`;
      return `${when} ${failureText(kind, name, part)}`;
    }
  }
}

/** Says why properties of whole runs are not judged. */
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
