import { SpecError } from './spec-error.ts';

/**
 * Thrown where a step cannot go on: by `blocked`, and by a pick without options. A step catches it.
 * The message is for guards and properties, which must not block.
 */
export const BLOCKED = new SpecError({
  what: 'it calls blocked(), which only a step may call',
  mend: 'A guard returns false where its step must wait.',
});

/**
 * Ends a step that is not enabled with the picks that it has made so far. All that it wrote is
 * dropped, as with a pick without options. Use it for a condition that is known only in the middle
 * of a step, and `when` for all others. It works by a throw, as a pick without options does: a step
 * that catches it goes on, and is enabled.
 */
export function blocked(): never {
  throw BLOCKED;
}
