import type { StateProperty } from '../../spec/property.ts';
import type { Discovery } from '../properties/state-checker.ts';
import type { Trace } from '../result/result.ts';
import { subjectOf } from '../result/schedule-entry.ts';
import { OrbitStore } from '../symmetry/orbit-store.ts';
import type { Machine } from '../transitions/machine.ts';
import { partAtEnd } from './orbit-trace.ts';
import { traceTo } from './trace.ts';

/**
 * Up to `most` runs to these states, nearest first, of which no two fail in the same part by the
 * same set of actions.
 */
export function differentTraces(
  machine: Machine,
  property: StateProperty,
  found: readonly Discovery[],
  most: number,
): readonly { readonly trace: Trace; readonly failingPart?: string }[] {
  const known = new Set<string>();
  const different: { trace: Trace; failingPart?: string }[] = [];
  for (const { state, part: partThere } of found) {
    if (different.length === most) break;
    const trace = traceTo(machine, state);
    const isLifted = machine.visited instanceof OrbitStore;
    const part = isLifted ? partAtEnd(property, trace) : partThere;
    const actions = trace.steps.map(({ actor, label }) => subjectOf(actor, label));
    const signature = JSON.stringify([part ?? null, [...new Set(actions)].sort()]);
    if (known.has(signature)) continue;
    known.add(signature);
    different.push(part === undefined ? { trace } : { trace, failingPart: part });
  }
  return different;
}
