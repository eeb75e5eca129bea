import { worldOf } from '../evaluate/world.ts';
import type { StepTests } from '../properties/step-tests.ts';
import type { WorldState } from '../result/result.ts';
import type { Machine } from '../transitions/machine.ts';

/** The visited states as plain data, in the order of discovery. */
export function* visitedWorlds(machine: Machine): Iterable<WorldState> {
  for (let state = 0; state < machine.visited.count; state++) {
    machine.lookAt(state);
    yield worldOf(machine.slots, machine);
  }
}

/** The slots, as `table.id`, that a guard, a recipe or a property has read so far. */
export function slotsRead({ evaluator, slots }: Machine, steps: StepTests): ReadonlySet<string> {
  const read = [...evaluator.tracker.everRead, ...steps.slotsRead()];
  return new Set(read.map((slot) => slots.nameOf(slot)));
}
