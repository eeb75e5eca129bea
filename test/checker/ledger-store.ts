import { type Property, type System, spec } from '../../src/index.ts';

export interface Store {
  count: number;
  readonly volumes: { [id: string]: { status: string } };
  readonly guests: { [id: string]: number };
}

export const store = spec<Store>();

export const orders = ['breadth_first', 'depth_first'] as const;

/** Counts to three, and on its way creates a volume, attaches it and deletes it again. */
export const fill = store.flow({
  name: 'fill',
  steps: {
    create(state) {
      state.count = 1;
      state.volumes['v1'] = { status: 'available' };
    },
    attach(state) {
      state.count = 2;
      const volume = state.volumes['v1'];
      if (volume !== undefined) volume.status = 'in-use';
    },
    remove(state) {
      state.count = 3;
      delete state.volumes['v1'];
      return 'done';
    },
    repair(state) {
      state.count = 9;
    },
  },
});

export const spill = store.fault({
  name: 'spill',
  when: ({ count }) => count === 1,
  do: (state) => {
    state.guests['g1'] = 1;
  },
});

export function filling(system: Partial<System<Store>> = {}) {
  return store.scenario({
    name: 'filling',
    about: 'One process with a beginning and an end.',
    system: () => ({
      init: () => ({ count: 0, volumes: {}, guests: {} }),
      processes: { fill1: fill.start() },
      ...system,
    }),
  });
}

export const ask = (...properties: readonly Property<Store>[]) => filling({ properties });
