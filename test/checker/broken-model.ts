import { type Pick, SpecError, spec } from '../../src/index.ts';

export interface World {
  volumes: Record<string, { status: string; tags?: unknown }>;
  turn: number;
}

export const world = spec<World>();

/** A scenario in which a process takes one step that does what `step` does. */
export function taking(
  step: (state: World, self: { n: number; readonly pid: string }, pick: Pick) => unknown,
) {
  const flow = world.flow({
    name: 'detach',
    vars: () => ({ n: 0 }),
    steps: {
      // The point of these tests is to break the types' promises.
      driver_detach: (state, self, pick) => step(state as World, self, pick) as undefined,
      roll_detaching() {},
    },
  });
  return world.scenario({
    name: 'broken',
    about: 'A model with a mistake in it.',
    system: () => ({
      init: () => ({ volumes: { v1: { status: 'in-use' } }, turn: 0 }),
      processes: { detach1: flow.start() },
    }),
  });
}

export function complaint(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SpecError) return error.message.replace(/ \(file:.*|Thrown at .*/s, '…');
    throw error;
  }
  throw new Error('nothing was complained about');
}
