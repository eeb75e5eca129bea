import { choice, spec, stronglyFair, weaklyFair } from '../../../src/index.ts';

interface Switch {
  n: number;
  readonly doors: { readonly [id: string]: string };
}
const model = spec<Switch>();

/**
 * A property of every kind that a single run violates. `mended=steps` takes the steps of those runs
 * away, `mended=fairness` one of them, and assumes a fairness that rules the others out,
 * `mended=properties` asks for less.
 */
export const everyKind = model.scenario({
  name: 'every-kind',
  about: 'A light that flickers, and a trap.',
  parameters: { mended: choice(['no', 'steps', 'fairness', 'properties']) },
  system: ({ mended }) => {
    const go = (name: string, from: readonly number[], to: number, exists = true) =>
      model.action({
        name,
        when: ({ n }) => exists && from.includes(n),
        do: (state) => {
          state.n = to;
        },
      });
    const up = go('up', [0], 1, mended !== 'steps');
    const down = go('down', [1], 0);
    const finish = go('finish', [0], 5);
    const trap = go('trap', [1], 9, mended === 'no' || mended === 'properties');
    const asks = mended !== 'properties';
    const is = (value: number) => (state: Switch) => state.n === value || !asks;
    return {
      init: () => ({ n: 0, doors: { front: 'waits' } }),
      actions: [up, down, finish, trap],
      final: ({ n }) => n === 5 || !asks,
      fairness: [...weaklyFair(up, down), ...(mended === 'fairness' ? stronglyFair(finish) : [])],
      properties: [
        model.always('the light is below nine', ({ n }) => n < 9 || !asks),
        model.never('the light is at nine', ({ n }) => n === 9 && asks),
        model.step(
          'the light moves by one',
          (before, { label }, after) =>
            label === 'finish' || Math.abs(after.n - before.n) <= 1 || !asks,
        ),
        model.eventually('it finishes', is(5)),
        model.leadsTo('one leads to five', ({ n }) => n === 1, is(5)),
        model.leadsTo('nine leads to five', ({ n }) => n === 9, is(5)),
        model.eachLeadsTo(
          'who waits sees five',
          'doors',
          (door) => door === 'waits',
          (_door, _id, state) => is(5)(state),
        ),
        model.infinitelyOften('it is five again and again', is(5)),
        model.infinitelyOften('it finishes again and again', {
          step: (_before, { label }) => !asks || label === 'finish',
        }),
        model.eventuallyAlways('it stays at five', is(5)),
      ],
    };
  },
});
