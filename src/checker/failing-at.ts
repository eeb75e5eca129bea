import type { AnyBody, StateProperty, StepProperty } from '../spec/property.ts';
import type { AnySystem } from '../spec/scenario.ts';
import { blame } from './blame.ts';
import { requireBoolean } from './evaluate.ts';
import type { Step, WorldState } from './result.ts';

/** A property that one state or step is enough to violate. */
export interface Failing {
  readonly property: StateProperty | StepProperty;
  /** The part and the entry that fail; undefined for a property without parts. */
  readonly part: string | undefined;
}

/**
 * The `always` properties that are false in a state, the `never` properties that are true in it, and the properties of
 * steps that are false of the step which led there (`reached`; undefined for an initial state).
 * Throws a SpecError when a property throws.
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
        case 'never':
          return clausesOf(property.body, world)
            .filter(({ holds }) => holds !== (property.kind === 'always'))
            .slice(0, 1)
            .map(({ part }) => ({ property, part }));
        case 'step':
          return reached === undefined || holdsOf(property, reached.before, reached.step, world)
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

function holdsOf(
  property: StepProperty,
  before: WorldState,
  step: Step,
  after: WorldState,
): boolean {
  const processes = { before: before.processes, after: after.processes };
  return requireBoolean(property.holds(before.state, step, after.state, processes));
}

/** One clause of a property and its value. */
export interface Clause {
  readonly part: string | undefined;
  readonly holds: boolean;
}

/** The clauses of a property with their values in one state; named as the search names them. */
export function clausesOf(
  body: AnyBody,
  world: WorldState,
  path: readonly string[] = [],
): Clause[] {
  const { state, processes } = world;
  const part = path.length === 0 ? undefined : path.join(': ');
  if (typeof body === 'function') return [{ part, holds: requireBoolean(body(state, processes)) }];
  switch (body.kind) {
    case 'given': {
      const isAsked = requireBoolean(body.premise(state, processes));
      return [{ part, holds: !isAsked || requireBoolean(body.conclusion(state, processes)) }];
    }
    case 'parts':
      return Object.entries(body.parts).flatMap(([name, inner]) =>
        clausesOf(inner, world, [...path, name]),
      );
    case 'every':
    case 'some': {
      const words = [...path, ...(body.part === undefined ? [] : [body.part])];
      return Object.entries(state[body.table] ?? {}).map(([id, entry]) => {
        const name = `${body.table}.${id}`;
        return {
          part: words.length === 0 ? name : `${words.join(': ')} (${name})`,
          holds: requireBoolean(body.test(entry, id, state, processes)),
        };
      });
    }
  }
}
