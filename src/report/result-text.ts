import type { PropertyResult, Result, Trace } from '../checker/result/result.ts';
import type { StopReason } from '../checker/result/stop-reason.ts';
import type { AnyPoint } from '../spec/parameters.ts';
import { outsideOf, WITHIN } from './constraint-text.ts';
import { type CounterexampleContext, counterexampleLines } from './counterexample-text.ts';
import type { WhyRecord } from './document.ts';
import { count, duration, number } from './figures.ts';
import { ledgerLines } from './ledger-text.ts';
import { faultWords } from './runs.ts';
import { simulatedLines } from './simulated-text.ts';
import type { TextStyle } from './text-style.ts';
import { hanging, pad, wrap } from './text-width.ts';
import { printable } from './value-text.ts';

/** Printed where a check asked nothing, because it would pass whatever the model did. */
export const NOTHING_ASKED =
  "nothing was asked: there are no properties, and `final` is 'anywhere'";

/** What only the caller knows about a result. */
export interface ResultContext {
  /** The description of the scenario; missing when an earlier report shows it. */
  readonly about?: string | undefined;
  /** The parameters to show in the headline. */
  readonly shown: AnyPoint;
  /** The wall time in seconds; the report leaves it out when it is missing. */
  readonly seconds?: number | undefined;
  /** The result was found before, and taken from a cache. */
  readonly cached?: true | undefined;
  /** Why counterexamples came about, if the caller asked. */
  readonly why?: ReadonlyMap<Trace, WhyRecord> | undefined;
  /**
   * The properties that the scenario expects to be violated at this point; undefined where it
   * states no expectation.
   */
  readonly expectedViolations: readonly string[] | undefined;
  /**
   * The command to which the schedule is added, or a function that returns lines of code in its
   * place.
   */
  readonly replayCommand: CounterexampleContext['replayCommand'];
  /** False where the report must not compare with the expectation. */
  readonly comparesExpectations?: boolean | undefined;
  /** What the reader may do next, one sentence each. */
  readonly next: readonly string[];
  /** Name every property and print every counterexample in full. */
  readonly verbose?: boolean | undefined;
}

/** Beside a violated property, more properties that hold than this are only counted. */
const namedMax = 8;

/** A counterexample after the first shows at most this many steps. */
const furtherMax = 12;

/**
 * The report of one check: the question, each property with its counterexample, and what the search
 * visited.
 */
export function resultLines(result: Result, context: ResultContext, look: TextStyle): string[] {
  const lines = headline(result.scenario, context.shown, look, result.faults);
  if (context.about !== undefined) {
    lines.push(...wrap(context.about, look.width - 2).map((line) => look.paint.dim(`  ${line}`)));
  }
  lines.push('');
  // Violated properties stand last, the shortest first: the verdicts stay together, and the
  // explanations follow.
  const ordered = [...result.properties].sort((a, b) => stepsOf(a) - stepsOf(b));
  const kinds = Math.max(0, ...ordered.map(({ kind }) => kindText(kind).length));
  const isConstrained = outsideOf(result) > 0;
  const above: PropertyResult[] = [];
  const folded = foldedOf(ordered, context);
  for (const property of ordered.filter((one) => !folded.includes(one) && !isViolated(one))) {
    lines.push(...propertyLines(property, kinds, context, look, isConstrained));
  }
  lines.push(...foldedLines(folded, look, isConstrained));
  for (const property of ordered.filter(isViolated)) {
    const brief = isBrief(property, above, context);
    lines.push(...propertyLines(property, kinds, context, look, isConstrained));
    lines.push(...counterexampleLines(property, above, { ...context, brief }, look));
    // A later counterexample can only refer to one that is shown in full.
    if (!brief) above.push(property);
  }
  if (lines.at(-1) !== '') lines.push('');
  lines.push(
    ...countLines(result, context, look),
    ...ledgerLines(result.ledger, look),
    ...(context.comparesExpectations === false ? [] : expectationLines(result, context, look)),
  );
  for (const hint of context.next) lines.push(...hanging('  next: ', hint, look.width));
  return lines;
}

const isViolated = ({ verdict }: PropertyResult): boolean => verdict === 'violated';

/** Properties that simply hold, where listing them would hide the violated ones. */
function foldedOf(
  properties: readonly PropertyResult[],
  context: ResultContext,
): readonly PropertyResult[] {
  if (context.verbose || !properties.some(isViolated)) return [];
  const plain = properties.filter(
    (property) => property.verdict === 'holds' && comment(property, context) === '',
  );
  return plain.length > namedMax ? plain : [];
}

function foldedLines(
  { length }: readonly PropertyResult[],
  look: TextStyle,
  isConstrained: boolean,
): string[] {
  if (length === 0) return [];
  const text = `  ${pad('holds', 9)}  ${number(length)} properties${isConstrained ? ` ${WITHIN}` : ''}; --verbose names them`;
  return [`  ${look.paint.good(pad('holds', 9))}${text.slice(11)}`];
}

/** Prints long counterexamples after the first in short form, unless a result is unexpected. */
function isBrief(
  property: PropertyResult,
  above: readonly PropertyResult[],
  { verbose = false, expectedViolations }: ResultContext,
): boolean {
  const isUnexpected = expectedViolations?.includes(property.name) === false;
  const isLong = (property.trace?.steps.length ?? 0) > furtherMax;
  return !verbose && above.length > 0 && isLong && !isUnexpected;
}

/**
 * `name parameter=value …`: parameters in the order of the scenario, then the given budgets of
 * faults.
 */
export function headline(
  name: string,
  point: AnyPoint,
  look: TextStyle,
  faults?: Result['faults'],
): string[] {
  const settings = Object.entries(point).map(([parameter, value]) => `${parameter}=${value}`);
  const text = [...settings, ...faultWords(faults)].join(' ');
  const [first = name, ...rest] = hanging(`${name}  `, text, look.width);
  return [look.paint.strong(name) + first.slice(name.length), ...rest];
}

