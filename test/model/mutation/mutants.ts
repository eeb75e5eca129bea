import type { MutableModel, Mutant } from './mutable-model.ts';
import type { Baseline } from './noticing.ts';

/** One guard or lock of the newest release that is not there. */
export interface NamedMutant {
  readonly id: string;
  /** What a baseline has seen if the mutant can make a difference there. */
  readonly seen: string;
  readonly mutant: Mutant;
}

/**
 * Each condition that ever decides without effect, each step that ever waits without waiting, each
 * lock at each step not taken, and each comparison of cinder-api made in another step than what is
 * written by it.
 */
export function flowMutants(
  { mutator }: MutableModel,
  all: readonly Baseline[],
): readonly NamedMutant[] {
  const seen = seenIn(all);
  const conditions = mutator.sites.map(({ id }, site): NamedMutant => {
    return { id, seen: `condition ${site}`, mutant: { kind: 'condition', site } };
  });
  const steps = [...seen].sort().flatMap((name): NamedMutant[] => {
    const [kind, step = ''] = name.split(' ');
    const isStep = kind === 'guard' || kind === 'lock' || kind === 'swap';
    return isStep ? [{ id: name, seen: name, mutant: { kind, step } }] : [];
  });
  return [...conditions.filter((mutant) => seen.has(mutant.seen)), ...steps];
}

/**
 * The conditions that answer at every point as if they were not there: no scenario meets what they
 * are for.
 */
export function neverMet({ mutator }: MutableModel, all: readonly Baseline[]): readonly string[] {
  const seen = seenIn(all);
  return mutator.sites
    .flatMap(({ id }, site) => (seen.has(`condition ${site}`) ? [] : [id]))
    .sort();
}

/** The conditions that decide something at a point. */
export const metBy = ({ mutator }: MutableModel, { seen }: Baseline): readonly string[] =>
  mutator.sites.flatMap(({ id }, site) => (seen.has(`condition ${site}`) ? [id] : []));

const seenIn = (all: readonly Baseline[]): ReadonlySet<string> =>
  new Set(all.flatMap((baseline) => [...baseline.seen]));
