import type { AnySystem } from '../../spec/scenario.ts';
import type { Candidate, Stepper, Vector } from '../stepper.ts';
import { mayEnd } from '../stuck.ts';
import { DEADLOCK, endQuestion } from './words.ts';

/** Where the run can still come to that has come this far, without a further fault. */
export type Prospect =
  /** An end is reachable; or nothing is asked about ends. */
  | { readonly kind: 'goes_on' }
  /** Nothing but a fault can happen, and no run may end here. */
  | { readonly kind: 'stuck' }
  /** Steps can be taken, and no end is reachable by any of them. */
  | {
      readonly kind: 'out_of_reach';
      /** The processes that can take a step in some of the states that can follow. */
      readonly movable: ReadonlySet<string>;
    }
  /** More states follow than were looked at. */
  | { readonly kind: 'unknown' };

/**
 * Looks for an end, depth first, in the states that can follow a state without a fault, itself included.
 * At most `statesMax` of them are looked at.
 */
export function prospectFrom(
  stepper: Stepper,
  system: AnySystem,
  from: Vector,
  statesMax: number,
): Prospect {
  const first = ownSteps(stepper, from);
  const start = stepper.world(from);
  const hasProcesses = Object.keys(start.processes).length > 0;
  const question = endQuestion(system, hasProcesses);
  if (question === undefined || mayEnd(system, start)) return { kind: 'goes_on' };
  if (first.length === 0) return { kind: 'stuck' };
  // A system without ends can only be stuck.
  if (question !== DEADLOCK) return { kind: 'goes_on' };
  return searched(stepper, system, from, statesMax);
}

function searched(stepper: Stepper, system: AnySystem, from: Vector, statesMax: number): Prospect {
  const seen = new Set([keyOf(from)]);
  const movable = new Set<string>();
  const pending = [from];
  for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
    const steps = ownSteps(stepper, state);
    for (const { actor } of steps) if (actor.kind === 'process') movable.add(actor.pid);
    const before = state;
    const fresh = steps
      .map(({ outcome }) => stepper.after(before, outcome))
      .filter((next) => !seen.has(keyOf(next)));
    if (fresh.some((next) => mayEnd(system, stepper.world(next)))) return { kind: 'goes_on' };
    for (const next of fresh) seen.add(keyOf(next));
    if (seen.size > statesMax) return { kind: 'unknown' };
    pending.push(...fresh);
  }
  return { kind: 'out_of_reach', movable };
}

const ownSteps = (stepper: Stepper, state: Vector): Candidate[] =>
  stepper.enabled(state).filter(({ actor }) => actor.kind !== 'fault');

/** Slots beyond the end hold value 0, and further ones appear on the way. */
const keyOf = (vector: Vector): string => vector.join(',').replace(/(?:,0)+$/, '');
