import type { StateProperty, StepProperty } from '../../spec/property.ts';
import type { PropertyResult, Step, Trace, WorldState } from '../result/result.ts';
import type { ValueRead } from '../result/value-read.ts';
import { ReadRecorder } from './read-recorder.ts';
import { isTrueOfStep, OfSeen } from './seen.ts';
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
    return answerTo(clause, new OfSeen(recorder.on(world))) === clause.seeks;
  });
}

/** The values that a property of steps read of the step that it forbids. */
function valuesReadOfStep(
  { holds }: StepProperty,
  before: WorldState,
  step: Step,
): readonly ValueRead[] {
  return recorded((recorder) => {
    const after = recorder.on(step.state, 'after');
    return !isTrueOfStep(holds, recorder.on(before, 'before'), step, after);
  });
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
