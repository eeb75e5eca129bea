import type { StateProperty, StepProperty } from '../../spec/property.ts';
import type { Implements } from '../../spec/refinement.ts';
import type { AnySystem } from '../../spec/system.ts';
import { blame } from '../evaluate/blame.ts';
import type { Step, WorldState } from '../result/result.ts';
import { Refinement } from './refinement.ts';
import { isTrueOfStep } from './seen.ts';
import { decidesWhere, decidingClause } from './take-apart.ts';

/** A property that a single state or step violates. */
export interface Failing {
  readonly property: StateProperty | StepProperty | Implements;
  /** The part and the entry that fail; undefined for a property without parts. */
  readonly part: string | undefined;
}

/**
 * The violated properties of states and steps: each `always` that is false in the state, each
 * `never` that is true in it, and each step property that is false of the step `reached` (undefined
 * for an initial state). Throws a SpecError when a property throws.
 */
export function failingAt(
  system: AnySystem,
  world: WorldState,
  reached?: { readonly before: WorldState; readonly step: Step },
): readonly Failing[] {
  return (system.properties ?? []).flatMap((property): Failing[] => {
    try {
      switch (property.kind) {
        case 'always':
        case 'never': {
          const deciding = decidingIn(property, world);
          return deciding === undefined ? [] : [{ property, part: deciding.part }];
        }
        case 'step':
          return reached === undefined ||
            isTrueOfStep(property.holds, reached.before, reached.step, world)
            ? []
            : [{ property, part: undefined }];
        case 'implements':
          return reached === undefined || Refinement.of(property).allows(reached.before, world)
            ? []
            : [{ property, part: undefined }];
        default:
          return [];
      }
    } catch (error) {
      throw blame(error, `property '${property.name}'`);
    }
  });
}

/** The `implements` for which this initial state is no initial state of the abstract system. */
export function failingInitially(system: AnySystem, world: WorldState): readonly Failing[] {
  return (system.properties ?? []).flatMap((property): Failing[] => {
    if (property.kind !== 'implements') return [];
    try {
      return Refinement.of(property).isInitial(world) ? [] : [{ property, part: undefined }];
    } catch (error) {
      throw blame(error, `property '${property.name}'`);
    }
  });
}

/** The first part of a property that decides it in this state; undefined when none does. */
export function decidingIn(
  { kind, body }: StateProperty,
  world: WorldState,
): { readonly part: string | undefined } | undefined {
  return decidingClause(body, decidesWhere(kind), world);
}
