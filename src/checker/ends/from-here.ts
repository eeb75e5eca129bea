import type { AnySystem } from '../../spec/system.ts';
import { DEADLOCK, endQuestion, NEVER_STUCK } from '../result/end-questions.ts';
import { processesExist } from '../runs/processes-exist.ts';
import type { Candidate, Stepper, Vector } from '../runs/stepper.ts';
import { mayEnd } from '../runs/stuck.ts';
import { vectorKey } from '../state/vector-key.ts';

/** Where a run can still get to without a further fault, and the question that was answered. */
export type Prospect = Reach & {
  /** The question about ends; undefined where runs may end anywhere. */
  readonly question: ReturnType<typeof endQuestion>;
};

type Reach =
  /** An end is reachable, or the system does not ask about ends. */
  | { readonly kind: 'goes_on' }
  /** Nothing but a fault is enabled, and no run may end here. */
  | { readonly kind: 'stuck' }
  /** Steps are enabled, and none of them ever leads to an end. */
  | {
      readonly kind: 'out_of_reach';
      /** The processes that can take a step in some of the states that follow. */
      readonly movable: ReadonlySet<string>;
    }
  /** There are more states than were looked at. */
  | { readonly kind: 'unknown' };

/** A system at one point, with the means to take its steps. */
export interface Walkable {
  readonly stepper: Stepper;
  readonly system: AnySystem;
  /** The initial states. */
  readonly initial: readonly Vector[];
}

/**
 * Searches the states that follow `from` without a fault, itself included, for an end, depth first.
 * A system that does not define ends may have none at all; so it first looks for an end anywhere.
 * Each of the two searches looks at no more than `statesMax` states.
 */
export function prospectFrom(walkable: Walkable, from: Vector, statesMax: number): Prospect {
  const question = questionAbout(walkable, statesMax);
  if (question === undefined) return { kind: 'goes_on', question };
  return { ...reachFrom(walkable, from, question, statesMax), question };
}

/**
 * The question about ends of the whole system: where steps start processes, the system has ends
 * even if this run starts none. Looks at no more than `statesMax` states to find a process.
 */
function questionAbout(
  { stepper, system, initial }: Walkable,
  statesMax: number,
): Prospect['question'] {
  const asked = endQuestion(system, processesExist(stepper.slots));
  if (asked !== NEVER_STUCK) return asked;
  const visited = reachable(stepper, initial, () => true);
  for (let count = 0; count < statesMax && visited.next().done !== true; count++) {
    if (processesExist(stepper.slots)) return DEADLOCK;
  }
  return endQuestion(system, processesExist(stepper.slots));
}

function reachFrom(
  walkable: Walkable,
  from: Vector,
  question: Prospect['question'],
  statesMax: number,
): Reach {
  const { stepper, system, initial } = walkable;
  if (mayEnd(system, stepper.world(from))) return { kind: 'goes_on' };
  if (ownSteps(stepper, from).length === 0) return { kind: 'stuck' };
  // In a system without ends a run can only be stuck.
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
): Reach {
  const movable = new Set<string>();
  const noted = (step: Candidate): boolean => {
    const isTaken = isMeant(step);
    if (isTaken && step.actor.kind === 'process') movable.add(step.actor.pid);
    return isTaken;
  };
  let count = 0;
  for (const state of reachable(stepper, from, noted)) {
    if (mayEnd(system, stepper.world(state))) return { kind: 'goes_on' };
    count += 1;
    if (count > statesMax) return { kind: 'unknown' };
  }
  return { kind: 'out_of_reach', movable };
}

/** Each state that these steps reach, once, depth first, beginning with the given ones. */
function* reachable(
  stepper: Stepper,
  from: readonly Vector[],
  isMeant: (step: Candidate) => boolean,
): Generator<Vector, undefined> {
  const seen = new Set(from.map(vectorKey));
  const pending = [...from];
  yield* from;
  for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
    for (const step of stepper.enabled(state).filter(isMeant)) {
      const next = stepper.after(state, step.outcome);
      const key = vectorKey(next);
      if (seen.has(key)) continue;
      seen.add(key);
      pending.push(next);
      yield next;
    }
  }
  return undefined;
}

const ownSteps = (stepper: Stepper, state: Vector): Candidate[] =>
  stepper.enabled(state).filter(({ actor }) => actor.kind !== 'fault');
