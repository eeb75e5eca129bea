import fc from 'fast-check';
import { type Scenario, spec } from '../../src/index.ts';

/**
 * Random systems of many small actors that share few registers, so that most pairs of steps are
 * independent and some are not.
 */
export interface Net {
  readonly registers: number;
  /** Values of each register: 0 to before this. */
  readonly values: number;
  readonly actors: readonly NetActor[];
  /**
   * Actors that never do anything, before all others: they move those into other words of a set.
   */
  readonly idle: number;
}

export interface NetActor {
  /** The register that has to hold `value`. */
  readonly reads: number;
  readonly value: number;
  readonly writes: number;
  /** The increments of the written register; the step picks one of several. */
  readonly adds: readonly number[];
  /** The entry of a table that grows, which is made, deleted, counted, or left alone. */
  readonly entry: 'none' | 'make' | 'delete' | 'count';
  readonly isFault: boolean;
}

const register = fc.nat({ max: 5 });

const netActor: fc.Arbitrary<NetActor> = fc.record({
  reads: register,
  value: fc.nat({ max: 2 }),
  writes: register,
  adds: fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 2 }),
  entry: fc.oneof(
    { weight: 8, arbitrary: fc.constant('none' as const) },
    { weight: 1, arbitrary: fc.constantFrom('make' as const, 'delete' as const, 'count' as const) },
  ),
  isFault: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.boolean()),
});

export const net: fc.Arbitrary<Net> = fc.record({
  registers: fc.integer({ min: 2, max: 6 }),
  values: fc.integer({ min: 2, max: 3 }),
  actors: fc.array(netActor, { minLength: 2, maxLength: 12, size: 'max' }),
  idle: fc.constantFrom(0, 1, 29, 31, 32, 60),
});

interface NetState {
  readonly [register: `r${number}`]: number;
  items: { [id: string]: number };
}

const model = spec<NetState>();

/** The scenario of a net. Its properties ask for a sum, for an entry, and for a step. */
export function netScenario({ registers, values, actors, idle }: Net): Scenario {
  const name = (number: number) => `r${number % registers}` as const;
  const body = ({ reads, value, writes, adds, entry }: NetActor, id: string) => ({
    when: (state: object) => (state as NetState)[name(reads)] === value % values,
    do: (state: object, pick: (name: string, options: readonly number[]) => number) => {
      const draft = state as { [register: string]: number } & Pick<NetState, 'items'>;
      const added = adds.length > 1 ? pick('added', [...new Set(adds)]) : (adds[0] as number);
      const count = entry === 'count' ? Object.keys(draft.items).length : 0;
      draft[name(writes)] = ((draft[name(writes)] as number) + added + count) % values;
      if (entry === 'make') draft.items[id] = added;
      if (entry === 'delete') delete draft.items[id];
    },
  });
  const acting = actors.map((one, i) => ({
    isFault: one.isFault,
    action: { name: `a${i}`, ...body(one, `e${i % 3}`) },
  }));
  const still = Array.from({ length: idle }, (_, i) =>
    model.action({ name: `idle${i}`, when: () => false, do() {} }),
  );
  const init = Object.fromEntries(Array.from({ length: registers }, (_, i) => [name(i), 0]));
  return model.scenario({
    name: 'net',
    about: 'Actors that share registers.',
    system: () => ({
      init: () => ({ ...init, items: {} }),
      actions: [
        ...still,
        ...acting
          .filter(({ isFault }) => !isFault)
          .map(({ action }) => model.action(action as never)),
      ],
      faults: acting
        .filter(({ isFault }) => isFault)
        .map(({ action }) => model.fault({ ...action, times: 1 } as never)),
      properties: [
        model.never('r0 and r1 have their highest values', (state) => {
          return state[name(0)] === values - 1 && state[name(1)] === values - 1;
        }),
        model.always(
          'every item is small',
          model.every('items', (item) => item < 2),
        ),
        model.step('r0 stays while r1 has its highest value', (before, _, after) => {
          return before[name(1)] !== values - 1 || before[name(0)] === after[name(0)];
        }),
        // Rarely violated: most steps have to be judged in many states.
        ...[0, 1, 2, 3].map((r) =>
          model.step(
            `r${r} stays while all others have their highest values`,
            (before, _, after) => {
              const others = Array.from({ length: registers }, (_one, i) => i).filter(
                (i) => i !== r,
              );
              const isBound = others.every((i) => before[name(i)] === values - 1);
              return !isBound || before[name(r)] === after[name(r)];
            },
          ),
        ),
        model.step('items come one by one', (before, _, after) => {
          return Object.keys(after.items).length <= Object.keys(before.items).length + 1;
        }),
      ],
    }),
  });
}
