import { OUT_OF_REACH } from '../checker/result/end-questions.ts';
import type { PropertyResult, Trace, WorldState } from '../checker/result/result.ts';
import { parseEntry } from '../checker/result/schedule-entry.ts';
import type { Wait } from '../checker/result/wait.ts';
import type { WhyRecord } from './document.ts';
import { failingEntry } from './failing-entry.ts';
import { count } from './figures.ts';
import { refinementLines } from './refinement-text.ts';
import { goesOnWords } from './runs.ts';
import { commandLines } from './shell-words.ts';
import type { TextStyle } from './text-style.ts';
import { hanging, shorten } from './text-width.ts';
import { type TraceView, traceLines, waiting } from './trace-text.ts';
import { printable, valueText } from './value-text.ts';
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
  { others = [], ...property }: PropertyResult,
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

/**
 * Says that a property fails, as the end of a sentence: `the property is false, for attachments.a1:
 * an attached volume is reachable`.
 */
export function failureText(
  kind: PropertyResult['kind'],
  name: string,
  part: string | undefined,
): string {
  const which = part === undefined ? '' : `, for ${printable(part)}`;
  switch (kind) {
    case 'never':
      return `what must never be is true${which}: ${printable(name)}`;
    case 'step':
      return `this step breaks${which}: ${printable(name)}`;
    case 'implements':
      return `the abstract system does the same in no step: ${printable(name)}`;
    case 'deadlock':
      return part === undefined
        ? `the property is false: ${printable(name)}`
        : `${printable(part)}, so the property is false: ${printable(name)}`;
    default:
      return `the property is false${which}: ${printable(name)}`;
  }
}

/** The sentences that say what the end of a counterexample means. */
function conclusion(property: PropertyResult, trace: Trace): string[] {
  const { kind, name, failingPart } = property;
  const end = trace.steps.at(-1)?.state ?? trace.init;
  const declined = trace.declined ?? [];
  const acting = declined.map((word) => parseEntry(word)?.actor);
  const waits = waiting(end, (pid) => !acting.includes(pid)).join(', ');
  switch (kind) {
    case 'reachable':
      return [];
    case 'deadlock':
      return [deadEndText(property, waits)];
    case 'implements':
      return [
        trace.steps.length === 0
          ? `this is no initial state of the abstract system: ${printable(name)}`
          : failureText(kind, name, undefined),
      ];
    case 'always':
    case 'never':
    case 'step': {
      const when = trace.steps.length === 0 ? 'already in the initial state ' : 'in this state ';
      const text = `${kind === 'step' ? '' : when}${failureText(kind, name, failingPart)}`;
      return [text, ...(failingPart === undefined ? [] : entryText(failingPart, end))];
    }
    default: {
      const part = failingPart === undefined ? '' : `, for ${printable(failingPart)}`;
      return [`${forEver(trace, waits)}, which violates${part}: ${printable(name)}`];
    }
  }
}

/**
 * Names the processes that wait: where nothing can happen, all that are not done; where an end is
 * out of reach, those that can never take a step again.
 */
function deadEndText({ failingPart, waits: known = [] }: PropertyResult, waits: string): string {
  const those = known.map(waitText).map(printable).join('; ');
  if (failingPart === OUT_OF_REACH) return those === '' ? failingPart : `${failingPart}: ${those}`;
  const isTold = known.some((wait) => wait.for.length > 0);
  const text = isTold ? those : waits;
  return `and then nothing can happen${text === '' ? '' : `: ${text}`}`;
}

/** `p waits for ever at other, for b.by, which is q`. */
function waitText({ process, at, for: needed }: Wait): string {
  const held = needed.map(({ path, holder }) => `for ${path}, which is ${holder}`);
  return [`${process} waits for ever at ${at}`, ...held].join(', ');
}

/**
 * How a run that violates a liveness property goes on for ever: it stops, or it repeats its last
 * part.
 */
export function forEver({ loopsTo, steps, declined = [] }: Trace, waits = ''): string {
  if (loopsTo === undefined) {
    const more = waits === '' ? '' : ` (${waits})`;
    return declined.length === 0
      ? `and then nothing more happens${more}`
      : `and then nothing more has to happen${more}: ${couldText(declined)}, but no fairness demands it`;
  }
  const first = loopsTo + 1;
  return first === steps.length
    ? `step ${first} repeats for ever`
    : `steps ${first} to ${steps.length} repeat for ever`;
}

/** The largest number of possible steps that are named. */
const couldMax = 3;

function couldText(entries: readonly string[]): string {
  const named = entries.slice(0, couldMax).map(printable).join(', ');
  const others = entries.length - couldMax;
  return `${named}${others > 0 ? ` and ${others} more` : ''} could happen`;
}

/** The value of the failing entry at the end of a run, in at most 200 columns. */
function entryText(part: string, end: WorldState): string[] {
  const entry = failingEntry(part, end);
  return entry === undefined
    ? []
    : [`${printable(entry.path)}: ${shorten(valueText(entry.value), 200)}`];
}
