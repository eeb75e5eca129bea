import type { AnySystem } from '../../spec/system.ts';
import { DEADLOCK, endQuestion } from '../result/end-questions.ts';
import type { Candidate, Stepper, Vector } from '../runs/stepper.ts';
import { mayEnd } from '../runs/stuck.ts';

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

/** A system at one point, and how to take its steps. */
export interface Walkable {
  readonly stepper: Stepper;
  readonly system: AnySystem;
  /** The states in which runs begin. */
  readonly initial: readonly Vector[];
}

/**
 * Looks for an end, depth first, in the states that can follow a state without a fault, itself
 * included. Where the system does not say where runs may end, there has to be an end somewhere, or
 * nothing is missing here. At most `statesMax` states are looked at for either.
 */
export function prospectFrom(walkable: Walkable, from: Vector, statesMax: number): Prospect {
  const { stepper, system, initial } = walkable;
  const start = stepper.world(from);
  const question = endQuestion(system, Object.keys(start.processes).length > 0);
  if (question === undefined || mayEnd(system, start)) return { kind: 'goes_on' };
  if (ownSteps(stepper, from).length === 0) return { kind: 'stuck' };
  // A system without ends can only be stuck.
  if (question !== DEADLOCK) return { kind: 'goes_on' };
  const isOwn = ({ actor }: Candidate) => actor.kind !== 'fault';
  const found = searched(walkable, [from], isOwn, statesMax);
  if (found.kind !== 'out_of_reach' || typeof system.final === 'function') return found;
  const elsewhere = searched(walkable, initial, () => true, statesMax).kind;
  if (elsewhere === 'goes_on') return found;
  return { kind: elsewhere === 'unknown' ? 'unknown' : 'goes_on' };
}

function searched(
  { stepper, system }: Walkable,
  from: readonly Vector[],
  isMeant: (step: Candidate) => boolean,
  statesMax: number,
): Prospect {
  const isEnd = (state: Vector) => mayEnd(system, stepper.world(state));
  const seen = new Set(from.map(keyOf));
  const movable = new Set<string>();
  const pending = [...from];
  if (pending.some(isEnd)) return { kind: 'goes_on' };
  for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
    const before = state;
    const steps = stepper.enabled(before).filter(isMeant);
    for (const { actor } of steps) if (actor.kind === 'process') movable.add(actor.pid);
    const fresh = steps
      .map(({ outcome }) => stepper.after(before, outcome))
      .filter((next) => !seen.has(keyOf(next)));
    if (fresh.some(isEnd)) return { kind: 'goes_on' };
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
