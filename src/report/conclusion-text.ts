import { OUT_OF_REACH } from '../checker/result/end-questions.ts';
import type { PropertyResult, Trace, WorldState } from '../checker/result/result.ts';
import { parseEntry } from '../checker/result/schedule-entry.ts';
import type { ValueRead } from '../checker/result/value-read.ts';
import type { Wait } from '../checker/result/wait.ts';
import { shownPath } from './change-text.ts';
import { failingEntry } from './failing-entry.ts';
import { shorten } from './text-width.ts';
import { waiting } from './trace-text.ts';
import { printable, valueText } from './value-text.ts';

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
export function conclusion(property: PropertyResult, trace: Trace): string[] {
  switch (property.kind) {
    case 'reachable':
      return [];
    case 'deadlock':
      return [deadEndText(property, waitsAtEnd(trace))];
    case 'implements':
      return [refinementText(property.name, trace)];
    case 'always':
    case 'never':
    case 'step':
      return failureTexts(property, trace);
    default: {
      const { name, failingPart } = property;
      const part = failingPart === undefined ? '' : `, for ${printable(failingPart)}`;
      const { loopsTo } = trace;
      const waits = loopsTo === undefined ? waitsAtEnd(trace) : idleText(trace, loopsTo);
      return [`${forEver(trace, waits)}, which violates${part}: ${printable(name)}`];
    }
  }
}

const refinementText = (name: string, { steps }: Trace): string =>
  steps.length === 0
    ? `this is no initial state of the abstract system: ${printable(name)}`
    : failureText('implements', name, undefined);

const endOf = ({ init, steps }: Trace): WorldState => steps.at(-1)?.state ?? init;

/** The processes that wait at the end, without those that decline a step. */
function waitsAtEnd(trace: Trace): string {
  const acting = (trace.declined ?? []).map((word) => parseEntry(word)?.actor);
  return waiting(endOf(trace), (pid) => !acting.includes(pid)).join(', ');
}

/** That a property of states or steps fails, for which entry, and what its test read. */
function failureTexts(property: PropertyResult, trace: Trace): string[] {
  const { kind, name, failingPart, read = [] } = property;
  const when = trace.steps.length === 0 ? 'already in the initial state ' : 'in this state ';
  const text = `${kind === 'step' ? '' : when}${failureText(kind, name, failingPart)}`;
  const entry = failingPart === undefined ? undefined : failingEntry(failingPart, endOf(trace));
  const value =
    entry === undefined
      ? []
      : [`${printable(entry.path)}: ${shorten(valueText(entry.value), 200)}`];
  return [text, ...value, ...readText(read, entry?.path)];
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
  const more = waits === '' ? '' : ` (${waits})`;
  return first === steps.length
    ? `step ${first} repeats for ever${more}`
    : `steps ${first} to ${steps.length} repeat for ever${more}`;
}

/** The largest number of processes and actors that are named beside a loop. */
const idleMax = 3;

/**
 * Who takes no step in the part that repeats: the processes that are not done, and the actors of
 * actions that took a step before. Empty where there is none.
 */
function idleText(trace: Trace, loopsTo: number): string {
  const { steps } = trace;
  const loop = new Set(steps.slice(loopsTo).map(({ actor }) => actor));
  const end = endOf(trace);
  const waits = waiting(end, (pid) => !loop.has(pid));
  const before = new Set(steps.slice(0, loopsTo).map(({ actor }) => actor));
  const idle = [...before].filter(
    (actor): actor is string =>
      actor !== undefined && actor !== 'fault' && !loop.has(actor) && !isProcess(actor, end),
  );
  const all = [...waits, ...idle.map((actor) => `${printable(actor)} takes no step`)];
  const more = all.length - idleMax;
  return [...all.slice(0, idleMax), ...(more > 0 ? [`${more} more take no step`] : [])].join(', ');
}

const isProcess = (name: string, { processes }: WorldState): boolean =>
  Object.hasOwn(processes, name);

/** The largest number of possible steps that are named. */
const couldMax = 3;

function couldText(entries: readonly string[]): string {
  const named = entries.slice(0, couldMax).map(printable).join(', ');
  const others = entries.length - couldMax;
  return `${named}${others > 0 ? ` and ${others} more` : ''} could happen`;
}

/** The largest number of values that are printed of those that the failing test read. */
const readMax = 6;

/** What the failing test read, without the entry that is printed as a whole. */
function readText(read: readonly ValueRead[], entry: string | undefined): string[] {
  const isShown = (path: string) =>
    entry !== undefined && (path === entry || path.startsWith(`${entry}.`));
  const others = read.filter(({ path }) => !isShown(path));
  if (others.length === 0) return [];
  const texts = others.slice(0, readMax).map(({ path, value, when }) => {
    const at = when === undefined ? '' : ` ${when} the step`;
    const shown = value === undefined ? '(absent)' : shorten(valueText(value), 60);
    return `${shownPath(path)}${at}: ${shown}`;
  });
  const more = others.length - readMax;
  return [`it read ${texts.join('; ')}${more > 0 ? `; and ${more} more` : ''}`];
}
