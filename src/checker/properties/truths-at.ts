import type { AnyBody, AnyProperty } from '../../spec/property.ts';
import type { AnySystem } from '../../spec/system.ts';
import { blame } from '../evaluate/blame.ts';
import type { PropertyResult, Step, WorldState } from '../result/result.ts';
import { decidingIn } from './failing-at.ts';
import { Refinement } from './refinement.ts';
import { isTrue, isTrueOfStep } from './seen.ts';

/** The truth of a property in one state, or for the step that led there. */
export interface Truth {
  readonly name: string;
  readonly kind: PropertyResult['kind'];
  /**
   * 'fails' where the state or the step violates the property; 'true' and 'false' are values of a
   * test that decides nothing alone; 'unasked' where there is nothing to evaluate.
   */
  readonly truth: 'holds' | 'fails' | 'true' | 'false' | 'unasked';
  /** The part and the entry that decide, for a property with parts. */
  readonly part: string | undefined;
}

/** The step that led to a state; undefined for an initial state. */
type Reached = { readonly before: WorldState; readonly step: Step } | undefined;

/**
 * Every property of the system with its truth in this state, in the order of the system. Throws a
 * SpecError when one throws.
 */
export function truthsAt(system: AnySystem, world: WorldState, reached?: Reached): Truth[] {
  return (system.properties ?? []).map((property) => {
    try {
      const { name, kind } = property;
      return { name, kind, ...truthIn(property, world, reached) };
    } catch (error) {
      throw blame(error, `property '${property.name}'`);
    }
  });
}

function truthIn(
  property: AnyProperty,
  world: WorldState,
  reached: Reached,
): Pick<Truth, 'truth' | 'part'> {
  switch (property.kind) {
    case 'always':
    case 'never': {
      const failing = decidingIn(property, world);
      return { truth: failing === undefined ? 'holds' : 'fails', part: failing?.part };
    }
    case 'reachable': {
      if ('step' in property) {
        return { truth: stepTruth(property.step, world, reached, 'false'), part: undefined };
      }
      const met = decidingIn(property, world);
      return { truth: met === undefined ? 'false' : 'true', part: met?.part };
    }
    case 'step':
      return { truth: stepTruth(property.holds, world, reached, 'fails'), part: undefined };
    case 'implements': {
      if (reached === undefined) return { truth: 'unasked', part: undefined };
      const isStep = Refinement.of(property).allows(reached.before, world);
      return { truth: isStep ? 'holds' : 'fails', part: undefined };
    }
    case 'leadsTo':
      // With a table the premise asks about each entry, so it has no single value in a state.
      if (property.table !== undefined) return { truth: 'unasked', part: undefined };
      // Without a table the premise is a body of whole states.
      return { truth: truthOf(property.from as AnyBody, world), part: undefined };
    default:
      return 'step' in property.holds
        ? { truth: stepTruth(property.holds.step, world, reached, 'false'), part: undefined }
        : { truth: truthOf(property.holds, world), part: undefined };
  }
}

function stepTruth(
  test: AnyBody,
  after: WorldState,
  reached: Reached,
  otherwise: 'fails' | 'false',
): Truth['truth'] {
  if (reached === undefined) return 'unasked';
  if (!isTrueOfStep(test, reached.before, reached.step, after)) return otherwise;
  return otherwise === 'fails' ? 'holds' : 'true';
}

function truthOf(body: AnyBody, world: WorldState): Truth['truth'] {
  return isTrue(body, world) ? 'true' : 'false';
}
