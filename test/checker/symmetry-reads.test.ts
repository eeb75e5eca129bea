import { expect, test } from 'vitest';
import { check, type Property, spec } from '../../src/index.ts';

interface Work {
  done: { [id: string]: boolean };
  alarm: boolean;
}
const ids = ['p', 'q'];
const work = spec<Work>();

/** Two workers, and an alarm that may go once one of them is done. */
function scenarioOf(
  mayWork: (id: string, state: Work) => boolean,
  properties: readonly Property<Work>[],
) {
  return work.scenario({
    name: 'workers',
    about: 'Two workers and an alarm.',
    system: () => ({
      init: () => ({ done: { p: false, q: false }, alarm: false }),
      actions: [
        ...ids.map((id) =>
          work.action({
            actor: id,
            name: 'work',
            when: (state) => state.done[id] === false && mayWork(id, state),
            do: ({ done }) => {
              done[id] = true;
            },
          }),
        ),
        work.action({
          name: 'alarm',
          when: ({ done, alarm }) => !alarm && ids.filter((id) => done[id]).length === 1,
          do: (state) => {
            state.alarm = true;
          },
        }),
      ],
      symmetry: { ids },
      final: 'anywhere',
      properties,
    }),
  });
}

// One of the two stands for both in the states that a search visits.
test.each(ids)('a step of %s that reads more than its twin is compared in each state', (odd) => {
  const scenario = scenarioOf(
    (id, state) => id !== odd || !state.alarm,
    [work.never('all are done', ({ done }) => ids.every((id) => done[id]))],
  );
  expect(() => check(scenario, { symmetry: true })).toThrow('not symmetric');
});

test.each(ids)('a question about %s that reads more is compared in each state', (odd) => {
  const scenario = scenarioOf(
    () => true,
    [
      work.always(
        'the alarm finds it done',
        work.every('done', (done, id, state) => done || id !== odd || !state.alarm),
      ),
    ],
  );
  expect(() => check(scenario, { symmetry: true })).toThrow('not symmetric');
});
