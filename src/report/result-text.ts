import type { PropertyResult, Result, Trace } from '../checker/result/result.ts';
import type { StopReason } from '../checker/result/stop-reason.ts';
import type { AnyPoint } from '../spec/parameters.ts';
import { type CounterexampleContext, counterexampleLines } from './counterexample-text.ts';
import type { WhyRecord } from './document.ts';
import { count, duration, number } from './figures.ts';
import { ledgerLines } from './ledger-text.ts';
import { faultWords } from './runs.ts';
import type { TextStyle } from './text-style.ts';
import { hanging, pad, wrap } from './text-width.ts';
import { printable } from './value-text.ts';

/** What a report shows beside the result itself; only the caller knows it. */
/** Of a check that would be green whatever the model did. */
export const NOTHING_ASKED =
  "nothing was asked: there are no properties, and `final` is 'anywhere'";

export interface ResultContext {
  /** The scenario's own words; left out when a report of the same scenario stands above. */
  readonly about?: string | undefined;
  /** The parameters to show in the headline. */
  readonly shown: AnyPoint;
  /** What the search took; not said when left out. */
  readonly seconds?: number | undefined;
  /** Why counterexamples came about, where that was asked. */
  readonly why?: ReadonlyMap<Trace, WhyRecord> | undefined;
  /**
   * The properties that the scenario expects to be violated here; undefined where it states no
   * expectation.
   */
  readonly expectedViolations: readonly string[] | undefined;
  /**
   * The command that replays a schedule of this scenario at this point: the words are put after it.
   * Or lines of code in its place.
   */
  readonly replayCommand: CounterexampleContext['replayCommand'];
  /** False where nothing is to be said of what the scenario expects. */
  readonly comparesExpectations?: boolean | undefined;
  /** What the reader may do next, one sentence each. */
  readonly next: readonly string[];
  /**
   * Every property by its name and every counterexample from its beginning, even where that hides
   * what matters.
   */
  readonly verbose?: boolean | undefined;
}

/** So many properties that hold are named beside one that is violated. */
const namedMax = 8;

/** So many steps are shown of a counterexample that is not the first one. */
const furtherMax = 12;

/**
 * The report of one check: what was asked, each property with its counterexample, what was visited.
 */
