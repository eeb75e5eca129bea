import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failingAt } from '../../src/checker/properties/failing-at.ts';
import { enabledAfter } from '../../src/checker/runs/enabled-after.ts';
import { check, ReplayError, replay, type Scenario, spec, walk } from '../../src/index.ts';
import type { AnyPoint } from '../../src/spec/parameters.ts';
import { attachDetach } from '../oracles/attach-detach.ts';
import { lostUpdate } from '../oracles/lost-update.ts';
import { petersonMutex } from '../oracles/peterson.ts';
import { waterJugs } from '../oracles/water-jugs.ts';

const counting = spec<{ n: number; seen: { [id: string]: { at: number } } }>();
const questions = counting.scenario({
  name: 'questions',
  about: 'A question of each form, each violated.',
  system: () => ({
    init: () => ({ n: 0, seen: {} }),
    actions: [
      counting.action({
        name: 'count',
        when: ({ n }) => n < 6,
        do: (state) => {
          state.n += 1;
          state.seen[`s${state.n}`] = { at: state.n };
        },
      }),
    ],
    properties: [
      counting.always('it is below two', ({ n }) => n < 2),
      counting.never('it is three', ({ n }) => n === 3),
      counting.always(
        'all is seen early',
        counting.every('seen', 'before five', ({ at }) => at < 5),
      ),
      counting.step('no step leads to four', (_before, _action, after) => after.n !== 4),
    ],
    final: 'anywhere',
  }),
});

const points: readonly { readonly scenario: Scenario; readonly parameters: AnyPoint }[] = [
  { scenario: questions, parameters: {} },
  { scenario: petersonMutex, parameters: { first: 'turn' } },
  { scenario: lostUpdate, parameters: { threads: 3 } },
  { scenario: waterJugs, parameters: {} },
  { scenario: attachDetach, parameters: { hosts: 1, attachments: 3 } },
];

describe('what fails in a state', () => {
  test.each(points)(
    'the failing properties of a state are those that the search finds first there: $scenario.name',
    (point) => {
      const { scenario, parameters } = point;
      const { properties, parameters: at } = check(scenario, { parameters });
      const violated = properties.filter(
        ({ kind, verdict }) => kind !== 'deadlock' && verdict === 'violated',
      );
      expect(violated).not.toEqual([]);
      const system = scenario.system(at);
      for (const { name, failingPart, trace } of violated) {
        let before = trace!.init;
        const found = trace!.steps.map((step) => {
          const failing = failingAt(system, step.state, { before, step });
          before = step.state;
          return failing.find(({ property }) => property.name === name);
        });
        expect(failingAt(system, trace!.init).map(({ property }) => property.name)).not.toContain(
          name,
        );
        expect(found.slice(0, -1).filter((failing) => failing !== undefined)).toEqual([]);
        expect(found.at(-1)).toMatchObject({ property: { name }, part: failingPart });
      }
    },
  );
});

describe('what is enabled after a run', () => {
  test('every step that is enabled after a run can be taken then, and no other', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...points),
        fc.array(fc.nat(), { maxLength: 12 }),
        (point, picks) => {
          const { scenario, parameters } = point;
          const run = walk(scenario, picks, { parameters });
          const words = enabledAfter(scenario, run, { parameters }) ?? [];
          for (const word of words) {
            const further = replay(scenario, [...run.schedule, word], { parameters });
            expect(further.schedule).toEqual([...run.schedule, word]);
          }
          const nonsense = () =>
            replay(scenario, [...run.schedule, 'no such word'], { parameters });
          expect(nonsense).toThrow(ReplayError);
          try {
            nonsense();
          } catch (error) {
            expect(error).toMatchObject({ enabled: words });
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
