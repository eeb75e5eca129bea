import type { StateProperty, StepProperty } from '../../spec/property.ts';
import type { PropertyResult, Step, Trace, WorldState } from '../result/result.ts';
import type { ValueRead } from '../result/value-read.ts';
import type { Answers, Place, Question, Range } from './circuit.ts';
import { ReadRecorder } from './read-recorder.ts';
import { OfSeen, type Seen, valueOfStep } from './seen.ts';
import { answerTo, decidesWhere, firstDeciding } from './take-apart.ts';

/** What the test read that decides a property in the last state of a counterexample. */
export function readAtEnd(property: StateProperty, trace: Trace): Pick<PropertyResult, 'read'> {
  return named(valuesReadIn(property, trace.steps.at(-1)?.state ?? trace.init));
}

/** What a property of steps read of the last step of a counterexample. */
export function readOfLastStep(
  property: StepProperty,
  { init, steps }: Trace,
): Pick<PropertyResult, 'read'> {
  const last = steps.at(-1);
  if (last === undefined) return {};
  return named(valuesReadOfStep(property, steps.at(-2)?.state ?? init, last));
}

const named = (read: readonly ValueRead[]): Pick<PropertyResult, 'read'> =>
  read.length === 0 ? {} : { read };

/**
 * The values that the test read which decides a property in this state: false for an `always`, true
 * for the others. Empty where no single test decides it, and where the test throws.
 */
function valuesReadIn({ kind, body }: StateProperty, world: WorldState): readonly ValueRead[] {
  const seeks = decidesWhere(kind);
  return recorded((recorder) => {
    const clause = firstDeciding(body, seeks, world);
    if (clause === undefined) return false;
    const answers = new Recording(new OfSeen(recorder.on(world)), new OfSeen(world));
    return answerTo(clause, answers) === clause.seeks;
  });
}

/** The values that a property of steps read of the step that it forbids. */
function valuesReadOfStep(
  { holds }: StepProperty,
  before: WorldState,
  step: Step,
): readonly ValueRead[] {
  return recorded((recorder) => {
    const { actor, label, picks } = step;
    const answersOn = (one: Seen, other: Seen) =>
      new OfSeen(one, { before: one, action: { actor, label, picks }, after: other });
    const views = [recorder.on(before, 'before'), recorder.on(step.state, 'after')] as const;
    const answers = new Recording(answersOn(...views), answersOn(before, step.state));
    return !valueOfStep(holds, answers);
  });
}

/** Shows views to the tests only: what the checker reads to find the entries is not recorded. */
class Recording implements Answers {
  readonly moment = this;
  readonly #shown: Answers;
  readonly #plain: Answers;

  constructor(shown: Answers, plain: Answers) {
    this.#shown = shown;
    this.#plain = plain;
  }

  ask(question: Question): boolean {
    return this.#shown.ask(question);
  }

  idsOf(range: Range): readonly string[] {
    return this.#plain.idsOf(range);
  }

  isThere(place: Place): boolean {
    return this.#plain.isThere(place);
  }

  changedIds(range: Range): readonly string[] {
    return this.#plain.changedIds(range);
  }
}

/** What is read while `decides` runs; nothing where it does not find the property decided. */
function recorded(decides: (recorder: ReadRecorder) => boolean): readonly ValueRead[] {
  const recorder = new ReadRecorder();
  try {
    return decides(recorder) ? recorder.values : [];
  } catch {
    // The verdict stands without this: the search has asked the test about this state.
    return [];
  }
}
