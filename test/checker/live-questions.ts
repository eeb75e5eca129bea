import type { ProcessTable, Property } from '../../src/index.ts';
import { makeQuestions } from '../../src/spec/questions.ts';
import { type Cond, holds, type Small } from './small-model.ts';

/** The assumptions and questions about a small model beside its own. */
export interface Questions {
  /**
   * Undefined for the assumption of a scenario without one. A unit is one of the existing ones, by
   * number.
   */
  readonly fairness: readonly { readonly strong: boolean; readonly unit: number }[] | undefined;
  readonly conds: readonly Cond[];
  /** Whose steps are asked about. */
  readonly actor: string;
}

const ask = makeQuestions<Small>();
type Truths = (state: object, processes: ProcessTable) => boolean;

/** The n-th condition of the questions, as a test. */
export function testIn({ conds }: Questions, n: number): Truths {
  const cond = conds[n];
  if (cond === undefined) throw new Error(`there is no condition ${n}`);
  // What is tested is a state of a small model, whatever its type was forgotten to be.
  return (state, processes) => holds(cond, { state: state as Small, processes });
}

/**
 * Properties of every kind. Those about single states and steps have conditions weak enough to hold
 * at times.
 */
export function propertiesOf(questions: Questions): readonly Property<Small>[] {
  const is = (n: number) => testIn(questions, n);
  const { actor } = questions;
  return [
    ask.eventually('eventually', is(0)),
    ask.infinitelyOften('infinitelyOften', is(1)),
    ask.eventuallyAlways('eventuallyAlways', is(2)),
    ask.leadsTo('leadsTo', is(3), is(4)),
    ask.infinitelyOften('infinitelyOftenStep', { step: (_, action) => action.actor === actor }),
    ask.eachLeadsTo(
      'each',
      'deep',
      ({ n }, _id, state, processes) => n > 0 && is(5)(state, processes),
      ({ n }, _id, state, processes) => n === 0 || is(6)(state, processes),
    ),
    ask.step(
      'step',
      (before, action, after, processes) =>
        action.actor !== actor || is(7)(before, processes.before) || is(0)(after, processes.after),
    ),
    ask.always('given', ask.given(is(1), is(2))),
    ask.always(
      'parts',
      ask.all({
        one: (state, processes) => is(0)(state, processes) || is(7)(state, processes),
        two: ask.every(
          'late',
          (entry, _, state, processes) => entry > 0 || is(3)(state, processes),
        ),
      }),
    ),
    ask.never(
      'some',
      ask.some(
        'flat',
        (entry, id, state, processes) => entry > 1 && id !== 'a' && is(4)(state, processes),
      ),
    ),
  ];
}
