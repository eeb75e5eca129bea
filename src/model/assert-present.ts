/**
 * What a flow knows to be there, whatever anybody else does meanwhile: a row that only the flow itself deletes, say. `what` names
 * it. Throws when it is not there: then the model is wrong, and nothing may be said about the protocol.
 */
export function assertPresent<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new Error(`the model has lost ${what}`);
  return value;
}
