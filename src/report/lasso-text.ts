import type { LassoReason } from '../checker/explain/lasso.ts';
import type { Assumed } from '../checker/explain/missing-fairness.ts';
import type { Pending } from '../checker/explain/pending.ts';
import type { Starving } from '../checker/explain/starving.ts';
import type { ReasonRecord } from './document.ts';

/**
 * Facts about the run itself: what never happens in it, and who takes no step where it repeats.
 * Steps count from 1.
 */
export function lassoFacts(reason: LassoReason, steps: number): readonly string[] {
  return [...pendingText(reason.pending), ...loopText(reason, steps)];
}

/** What would make the property hold. A search of all fair runs decided each reason. */
export function lassoReasons(
  { fairness, faults }: LassoReason,
  schedule: readonly string[],
): readonly ReasonRecord[] {
  return [
    ...fairness.enough.map(fairnessReason),
    ...faults.map((each) => faultReason(each, schedule)),
    ...(fairness.neverEnough ? [neverFair] : []),
  ];
}

function pendingText(pending: Pending): readonly string[] {
  switch (pending.kind) {
    case 'waits': {
      const since = pending.since === 0 ? 'at the beginning' : `after step ${pending.since}`;
      const who = pending.who === undefined ? '' : ` for ${pending.who}`;
      return [`${since} the premise is true${who}; from there on the conclusion never is`];
    }
    case 'never':
      return ['its condition is true in no state of the run'];
    case 'never_again':
      return ['its condition is true in no state of the part that repeats'];
    case 'again_and_again':
      return [
        `it is false again and again, as ${pending.at === 0 ? 'at the beginning' : `after step ${pending.at}`}`,
      ];
    case 'unknown':
      return [];
  }
}

/**
 * Says whether the part that repeats leaves a process or an action out. Of a run that stops,
 * `forEver` tells that.
 */
function loopText(
  { loopsTo, standsStill, starving }: LassoReason,
  steps: number,
): readonly string[] {
  if (standsStill) return [];
  const range =
    steps === loopsTo + 1
      ? `while step ${steps} repeats`
      : `while steps ${loopsTo + 1} to ${steps} repeat`;
  if (starving.length === 0) {
    return [`${range}, every process and action that can take a step takes one`];
  }
  const texts = [
    ...starvingText(
      starving.filter(({ always }) => always),
      'all the time',
    ),
    ...starvingText(
      starving.filter(({ always }) => !always),
      'again and again',
    ),
  ];
  return [`${range}, ${texts.join('; ')}`];
}

/** The largest number of processes that are named. */
const namedMax = 3;

function starvingText(starving: readonly Starving[], when: string): readonly string[] {
  if (starving.length === 0) return [];
  const named = starving.slice(0, namedMax).map(({ who }) => who);
  const others = starving.length - named.length;
  const all = others > 0 ? [...named, `${others} more`] : named;
  const takes = all.length === 1 ? 'takes' : 'take';
  return [`${listed(all)} can take a step ${when} and ${takes} none`];
}

function fairnessReason(assumed: readonly Assumed[]): ReasonRecord {
  const weak = assumed.filter(({ kind }) => kind === 'weak').map(unitText);
  const strong = assumed.filter(({ kind }) => kind === 'strong').map(unitText);
  const text = listed([
    ...(weak.length === 0 ? [] : [`weak fairness of ${listed(weak)}`]),
    ...(strong.length === 0 ? [] : [`strong fairness of ${listed(strong)}`]),
  ]);
  const together = assumed.length > 1 ? ' together' : '';
  return {
    kind: 'fairness',
    steps: [],
    text: `with ${text}${together}, the property holds`,
    meaning: `All runs that are fair as the scenario assumes and that satisfy ${text}: the property holds in each of them. Less of it is not enough.`,
  };
}

function unitText({ of, name }: Assumed): string {
  switch (of) {
    case 'action':
      return name;
    case 'flow':
      return `each process of flow ${name}`;
    case 'processes':
      return 'every process';
  }
}

const neverFair: ReasonRecord = {
  kind: 'never_fair',
  steps: [],
  text: 'it fails even with strong fairness of every process and every action',
  meaning:
    'Some run that is fair as the scenario assumes, and in which every process and every action that can take a step again and again takes one again and again, violates the property.',
};

function faultReason(
  { steps, isAll }: LassoReason['faults'][number],
  schedule: readonly string[],
): ReasonRecord {
  const named = steps.map((step) => `step ${step + 1}`).join(', ');
  const entry = (schedule[steps[0] ?? 0] ?? '').split('[')[0] ?? '';
  const without = isAll ? 'a fault' : `${entry} (${named})`;
  return {
    kind: isAll ? 'no_fault' : 'without',
    steps: steps.map((step) => step + 1),
    text: `in every run without ${without}, the property holds`,
    meaning: `All runs that are fair as the scenario assumes and that do not take ${isAll ? 'any fault' : entry}, whatever it picks: the property holds in each of them.`,
  };
}

/** `a, b and c` */
function listed(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}
