import type { Wait } from '../result/wait.ts';
import type { Stepper, Vector } from '../runs/stepper.ts';
import { PROCESSES, type SlotValue } from '../state/slots.ts';

/** The number of other values of a slot to try. */
const valuesMax = 20;

/**
 * The processes that can take no step at the end of a run through these states, with what each
 * waits for.
 */
export function waitsAt(stepper: Stepper, run: readonly Vector[]): readonly Wait[] {
  const end = run.at(-1) ?? [];
  const { processes } = stepper.world(end);
  return Object.entries(processes).flatMap(([process, { at }]): Wait[] => {
    if (at === 'done' || canStep(stepper, process, end)) return [];
    const isOther = (pid: string) => pid !== process && Object.hasOwn(processes, pid);
    const needed = stepper
      .readsOf(process, end)
      .filter((slot) => stepper.slots.fieldOf[slot]?.name !== PROCESSES)
      .flatMap((slot) => heldIn(stepper, slot, run, process))
      .filter(({ holder }) => isOther(holder));
    return [{ process, at, for: needed }];
  });
}

/**
 * The texts in a slot that block a process: those that differ from an earlier value with which it
 * could go on.
 */
function heldIn(
  stepper: Stepper,
  slot: number,
  run: readonly Vector[],
  process: string,
): Wait['for'] {
  const { slots } = stepper;
  const end = run.at(-1) ?? [];
  const numbers = new Set(run.map((vector) => vector[slot] ?? 0));
  numbers.delete(end[slot] ?? 0);
  const freeing = [...numbers].slice(0, valuesMax).find((number) => {
    const changed = Array.from({ length: slots.count }, (_, i) => end[i] ?? 0);
    changed[slot] = number;
    return canStep(stepper, process, changed);
  });
  if (freeing === undefined) return [];
  const texts = (number: number) => textsIn(slots.valueOf(slot, number), slots.nameOf(slot));
  const before = new Map(texts(freeing).map(({ path, holder }) => [path, holder]));
  return texts(end[slot] ?? 0).filter(({ path, holder }) => before.get(path) !== holder);
}

/** Returns false also where the step throws, because no run may reach that state. */
function canStep(stepper: Stepper, process: string, vector: Vector): boolean {
  try {
    const candidates = stepper.enabledFor(process, vector);
    return candidates.some(({ actor }) => actor.kind === 'process' && actor.pid === process);
  } catch {
    return false;
  }
}

/** Every text in a value, with its path. */
function textsIn(value: SlotValue, path: string): Wait['for'] {
  if (typeof value === 'string') return [{ path, holder: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${path}.${key}`));
}
