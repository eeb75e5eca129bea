import { describe, expect, test } from 'vitest';
import { check, replay, spec } from '../../src/index.ts';

interface Lamp {
  on: boolean;
}

const lamp = spec<Lamp>();

const switchOn = lamp.action({
  name: 'switch_on',
  when: ({ on }) => !on,
  do: (state) => {
    state.on = true;
  },
});

const verdicts = (result: ReturnType<typeof check>) =>
  result.properties.map(({ name, verdict }) => [name, verdict]);

describe('a system without processes', () => {
  test('is stuck at its end, also when a property asks for a process that never existed', () => {
    const scenario = lamp.scenario({
      name: 'lamp',
      about: 'Nothing can happen once the lamp is on.',
      system: () => ({
        init: () => ({ on: false }),
        actions: [switchOn],
        properties: [
          lamp.never('somebody is there', (_state, processes) => processes['nobody'] !== undefined),
        ],
      }),
    });
    for (const order of ['breadth_first', 'depth_first'] as const) {
      expect(verdicts(check(scenario, { order }))).toEqual([
        ['somebody is there', 'holds'],
        ['every run can go on until it is done', 'violated'],
      ]);
    }
  });
});

describe('a counterexample', () => {
  test('names its initial state so that replay begins there, also when init lists equal states', () => {
    const scenario = lamp.scenario({
      name: 'lamps',
      about: 'The second lamp is the first one, listed once more.',
      system: () => ({
        init: () => [{ on: false }, { on: false }, { on: true }],
        actions: [{ ...switchOn, when: undefined }],
        properties: [lamp.never('the lamp is on', ({ on }) => on)],
      }),
    });
    const trace = check(scenario).properties[0]?.trace;
    expect(trace?.init.state).toEqual({ on: true });
    expect(replay(scenario, trace?.words ?? [], { init: trace?.initIndex ?? -1 })).toEqual(trace);
  });
});
