import { SpecError } from './spec-error.ts';

/**
 * Thrown where a step cannot go on: by `blocked` and by a pick without options. A step catches it;
 * what is printed is for guards and properties, which have nothing to block.
 */
export const BLOCKED = new SpecError({
  what: 'it calls blocked(), which only a step may call',
  mend: 'A guard returns false where its step must wait.',
});

/**
 * Ends a step that cannot be taken with the picks that it made so far: it is not enabled with them,
 * and nothing that it wrote stays. Does what a pick without options does. It is for conditions that
 * are known only in the middle of a step; `when` is the place for all others.
 */
export function blocked(): never {
  throw BLOCKED;
}
