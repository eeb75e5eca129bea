import type { LassoReason, Starving } from '../checker/explain/lasso.ts';
import type { Pending } from '../checker/explain/pending.ts';
import type { Verdict } from '../checker/result.ts';

/** Why a run that goes on for ever violates its property, one sentence each; steps are counted from 1. */
export function lassoSentences(reason: LassoReason, words: readonly string[]): readonly string[] {
  const { pending, starving, together, faults } = reason;
  return [
    ...pendingText(pending),
    loopText(reason, words.length),
    ...starving.map(starvingText),
    ...(together === undefined || together === 'undecided'
      ? []
      : [`with all of these together the property would ${outcome(together)}`]),
    ...faults
      .filter(({ verdict }) => verdict !== 'undecided')
      .map(({ step, verdict }) =>
        verdict === 'holds'
          ? `without ${words[step] ?? ''} (step ${step + 1}) the property would hold in every run`
          : `without ${words[step] ?? ''} (step ${step + 1}) it would still fail`,
      ),
  ];
}

function pendingText(pending: Pending): readonly string[] {
  switch (pending.kind) {
    case 'waits': {
      const since = pending.since === 0 ? 'the beginning' : `step ${pending.since}`;
      return [
        `${pending.who ?? 'what it is about'} waits from ${since} on, and what it waits for never comes`,
      ];
    }
    case 'never':
      return ['what it asks for is true in no state of the run'];
    case 'never_again':
      return ['what it asks for is true in no state of the part that repeats'];
    case 'again_and_again':
      return [
        `it is false again and again, as ${pending.at === 0 ? 'at the beginning' : `after step ${pending.at}`}`,
      ];
    case 'unknown':
      return [];
  }
}

/** What goes on for ever, and whether somebody is left out of it. */
function loopText({ loopsTo, repeating, starving }: LassoReason, steps: number): string {
  if (repeating.length === 0) {
    const place =
      steps === 0
        ? 'the run stands still from the beginning'
        : `after step ${steps} the run stands still`;
    return starving.length === 0
      ? `${place}: nothing that changes anything can happen any more, but for faults`
      : `${place}: nothing has to happen`;
  }
  const range =
    steps === loopsTo + 1 ? `step ${steps} repeats` : `steps ${loopsTo + 1} to ${steps} repeat`;
  const left =
    starving.length === 0
      ? '; every process and action that can go on there does, so that no fairness of theirs rules it out'
      : '';
  return `${range} for ever${left}`;
}

function starvingText({ word, unit, fairness, verdict }: Starving): string {
  const could = fairness === 'weak' ? 'all the time' : 'again and again, but not all the time';
  const fact = `${word} could happen ${could}, and never does`;
  if (verdict === 'undecided') return fact;
  return `${fact}; with ${fairness} fairness of ${unit} the property would ${outcome(verdict)}`;
}

function outcome(verdict: Verdict): string {
  return verdict === 'holds' ? 'hold' : 'fail all the same';
}
