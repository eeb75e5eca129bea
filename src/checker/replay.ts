import type { Scenario } from '../spec/scenario.ts';
import type { CheckOptions } from './options.ts';
import type { Trace } from './result.ts';
import { type Candidate, type Stepper, stepperFor, type Vector } from './stepper.ts';
import { normalWord } from './words.ts';

/** A word of a schedule cannot be followed. */
export class ReplayError extends Error {
  /** Which word, counted from 1. */
  readonly step: number;
  readonly word: string;
  /** What could have been done there instead. */
  readonly enabled: readonly string[];

  constructor(step: number, word: string, enabled: readonly string[]) {
    const instead =
      enabled.length === 0
        ? 'Nothing is: the run ends here.'
        : `Enabled there:\n${enabled.map((each) => `  ${each}`).join('\n')}`;
    super(`step ${step}: '${word}' is not enabled\n${instead}`);
    this.name = 'ReplayError';
    this.step = step;
    this.word = word;
    this.enabled = enabled;
  }
}

export interface ReplayOptions extends Pick<CheckOptions, 'parameters' | 'faults'> {
  /** Which of several initial states to begin in, counted from 0; all are tried when left out. */
  readonly init?: number;
}

/**
 * Follows schedule words such as `detach1.driver_detach[guest=refuses]`.
 * Throws a ReplayError at the first word that is not enabled, saying what is.
 */
export function replay(
  scenario: Scenario,
  words: readonly string[],
  options: ReplayOptions = {},
): Trace {
  const { stepper, initial } = stepperFor(scenario, options);
  const starts = [...initial.entries()].filter(([i]) => i === (options.init ?? i));
  let furthest: ReplayError | undefined;
  for (const [index, init] of starts) {
    const followed = follow(stepper, init, words);
    if (!(followed instanceof ReplayError)) return stepper.trace(init, index, followed);
    if (furthest === undefined || followed.step > furthest.step) furthest = followed;
  }
  throw furthest ?? new ReplayError(0, '', []);
}

/** Every initial state, counted from 0, from which the words can be followed. */
export function startsOf(
  scenario: Scenario,
  words: readonly string[],
  options: ReplayOptions = {},
): readonly number[] {
  const { stepper, initial } = stepperFor(scenario, options);
  return [...initial.entries()]
    .filter(([, init]) => !(follow(stepper, init, words) instanceof ReplayError))
    .map(([index]) => index);
}

function follow(
  stepper: Stepper,
  init: Vector,
  words: readonly string[],
): readonly Candidate[] | ReplayError {
  const taken: Candidate[] = [];
  let vector = init;
  for (const [i, word] of words.entries()) {
    const candidates = stepper.enabled(vector);
    const meant = normalWord(word);
    const chosen = candidates.find((candidate) => candidate.word === meant);
    if (chosen === undefined) {
      return new ReplayError(
        i + 1,
        word,
        candidates.map((each) => each.word),
      );
    }
    taken.push(chosen);
    vector = stepper.after(vector, chosen.outcome);
  }
  return taken;
}
