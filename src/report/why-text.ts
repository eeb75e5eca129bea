import type { Explanation } from '../checker/explain/explain.ts';
import type { Trace } from '../checker/result/result.ts';
import type { RaceRecord, ReasonRecord, WhyRecord } from './document.ts';
import { number } from './figures.ts';
import { lassoFacts, lassoReasons } from './lasso-text.ts';
import { reasonRecord } from './reason-text.ts';

/** Further sentences stand in the document; --verbose prints them. */
const sentencesMax = 3;

/** The steps, counted from 1, that the sentences cite, except those that they call unnecessary. */
export function citedSteps(why: WhyRecord, { steps, loopsTo }: Trace): readonly number[] {
  const raced = why.races.flatMap(({ first, second }) => [first, second]);
  const told = (why.reasons ?? []).flatMap((reason) => reason.steps);
  const repeated = steps.map((_, i) => i + 1).slice(loopsTo ?? steps.length);
  return [...raced, ...told, ...repeated];
}

/** An explanation in the form of the document: in sentences, with steps counted from 1. */
export function whyRecord(
  explanation: Explanation,
  parameters: { readonly [name: string]: unknown },
  found: Trace = explanation.trace,
): WhyRecord {
  const { trace, switches, isFewest, irrelevant, smallest, lasso } = explanation;
  const { schedule } = trace;
  const reasons = [
    ...(explanation.reasons?.found ?? []).map((reason) => reasonRecord(reason, trace)),
    ...(lasso === undefined ? [] : lassoReasons(lasso, schedule)),
  ];
  const facts = lasso === undefined ? [] : lassoFacts(lasso, schedule.length);
  return {
    irrelevant: irrelevant.map((step) => step + 1),
    switches,
    ...(schedule.some((entry, i) => entry !== found.schedule[i]) ? { rearranged: true } : {}),
    ...(isFewest ? { fewestSwitches: true } : {}),
    races: racesOf(explanation),
    ...(reasons.length === 0 ? {} : { reasons }),
    ...(smallest === undefined ? {} : { smallest }),
    sentences: [
      ...[...facts, ...texts(reasons)].slice(0, sentencesMax),
      ...noReasonText(explanation),
      ...(irrelevant.length === 0 ? [] : [irrelevantText(irrelevant)]),
      ...(smallest === undefined ? [] : [smallestText(smallest, parameters)]),
    ],
  };
}

/** The reasons that are not among the first sentences, as sentences. */
export function furtherSentences({ reasons = [], sentences }: WhyRecord): readonly string[] {
  return texts(reasons).filter((text) => !sentences.includes(text));
}

function texts(reasons: readonly ReasonRecord[]): readonly string[] {
  return reasons.map(({ text }) => text);
}

function racesOf({ reasons }: Explanation): readonly RaceRecord[] {
  return (reasons?.found ?? []).flatMap(({ race, steps: [first, second] }) =>
    race === undefined || first === undefined || second === undefined
      ? []
      : [{ ...race, first: first + 1, second: second + 1 }],
  );
}

/** For a counterexample without a reason: how many changes were tried, and what stays undecided. */
function noReasonText({ reasons, trace }: Explanation): readonly string[] {
  if (reasons === undefined || reasons.found.length > 0 || trace.steps.length === 0) return [];
  const { refuted, undecided, statesMax } = reasons;
  if (undecided > 0) {
    return [
      `undecided whether another order, pick or fault makes the property hold: more than ${number(statesMax)} states`,
    ];
  }
  return refuted === 0
    ? []
    : [`with each of the ${refuted} changes that were tried, some run violates the property`];
}

function irrelevantText(steps: readonly number[]): string {
  const numbers = steps.map((step) => step + 1).join(', ');
  return `the run without ${steps.length === 1 ? 'step' : 'steps'} ${numbers} violates it, too`;
}

function smallestText(
  { parameters, steps }: NonNullable<Explanation['smallest']>,
  here: { readonly [name: string]: unknown },
): string {
  const values = Object.entries(parameters).map(
    ([name, value]) => `${name}=${value} (here ${String(here[name])})`,
  );
  return `it fails with ${values.join(' and ')}, too, in ${steps} steps`;
}
