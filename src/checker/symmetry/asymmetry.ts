import { SpecError } from '../../spec/spec-error.ts';
import type { Exchange, Members } from './members.ts';

/** The error for something that is not as the declared symmetry says. */
export function asymmetry(
  members: Members,
  exchange: Exchange,
  where: string,
  what: string,
): SpecError {
  return new SpecError({
    what: `not symmetric: with ${members.describe(exchange)}, ${what}`,
    where,
    mend: 'Take from `symmetry` what the model tells apart, or list there all names that go with each member; --symmetry is left out to search every state.',
  });
}
