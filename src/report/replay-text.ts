import type { Failure } from '../checker/failures.ts';
import type { Result, Trace } from '../checker/result.ts';
import type { AnyPoint } from '../spec/parameters.ts';
import { failureText } from './counterexample-text.ts';
import type { Look } from './look.ts';
import { headline } from './result-text.ts';
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
  /** Properties that a state of the run violates, with the step after which the first one does (0: at the start). */
  readonly failures: readonly Failure[];
  /** The words of the steps that can come next. */
  readonly enabled: readonly string[];
}

/** The report of `replay`: the steps, the properties that fail on the way, and how the run can go on. */
export function replayLines(replay: Replay, look: Look): string[] {
  const { trace, failures, enabled } = replay;
  const lines = [...headline(replay.scenario, replay.shown, look, replay.faults), ''];
  const fails = failures.some(({ step }) => step === trace.steps.length);
  lines.push(...traceLines(trace, { fails }, look), '');
  for (const { step, kind, name, part } of failures) {
    const when = step === 0 ? 'at the start' : `after step ${step}`;
    const text = `${when} ${failureText(kind, name, part)}`;
    lines.push(...hanging('  ', text, look.width).map(look.paint.bad));
  }
  if (failures.length === 0) lines.push(look.paint.dim('  no property is violated on the way'));
  const next =
    enabled.length === 0
      ? 'nothing can happen next'
      : `next can be: ${enabled.map(printable).join('  ')}`;
  lines.push(...hanging('  ', next, look.width));
  return [...lines, ...startLines(replay, look)];
}

/** A schedule of a scenario with several initial states is one run only together with the first of its states. */
function startLines({ otherStarts = [], trace }: Replay, look: Look): string[] {
  if (otherStarts.length === 0) return [];
  const [first, ...more] = otherStarts;
  const others = more.length === 0 ? `state ${first}` : `states ${otherStarts.join(', ')}`;
  const text = `the words can be followed from initial ${others}, too; this run begins in ${trace.initIndex}, and --init takes another`;
  return hanging('  ', text, look.width).map(look.paint.warn);
}
