import { describe, expect, test } from 'vitest';
import { type Property, type System, weaklyFair } from '../../src/index.ts';
import { go, verdicts, type World, world } from './live-counter.ts';

describe('what each entry of a table leads to', () => {
  const put = (from: number, to: number, value: number | undefined) =>
    world.action({
      name: `${from}to${to}`,
      when: ({ x }) => x === from,
      do: (state) => {
        state.x = to;
        if (value === undefined) delete state.items['a'];
        else state.items['a'] = value;
      },
    });
  const asked = (...actions: readonly ReturnType<typeof put>[]) =>
    verdicts({
      actions,
      properties: [
        world.eachLeadsTo(
          'one becomes two',
          'items',
          (item) => item === 1,
          (item) => item === 2,
        ),
      ],
      fairness: weaklyFair('anything'),
    });

  test('eachLeadsTo asks about an entry that appears on the way', () => {
    expect(asked(put(0, 1, 1), put(1, 2, 2))).toEqual(['holds']);
    expect(asked(put(0, 1, 1), put(1, 2, 3))).toEqual(['violated']);
  });

  test('eachLeadsTo is done when the entry is gone, and asks again when it is back', () => {
    expect(asked(put(0, 1, 1), put(1, 2, undefined))).toEqual(['holds']);
    expect(asked(put(0, 1, 1), put(1, 2, undefined), put(2, 3, 1))).toEqual(['violated']);
    expect(asked(put(0, 1, 1), put(1, 0, undefined))).toEqual(['holds']);
  });

  test('eachLeadsTo waits while the entry is something else', () => {
    expect(asked(put(0, 1, 1), put(1, 2, 0), put(2, 1, 1))).toEqual(['violated']);
    expect(asked(put(0, 1, 1), put(1, 2, 0), put(2, 3, 2), put(3, 1, 1))).toEqual(['holds']);
  });
});

describe('a property about steps', () => {
  /** The action goes one way only, so the memo has one place for it. */
  const tick = go('tick', 0, 1);
  const asked = (actions: System<World>['actions'], property: Property<World>) =>
    verdicts({ actions: [tick, ...(actions ?? [])], properties: [property] });

  test('a property about steps is asked again where a slot differs that the step neither reads nor writes', () => {
    const turn = world.action({
      name: 'turn',
      when: (state) => state.turn === 0,
      do: (state) => {
        state.turn = 1;
      },
    });
    const isTick = (label: string) => label === 'tick';
    const properties = [
      world.step('before', (before, { label }) => !isTick(label) || before.turn === 0),
      world.step('after', (_, { label }, after) => !isTick(label) || after.turn === 0),
    ];
    for (const property of properties) {
      expect(asked([], property)).toEqual(['holds']);
      expect(asked([turn], property)).toEqual(['violated']);
    }
  });

  test('a property about steps sees entries that appeared after it was first asked about such a step', () => {
    const add = world.action({
      name: 'add',
      when: ({ items }) => Object.keys(items).length < 2,
      do: (state) => {
        state.items[`i${Object.keys(state.items).length}`] = 1;
      },
    });
    const few = (items: object) => Object.keys(items).length < 2;
    const properties = [
      world.step('before', (before, { label }) => label !== 'tick' || few(before.items)),
      world.step('after', (_, { label }, after) => label !== 'tick' || few(after.items)),
      world.step('by id', (_, { label }, after) => label !== 'tick' || after.items['i1'] !== 1),
    ];
    for (const property of properties) {
      expect(asked([], property)).toEqual(['holds']);
      expect(asked([add], property)).toEqual(['violated']);
    }
  });

  test('a property about steps is asked of steps that change nothing, and a run that goes on for ever does not count those', () => {
    const idle = world.action({ name: 'idle', do() {} });
    const is = (label: string) => label === 'idle';
    expect(
      asked(
        [idle],
        world.step('never idle', (_, { label }) => !is(label)),
      ),
    ).toEqual(['violated']);
    const idles = world.infinitelyOften('idle', { step: (_, { label }) => is(label) });
    expect(asked([idle], idles)).toEqual(['violated']);
  });
});
