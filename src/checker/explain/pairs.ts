import type { Step } from '../result/result.ts';

/**
 * What two steps do to one another: the first reads what the second changes, both write it, or the
 * second reads what the first changes.
 */
export type RaceKind = 'stale_read' | 'overwrite' | 'early_read';

/** Two steps, counted from 0, that touch the same slots, at least one of them writing. */
export interface Pair {
  readonly kind: RaceKind;
  readonly first: number;
  readonly second: number;
  readonly slots: readonly string[];
}

/**
 * The pairs of a run: stale reads first, and among those the closest first. `agents` has the actor
 * of each step.
 */
export function pairsOf(steps: readonly Step[], agents: readonly string[]): readonly Pair[] {
  const order = { stale_read: 0, overwrite: 1, early_read: 2 };
  const pairs = steps.flatMap((later, second) =>
    steps.slice(0, second).flatMap((earlier, first): Pair[] => {
      const conflict = agents[first] === agents[second] ? undefined : conflictOf(earlier, later);
      return conflict === undefined ? [] : [{ ...conflict, first, second }];
    }),
  );
  return pairs.sort(
    (a, b) => order[a.kind] - order[b.kind] || a.second - a.first - (b.second - b.first),
  );
}

function conflictOf(earlier: Step, later: Step): Pick<Pair, 'kind' | 'slots'> | undefined {
  const both = (one: readonly string[], other: readonly string[]): readonly string[] =>
    one.filter((slot) => other.includes(slot) && !isControl(slot));
  const onlyRead = (step: Step): readonly string[] =>
    step.reads.filter((slot) => !step.writes.includes(slot));
  const found = [
    { kind: 'stale_read' as const, slots: both(onlyRead(earlier), later.writes) },
    { kind: 'overwrite' as const, slots: both(earlier.writes, later.writes) },
    { kind: 'early_read' as const, slots: both(earlier.writes, onlyRead(later)) },
  ];
  return found.find(({ slots }) => slots.length > 0);
}

/**
 * True for the places of processes, the holders of locks and the budgets of faults: these order
 * steps and do not race.
 */
function isControl(slot: string): boolean {
  return /^(?:processes|locks|faults)\./.test(slot);
}

/**
 * The second step, and the steps between the two that it needs; undefined when it needs the first
 * one, too.
 */
export function neededBy(
  steps: readonly Step[],
  agents: readonly string[],
  { first, second }: Pair,
): readonly number[] | undefined {
  const needed = [second];
  const isBound = (i: number, other: number): boolean =>
    agents[i] === agents[other] || isBoundTo(steps[i] as Step, steps[other] as Step);
  for (let i = second - 1; i >= first; i--) {
    if (!needed.some((other) => isBound(i, other))) continue;
    if (i === first) return undefined;
    needed.unshift(i);
  }
  return needed;
}

/**
 * True if the later step cannot come before the earlier one, because of a process or lock that both
 * touch.
 */
function isBoundTo(earlier: Step, later: Step): boolean {
  const touches = (step: Step, slot: string): boolean =>
    step.reads.includes(slot) || step.writes.includes(slot);
  const control = (step: Step): readonly string[] => step.writes.filter(isControl);
  return (
    control(earlier).some((slot) => touches(later, slot)) ||
    control(later).some((slot) => touches(earlier, slot))
  );
}
