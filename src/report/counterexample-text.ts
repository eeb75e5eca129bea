import type { PropertyResult, Trace } from '../checker/result/result.ts';
import { conclusion } from './conclusion-text.ts';
import type { WhyRecord } from './document.ts';
import { count } from './figures.ts';
import { refinementLines } from './refinement-text.ts';
import { goesOnWords } from './runs.ts';
import { commandLines } from './shell-words.ts';
import type { TextStyle } from './text-style.ts';
import { hanging } from './text-width.ts';
import { type TraceView, traceLines } from './trace-text.ts';
import { printable } from './value-text.ts';
import { citedSteps, furtherSentences } from './why-text.ts';

/** A command line of this many entries of usual length works on any system. */
const entriesMax = 1000;

/** What the caller knows about a counterexample. */
export interface CounterexampleContext {
  /**
   * The command to which the schedule is added, or a function that returns lines of code in its
   * place.
   */
  readonly replayCommand: readonly string[] | ((trace: Trace, width: number) => readonly string[]);
  /** Why each counterexample came about, if the caller asked. */
  readonly why?: ReadonlyMap<Trace, WhyRecord> | undefined;
  /**
   * Show only the end of each counterexample and the steps that its reasons name, and how to replay
   * it only if there are reasons.
   */
  readonly brief?: boolean | undefined;
  /** Print every reason instead of the first few. */
  readonly verbose?: boolean | undefined;
}

/**
 * The lines of a counterexample: its steps, what its end means, and how to replay it. Steps that it
 * shares with one in `above` are not repeated.
 */
export function counterexampleLines(
  property: PropertyResult,
  above: readonly PropertyResult[],
  context: CounterexampleContext,
  look: TextStyle,
): string[] {
  const { trace } = property;
  if (trace === undefined) return [];
  const { brief = false } = context;
  const shared = longestShared(trace, above);
  const why = context.why?.get(trace);
  const cited = new Set(why === undefined ? [] : citedSteps(why, trace));
  const lines = ['', ...traceLines(trace, { fails: true, shared, brief, cited }, look)];
  for (const text of conclusion(property, trace)) {
    lines.push(...hanging('     ', text, look.width).map(look.paint.bad));
  }
  lines.push(...refinementLines(property, trace, look));
  if (why?.rearranged) lines.push(...rearrangedLines(look));
  if (why !== undefined) lines.push(...reasonLines(why, context, look));
  if (!brief || why !== undefined) lines.push(...replayLines(trace, context, look));
  return [...lines, '', ...otherLines(property, context, look)];
}

function reasonLines(
  why: WhyRecord,
  { verbose }: CounterexampleContext,
  look: TextStyle,
): string[] {
  const further = furtherSentences(why);
  const told = [...why.sentences, ...(verbose ? further : [])];
  if (told.length === 0) return [];
  const more =
    further.length === 0 || verbose
      ? []
      : [look.paint.dim(`    ${count(further.length, 'more reason')}; --verbose prints them`)];
  return [
    '',
    look.paint.dim('  why:'),
    ...told.flatMap((reason) => hanging('  - ', printable(reason), look.width)),
    ...more,
  ];
}

/** A note that the run differs from the one of a check without --why or --report. */
function rearrangedLines({ paint, width }: TextStyle): string[] {
  const text =
    '(as short as the counterexample of a plain check, reordered to switch less between processes)';
  return ['', ...hanging('  ', text, width).map(paint.dim)];
}

function replayLines(
  trace: Trace,
  { replayCommand }: CounterexampleContext,
  look: TextStyle,
): string[] {
  const { schedule, initIndex } = trace;
  const goesOn = goesOnWords(trace);
  if (schedule.length === 0 && goesOn.length === 0) return [];
  const head = ['', look.paint.dim('  to replay it:')];
  if (typeof replayCommand === 'function') {
    return [...head, ...replayCommand(trace, look.width - 2).map((line) => `  ${line}`)];
  }
  if (schedule.length > entriesMax) {
    const text = '  the schedule is too long for a command line; --json prints it';
    return ['', look.paint.dim(text)];
  }
  const from = initIndex === 0 ? [] : ['--init', String(initIndex)];
  const command = commandLines([...replayCommand, ...from, ...goesOn, ...schedule], look.width - 2);
  return [...head, ...command.map((line) => `  ${line}`)];
}

/**
 * Further counterexamples of the same property, which differ in the part that fails or in the
 * actions.
 */
function otherLines(
  { others = [], read: _ofFirst, ...property }: PropertyResult,
  context: CounterexampleContext,
  look: TextStyle,
): string[] {
  return others.flatMap((other, i) => [
    look.paint.strong(`  another way (${i + 2} of ${others.length + 1}):`),
    ...counterexampleLines({ ...property, ...other }, [], context, look),
  ]);
}

/** A shorter common beginning is repeated. */
const sharedMin = 5;

function longestShared(trace: Trace, above: readonly PropertyResult[]): TraceView['shared'] {
  let steps = sharedMin - 1;
  let name: string | undefined;
  for (const other of above) {
    const common = other.trace?.initIndex === trace.initIndex ? commonSteps(trace, other.trace) : 0;
    if (common <= steps) continue;
    steps = common;
    name = other.name;
  }
  return name === undefined ? undefined : { steps, where: `'${printable(name)}' above` };
}

function commonSteps({ schedule }: Trace, other: Trace): number {
  const differs = schedule.findIndex((word, i) => word !== other.schedule[i]);
  return differs < 0 ? schedule.length : differs;
}
