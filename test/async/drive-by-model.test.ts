import { spec, weaklyFair } from 'racewright';
import { expect, test } from 'vitest';
import { type Body, driveByModel, modelOf } from '../../src/async/index.ts';

/** A switch that is turned on in one step and off in the next, where the model may wait for it. */
const lamp = spec<{ on: number }>();
const twice = (guard: number) =>
  lamp.flow({
    name: 'twice',
    steps: {
      on(state) {
        state.on = 1;
      },
      off: {
        when: (state) => state.on < guard,
        do: (state) => {
          state.on = 0;
        },
      },
    },
  });
const lampModel = (guard: number, property: 'eventually' | 'none') =>
  modelOf(
    lamp.scenario({
      name: 'lamp',
      about: 'A lamp is turned on and off.',
      system: () => ({
        init: () => ({ on: 0 }),
        processes: { ann: twice(guard).start() },
        properties:
          property === 'none' ? [] : [lamp.eventually('it is off for good', ({ on }) => on === 2)],
      }),
    }),
  );
const lampBody =
  (model: ReturnType<typeof lampModel>, calls: readonly string[], waits: boolean): Body =>
  async (kit) => {
    let on = 0;
    kit.conforms(model, () => ({ on }));
    const call = (name: string) =>
      kit.call(name, async () => {
        on = name === 'on' ? 1 : 0;
      })();
    const all = async () => {
      for (const name of calls) await call(name);
      if (waits) await new Promise(() => {});
    };
    await kit.task('ann', all, { begins: 'at once' });
  };

test.each([
  ['waits where the model is stuck', ['on'], true, 'seen', 'deadlock: ann waits'],
  ['ends there', ['on'], false, 'refuted', 'the model cannot come to its end, and the code does'],
  [
    'takes the step that the model cannot take',
    ['on', 'off'],
    false,
    'refuted',
    'not allow ann.off',
  ],
] as const)(
  'a deadlock of the model is followed by code that %s',
  async (_, calls, waits, outcome, why) => {
    const model = lampModel(1, 'none');
    const { runs } = await driveByModel(model, lampBody(model, calls, waits));
    expect(runs).toMatchObject([{ outcome, why: expect.stringContaining(why) }]);
  },
);

/** A lamp that blinks: with fairness for ever, without it as long as it likes. */
function blinking(isFair: boolean) {
  const on = lamp.action({
    name: 'on',
    when: (state) => state.on === 0,
    do: (state) => {
      state.on = 1;
    },
  });
  const off = lamp.action({
    name: 'off',
    when: (state) => state.on === 1,
    do: (state) => {
      state.on = 0;
    },
  });
  return modelOf(
    lamp.scenario({
      name: 'blinking-lamp',
      about: 'A lamp blinks.',
      system: () => ({
        init: () => ({ on: 0 }),
        actions: [on, off],
        fairness: isFair ? [weaklyFair(on), weaklyFair(off)] : [],
        properties: [lamp.eventually('it breaks', (state) => state.on === 2)],
      }),
    }),
  );
}

const blinkOnce =
  (model: ReturnType<typeof blinking>): Body =>
  async (kit) => {
    let on = 0;
    kit.conforms(model, () => ({ on }));
    for (const [name, value] of [
      ['on', 1],
      ['off', 0],
    ] as const) {
      const run = async () => {
        on = value;
      };
      await kit.call(name, run)();
    }
  };

test('a run of the model that stops for ever is refuted by code that goes on', async () => {
  const model = blinking(false);
  const { runs } = await driveByModel(model, blinkOnce(model));
  expect(runs).toMatchObject([
    {
      modelSchedule: [],
      outcome: 'refuted',
      why: 'the model stops for ever, and the code goes on with on',
    },
  ]);
});

test('a run of the model that repeats steps for ever is undecided where the code follows', async () => {
  const model = blinking(true);
  const { runs } = await driveByModel(model, blinkOnce(model));
  expect(runs).toMatchObject([
    {
      modelSchedule: ['on', 'off'],
      outcome: 'undecided',
      why: expect.stringContaining('for ever'),
    },
  ]);
});

test('a run of the model that stops at its end is seen in code that ends there', async () => {
  const model = lampModel(2, 'eventually');
  const { runs } = await driveByModel(model, lampBody(model, ['on', 'off'], false));
  expect(runs).toMatchObject([{ modelSchedule: ['ann.on', 'ann.off'], outcome: 'seen', why: '' }]);
});
