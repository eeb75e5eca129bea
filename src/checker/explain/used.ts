import type { Step, Trace } from '../result.ts';
import type { Schedules, Taken } from './schedules.ts';

/**
 * The first step after `second` that does something else than in the repaired run, of the actor of step `first` or of
 * one to which the news has spread: by a process that it started, or whose variables it looked at. Undefined when step
 * `first` itself did the same there: then whatever came later has another reason. Steps are counted from 0.
 */
export function usedBy(
  schedules: Schedules,
  { steps }: Trace,
  { first, second }: { readonly first: number; readonly second: number },
  repaired: readonly Taken[],
): number | undefined {
  const places = placesOf(steps);
  const others = byPlace(
    repaired.map(({ before, candidate }) => schedules.stepper.describe(before, candidate)),
  );
  const differs = (index: number): boolean =>
    effectOf(steps[index]) !== effectOf(others.get(places[index] ?? ''));
  if (!differs(first)) return undefined;
  const knowing = new Set([steps[first]?.actor]);
  for (let i = first + 1; i < steps.length; i++) {
    const step = steps[i] as Step;
    const heard = step.reads.some((slot) => isProcessOf(slot, knowing));
    if (!knowing.has(step.actor) && !heard) continue;
    if (!differs(i)) continue;
    if (i > second) return i;
    knowing.add(step.actor);
  }
  return undefined;
}

/** What an actor does for the how-many-eth time, which tells its steps apart in both runs. */
function placesOf(steps: readonly Step[]): readonly string[] {
  const counts = new Map<string | undefined, number>();
  return steps.map(({ actor }) => {
    const count = (counts.get(actor) ?? 0) + 1;
    counts.set(actor, count);
    return `${count} ${actor}`;
  });
}

function byPlace(steps: readonly Step[]): ReadonlyMap<string, Step> {
  const places = placesOf(steps);
  return new Map(steps.map((step, i) => [places[i] ?? '', step]));
}

function effectOf(step: Step | undefined): string {
  return JSON.stringify([step?.label, step?.picks, step?.changes]);
}

function isProcessOf(slot: string, actors: ReadonlySet<string | undefined>): boolean {
  return slot.startsWith('processes.') && actors.has(slot.slice('processes.'.length));
}
