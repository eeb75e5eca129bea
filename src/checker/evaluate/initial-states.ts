import { SpecError } from '../../spec/spec-error.ts';
import type { AnySystem } from '../../spec/system.ts';
import { difference } from '../purity/difference.ts';
import { withoutClockAndRandomness } from '../purity/forbidden.ts';
import { mustBePlain } from '../state/canonical.ts';
import { blame } from './blame.ts';

/** An initial state as `init` returns it, before the values of its fields are checked. */
export type GivenState = { readonly [field: string]: unknown };

/** The place of an initial state, for messages. */
export const initOf = (scenario: string): string => `scenario '${scenario}', init`;

/**
 * The result of `init` as a list. Throws a SpecError for a value that is no state, and for one that
 * is more than a record of fields: a Map has no fields, and an instance would lose its class.
 */
export function initialStates(system: AnySystem, scenario: string): readonly GivenState[] {
  const where = initOf(scenario);
  const given = asked(system, where);
  // A state is never an array, so an array is a list of states.
  const states: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (states.length === 0) {
    throw new SpecError({ what: 'it returned no initial state', where, mend: 'Return one.' });
  }
  return states.map((state) => {
    if (!isRecord(state)) {
      throw new SpecError({
        what: `it returned ${JSON.stringify(state) ?? String(state)}, which is not a state`,
        where,
        mend: 'Return a record of fields, or an array of such records: init: () => ({ n: 0 })',
      });
    }
    mustBePlain(state, 'the state', where);
    for (const [field, value] of Object.entries(state)) {
      if (isRecord(value)) mustBePlain(value, field, where);
    }
    // A plain object that is no array is a record of fields.
    return state as GivenState;
  });
}

/**
 * The result of `init`. Throws a SpecError when it throws, and when a second call returns something
 * else.
 */
function asked(system: AnySystem, where: string): unknown {
  try {
    return withoutClockAndRandomness(() => {
      const given: unknown = system.init();
      const path = difference(given, system.init());
      if (path !== undefined) throw varied(path);
      return given;
    });
  } catch (error) {
    throw blame(error, where);
  }
}

/** The error for two calls of `init` whose results differ at this path. */
export function varied(path: readonly string[]): SpecError {
  return new SpecError({
    what: `uncontrolled nondeterminism: asked twice, it gave two states that differ in '${path.join('.')}'`,
    mend: 'It may depend on nothing but the parameters. Return every state in which a run may begin, as a list.',
  });
}

/** A field that holds a record in the initial state is a table. */
export function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
