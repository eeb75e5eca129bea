import { expect } from 'vitest';
import { check, type Result, type System, spec } from '../../src/index.ts';

export interface World {
  x: number;
  turn: number;
  readonly items: { [id: string]: number };
}

export const world = spec<World>();

const init = (): World => ({ x: 0, turn: 0, items: {} });

const settings = (['breadth_first', 'depth_first'] as const).flatMap((order) =>
  (['adaptive', 'off'] as const).map((memo) => ({ order, memo })),
);

/** The verdicts of a system, which must not depend on how it is searched. */
export function verdicts(system: Partial<System<World>>): readonly string[] {
  const scenario = world.scenario({
    name: 'tiny',
    about: 'Made to tell two mistakes apart.',
    system: () => ({ init, final: 'anywhere' as const, ...system }),
  });
  const all = settings.map((options) => {
    const { properties }: Result = check(scenario, options);
    return properties.map(({ verdict }) => verdict);
  });
  for (const each of all) expect(each).toEqual(all[0]);
  return all[0] ?? [];
}

export const go = (name: string, from: number, to: number, actor?: string) =>
  world.action({
    ...(actor === undefined ? {} : { actor }),
    name,
    when: ({ x }) => x === from,
    do: (state) => {
      state.x = to;
    },
  });
