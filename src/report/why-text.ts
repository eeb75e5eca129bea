import type { Explanation } from '../checker/explain/explain.ts';
import type { Race } from '../checker/explain/races.ts';
import type { Remedy } from '../checker/explain/remedies.ts';
import type { Trace } from '../checker/result.ts';
import type { RemedyRecord, WhyRecord } from './document.ts';
import { lassoSentences } from './lasso-text.ts';

/** The steps, counted from 1, that the sentences speak of; but for those that they only say are not needed. */
export function citedSteps(why: WhyRecord, { steps, loopsTo }: Trace): readonly number[] {
  const raced = why.races.flatMap(({ first, second, used }) => [first, second, used ?? second]);
  const mended = (why.remedies ?? []).map(({ step }) => step);
  const repeated = steps.map((_, i) => i + 1).slice(loopsTo ?? steps.length);
  return [...raced, ...mended, ...repeated];
}

/** An explanation as the document has it: steps counted from 1, and all of it in words. */
export function whyRecord(
  explanation: Explanation,
  parameters: { readonly [name: string]: unknown },
  found: Trace = explanation.trace,
): WhyRecord {
  const { switches, isFewest, irrelevant, races, remedies, smallest, lasso } = explanation;
  const words = explanation.trace.words;
  return {
    irrelevant: irrelevant.map((step) => step + 1),
    switches,
    ...(words.some((word, i) => word !== found.words[i]) ? { rearranged: true } : {}),
    ...(isFewest ? { fewestSwitches: true } : {}),
    races: races.map(({ kind, first, second, used, slots, repaired, holds }) => ({
      kind,
      first: first + 1,
      second: second + 1,
      ...(used === undefined ? {} : { used: used + 1 }),
      slots,
      repaired,
      holds,
    })),
    ...(remedies.length === 0 ? {} : { remedies: remedies.map(remedyRecord) }),
    ...(smallest === undefined ? {} : { smallest }),
    sentences: [
      ...races.map((race) => raceText(race, words)),
      ...remedies.map((remedy) => remedyText(remedy, words)),
      ...(lasso === undefined ? [] : lassoSentences(lasso, words)),
      ...(irrelevant.length === 0 ? [] : [irrelevantText(irrelevant)]),
      ...(smallest === undefined ? [] : [smallestText(smallest, parameters)]),
    ],
  };
}

function remedyRecord(remedy: Remedy): RemedyRecord {
  const { kind, repaired, holds } = remedy;
  return remedy.kind === 'turn'
    ? { kind, step: remedy.before + 1, word: remedy.operation, repaired, holds }
    : {
        ...{ kind, step: remedy.step + 1 },
        ...(remedy.word === undefined ? {} : { word: remedy.word }),
        ...{ repaired, holds },
      };
}

/** `without fault.crash (step 12) the property would hold in the run that follows` */
function remedyText(remedy: Remedy, words: readonly string[]): string {
  const scope = scopeText(remedy.holds);
  if (remedy.kind === 'turn') {
    const { operation, other, before } = remedy;
    return `if all of ${operation} came before ${other} takes step ${before + 1}, the property would hold ${scope}`;
  }
  const named = `${words[remedy.step] ?? ''} (step ${remedy.step + 1})`;
  return remedy.kind === 'without'
    ? `without ${named} the property would hold ${scope}`
    : `with ${remedy.word ?? ''} in place of ${named} the property would hold ${scope}`;
}

function scopeText(holds: 'always' | 'run'): string {
  return holds === 'always' ? 'however the run goes on' : 'in the run that follows';
}

/** `detach1.disconnect_volume (step 7) went by attachments.attach1 as detach1.count_attachments had read it at step 3, …` */
function raceText(
  { kind, first, second, used, slots, holds }: Race,
  words: readonly string[],
): string {
  const named = (step: number): string => `${words[step] ?? ''} (step ${step + 1})`;
  const what = slots.join(' and ');
  const fact = {
    stale_read:
      used === undefined
        ? `${named(second)} changed ${what} after ${named(first)} had read it`
        : `${named(used)} went by what ${named(first)} had read in ${what}, which ${named(second)} made stale`,
    overwrite: `${named(second)} wrote ${what} after ${named(first)} had written it`,
    early_read: `${named(second)} read ${what} after ${named(first)} had written it`,
  }[kind];
  return `${fact}; if step ${second + 1} came before step ${first + 1}, the property would hold ${scopeText(holds)}`;
}

function irrelevantText(steps: readonly number[]): string {
  const numbers = steps.map((step) => step + 1).join(', ');
  return steps.length === 1
    ? `it fails without step ${numbers}, too`
    : `it fails without these steps, too: ${numbers}`;
}

function smallestText(
  { parameters, steps }: NonNullable<Explanation['smallest']>,
  here: { readonly [name: string]: unknown },
): string {
  const values = Object.entries(parameters).map(
    ([name, value]) => `${name}=${value} (here ${String(here[name])})`,
  );
  return `it fails with ${values.join(' and ')} already, in ${steps} steps`;
}