/**
 * The number of steps of the counterexample; below any number for a property that is not violated.
 */
function stepsOf({ verdict, trace }: PropertyResult): number {
  return verdict === 'violated' ? (trace?.steps.length ?? 0) : -1;
}

function propertyLines(
  property: PropertyResult,
  kindWidth: number,
  context: ResultContext,
  look: TextStyle,
  isConstrained: boolean,
): string[] {
  const { verdict, kind } = property;
  const isWithin = isConstrained && verdict === 'holds' && kind !== 'reachable';
  const { good, bad, warn } = look.paint;
  const [paint, word] = {
    holds: [good, 'holds'] as const,
    violated: [bad, 'VIOLATED'] as const,
    undecided: [warn, 'undecided'] as const,
  }[verdict];
  const head = `  ${pad(word, 9)}  ${pad(kindText(kind), kindWidth)}  `;
  const within = isWithin ? ` (${WITHIN})` : '';
  const text = `${printable(property.name)}${within} ${comment(property, context)}`;
  const [first, ...rest] = hanging(head, text, look.width);
  return [`  ${paint(pad(word, 9))}${(first ?? '').slice(11)}`, ...rest];
}

/** The remark beside the verdict of a property. */
function comment(property: PropertyResult, context: ResultContext): string {
  return [remark(property), comparison(property, context)].filter((text) => text !== '').join(' ');
}

/** The kind of a property, worded so that 'holds' before it makes sense. */
export function kindText(kind: PropertyResult['kind']): string {
  switch (kind) {
    case 'deadlock':
      return 'no deadlock';
    case 'leadsTo':
      return 'leads to';
    case 'infinitelyOften':
      return 'infinitely often';
    case 'eventuallyAlways':
      return 'eventually always';
    default:
      return kind;
  }
}

function remark(property: PropertyResult): string {
  if (property.stopReason === 'constraint') return '(a run that leaves the constraint may decide)';
  if (property.stopReason === 'symmetry') return '(not decided with --symmetry)';
  const steps = property.trace?.steps.length;
  if (property.kind === 'reachable' && property.verdict === 'holds' && steps !== undefined) {
    return `(reached in ${count(steps, 'step')})`;
  }
  if (property.kind === 'reachable' && property.verdict === 'violated') return '(never reached)';
  return '';
}

function comparison(property: PropertyResult, context: ResultContext): string {
  if (context.expectedViolations === undefined) return '';
  const expected = context.expectedViolations.includes(property.name);
  if (property.verdict === 'violated') return expected ? '(expected)' : '(NOT expected)';
  return property.verdict === 'holds' && expected ? '(NOT expected: should be violated)' : '';
}

function countLines(result: Result, context: ResultContext, look: TextStyle): string[] {
  const { simulated } = result;
  if (simulated !== undefined) {
    const time = context.seconds === undefined ? '' : ` in ${duration(context.seconds)}`;
    return simulatedLines(simulated, outsideOf(result), time, look);
  }
  const figures = [
    result.ledger.symmetry === 'none'
      ? count(result.states, 'state')
      : `${count(result.states, 'orbit')} of states`,
    `${number(result.generated)} generated`,
    count(result.levels, 'level'),
  ];
  const took = context.seconds === undefined ? '' : ` in ${duration(context.seconds)}`;
  const from = context.cached ? ', from the cache' : '';
  const text = `${figures.join(', ')}${took}${from}`;
  if (result.complete) {
    const seen = outsideOf(result) > 0 ? `${WITHIN} ` : '';
    const which = result.ledger.symmetry === 'none' ? '' : 'up to exchanges, ';
    const complete = `${text}; ${which}every reachable state ${seen}was visited`;
    return hanging('  ', complete, look.width).map(look.paint.dim);
  }
  // This line must not be overlooked, so it stands alone.
  const cut = `NOT complete: ${stopReasonText(result.stopReason)}`;
  return [text, cut].flatMap((line) => hanging('  ', line, look.width)).map(look.paint.warn);
}

/** Why a search ended early, as the end of a sentence. */
export function stopReasonText(stopReason: StopReason | undefined): string {
  switch (stopReason) {
    case 'states_max':
      return 'stopped at the bound on states (--max-states)';
    case 'depth_max':
      return 'no state beyond the bound on depth was visited (--max-depth)';
    case 'first_violation':
      return 'stopped at the first violation (--stop-at-violation)';
    case 'simulated':
      return 'random runs were taken, which is no search of all states';
    case 'time_max':
      return 'stopped at the bound on time (--max-time)';
    case 'memory_max':
      return 'stopped at the bound on memory (--max-memory)';
    case 'no_memory':
      return 'stopped because there was no memory left';
    case 'constraint':
      return 'a run that leaves the constraint (within) may decide it';
    case 'symmetry':
      return 'a search with --symmetry does not decide about whole runs';
    case 'error':
      return 'an error in the model stopped the search (see the error)';
    case 'interrupted':
    case undefined:
      return 'interrupted';
  }
}

function expectationLines(result: Result, context: ResultContext, look: TextStyle): string[] {
  if (result.asExpected === undefined) {
    const text =
      context.expectedViolations === undefined
        ? 'the scenario states no expectation for this point'
        : 'nothing seen so far contradicts what the scenario expects';
    return [look.paint.dim(`  ${text}`)];
  }
  if (result.asExpected) return [look.paint.good('  as expected')];
  return [
    look.paint.bad('  NOT as expected:'),
    ...result.mismatches.flatMap((text) => hanging('  - ', printable(text), look.width)),
  ];
}