export function resultLines(result: Result, context: ResultContext, look: TextStyle): string[] {
  const lines = headline(result.scenario, context.shown, look, result.faults);
  if (context.about !== undefined) {
    lines.push(...wrap(context.about, look.width - 2).map((line) => look.paint.dim(`  ${line}`)));
  }
  lines.push('');
  // The violated ones stand last, the shortest first, so that the verdicts are together and what
  // explains them follows.
  const ordered = [...result.properties].sort((a, b) => stepsOf(a) - stepsOf(b));
  const kinds = Math.max(0, ...ordered.map(({ kind }) => kindText(kind).length));
  const above: PropertyResult[] = [];
  const folded = foldedOf(ordered, context);
  for (const property of ordered.filter((one) => !folded.includes(one) && !isViolated(one))) {
    lines.push(...propertyLines(property, kinds, context, look));
  }
  lines.push(...foldedLines(folded, look));
  for (const property of ordered.filter(isViolated)) {
    const brief = isBrief(property, above, context);
    lines.push(...propertyLines(property, kinds, context, look));
    lines.push(...counterexampleLines(property, above, { ...context, brief }, look));
    // What is not shown above cannot be referred to.
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

/**
 * Those of which there is nothing to say but that they hold, where they would hide what is
 * violated.
 */
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

function foldedLines({ length }: readonly PropertyResult[], look: TextStyle): string[] {
  if (length === 0) return [];
  const text = `  ${pad('holds', 9)}  ${number(length)} properties; --verbose names them`;
  return [`  ${look.paint.good(pad('holds', 9))}${text.slice(11)}`];
}

/**
 * Below another counterexample a long one would be too long to read, unless a result is unexpected.
 */
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
 * `name parameter=value …`, the parameters in the order in which the scenario lists them, and the
 * budgets of faults that were given.
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

/** Steps of the counterexample; less than any for what is not violated. */
function stepsOf({ verdict, trace }: PropertyResult): number {
  return verdict === 'violated' ? (trace?.steps.length ?? 0) : -1;
}

function propertyLines(
  property: PropertyResult,
  kindWidth: number,
  context: ResultContext,
  look: TextStyle,
): string[] {
  const { verdict, kind } = property;
  const { good, bad, warn } = look.paint;
  const [paint, word] = {
    holds: [good, 'holds'] as const,
    violated: [bad, 'VIOLATED'] as const,
    undecided: [warn, 'undecided'] as const,
  }[verdict];
  const head = `  ${pad(word, 9)}  ${pad(kindText(kind), kindWidth)}  `;
  const text = `${printable(property.name)} ${comment(property, context)}`;
  const [first, ...rest] = hanging(head, text, look.width);
  return [`  ${paint(pad(word, 9))}${(first ?? '').slice(11)}`, ...rest];
}

/** What is to be said of a property beside its verdict. */
function comment(property: PropertyResult, context: ResultContext): string {
  return [remark(property), comparison(property, context)].filter((text) => text !== '').join(' ');
}

/** What is asked, in words such that 'holds' before them makes sense. */
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
  const steps = property.trace?.steps.length;
  if (property.kind === 'reachable' && property.verdict === 'holds' && steps !== undefined) {
    return `(reached in ${count(steps, 'step')})`;
  }
  if (property.kind === 'reachable' && property.verdict === 'violated')
    return '(in no reachable state)';
  return '';
}

function comparison(property: PropertyResult, context: ResultContext): string {
  if (context.expectedViolations === undefined) return '';
  const expected = context.expectedViolations.includes(property.name);
  if (property.verdict === 'violated') return expected ? '(expected)' : '(NOT expected)';
  return property.verdict === 'holds' && expected ? '(NOT expected: should be violated)' : '';
}

function countLines(result: Result, context: ResultContext, look: TextStyle): string[] {
  const figures = [
    count(result.states, 'state'),
    `${number(result.generated)} generated`,
    count(result.levels, 'level'),
  ];
  const took = context.seconds === undefined ? '' : ` in ${duration(context.seconds)}`;
  const text = `${figures.join(', ')}${took}`;
  if (result.complete) {
    const complete = `${text}; every reachable state was visited`;
    return hanging('  ', complete, look.width).map(look.paint.dim);
  }
  // On a line of its own: it is the one thing that must not be overlooked.
  const cut = `NOT complete: ${stopReasonText(result.stopReason)}`;
  return [text, cut].flatMap((line) => hanging('  ', line, look.width)).map(look.paint.warn);
}

/** Why a search ended before it had visited everything, as the rest of a sentence. */
export function stopReasonText(stopReason: StopReason | undefined): string {
  switch (stopReason) {
    case 'states_max':
      return 'stopped at the bound on states (--max-states)';
    case 'depth_max':
      return 'nothing beyond the bound on depth was looked at (--max-depth)';
    case 'first_violation':
      return 'stopped at the first violation (--stop-at-violation)';
    case 'time_max':
      return 'stopped at the bound on time (--max-time)';
    case 'memory_max':
      return 'stopped at the bound on memory (--max-memory)';
    case 'no_memory':
      return 'stopped because there was no memory left';
    case 'error':
      return 'the model is broken in what comes next (see the error)';
    case 'interrupted':
    case undefined:
      return 'interrupted';
  }
}

function expectationLines(result: Result, context: ResultContext, look: TextStyle): string[] {
  if (result.asExpected === undefined) {
    const text =
      context.expectedViolations === undefined
        ? 'the scenario states no expectation for this'
        : 'nothing seen so far contradicts what the scenario expects';
    return [look.paint.dim(`  ${text}`)];
  }
  if (result.asExpected) return [look.paint.good('  as expected')];
  return [
    look.paint.bad('  NOT as expected:'),
    ...result.mismatches.flatMap((text) => hanging('  - ', printable(text), look.width)),
  ];
}
