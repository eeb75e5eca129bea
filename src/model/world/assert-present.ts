/**
 * Returns a value that a flow knows to exist, such as a row that only the flow itself deletes.
 * `what` names it. Throws when the value is missing: the model is wrong then, and no verdict would
 * count.
 */
export function assertPresent<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new Error(`the model has lost ${what}`);
  return value;
}
