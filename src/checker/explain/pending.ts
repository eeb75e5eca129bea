import type { AnyBody, LeadsToProperty } from '../../spec/property.ts';
import type { AnySystem } from '../../spec/system.ts';
import { isTrue, isTrueOf } from '../properties/seen.ts';
import type { PropertyResult, Trace, WorldState } from '../result/result.ts';

/** What never happens in a run that violates a liveness property. */
export type Pending =
  /** The property waits from this state on: 0 is the initial state, n the one after n steps. */
  | { readonly kind: 'waits'; readonly since: number; readonly who: string | undefined }
  /** The condition is true in no state of the run, or of the part that repeats. */
  | { readonly kind: 'never' | 'never_again' }
  /** The condition is false again and again, as in this state. */
  | { readonly kind: 'again_and_again'; readonly at: number }
  | { readonly kind: 'unknown' };

/** What the property asks for and this run never does, judged by its states. */
export function pendingIn(
  system: AnySystem,
  { name, failingPart }: PropertyResult,
  trace: Trace,
): Pending {
  const property = system.properties?.find((each) => each.name === name);
  const worlds = [trace.init, ...trace.steps.map(({ state }) => state)];
  const repeated = worlds.slice(trace.loopsTo ?? trace.steps.length);
  if (property?.kind === 'leadsTo') return waiting(property, failingPart, worlds);
  if (property === undefined || !('holds' in property) || property.kind === 'step') {
    return { kind: 'unknown' };
  }
  const body = property.holds;
  if ('step' in body) return { kind: 'unknown' };
  const holds = (world: WorldState): boolean => isTrue(body, world);
  switch (property.kind) {
    case 'eventually':
      return worlds.some(holds) ? { kind: 'unknown' } : { kind: 'never' };
    case 'infinitelyOften':
      return repeated.some(holds) ? { kind: 'unknown' } : { kind: 'never_again' };
    case 'eventuallyAlways': {
      const at = repeated.findIndex((world) => !holds(world));
      const first = worlds.length - repeated.length;
      return at < 0 ? { kind: 'unknown' } : { kind: 'again_and_again', at: first + at };
    }
  }
}

function waiting(
  { table, from, to }: LeadsToProperty,
  failingPart: string | undefined,
  worlds: readonly WorldState[],
): Pending {
  const ask = (test: AnyBody, world: WorldState): boolean => {
    // Without a table both tests ask about whole states; with one, about one of its entries.
    if (table === undefined) return isTrue(test, world);
    const id = failingPart?.slice(table.length + 1) ?? '';
    return isTrueOf(test, table, id, world);
  };
  const unmet = worlds.findLastIndex((world) => ask(to, world)) + 1;
  const since = worlds.findIndex((world, i) => i >= unmet && ask(from, world));
  if (since < 0) return { kind: 'unknown' };
  return { kind: 'waits', since, who: table === undefined ? undefined : failingPart };
}
