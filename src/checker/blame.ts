import { SpecError } from '../spec/spec-error.ts';

/** What V8 says when strict code writes to something frozen. */
const FROZEN = /read only property|object is not extensible|Cannot (?:assign|add|delete|redefine)/;

/** Turns whatever a model threw into a SpecError that says where. */
export function blame(error: unknown, where: string): SpecError {
  if (error instanceof SpecError) return error.within(where);
  if (error instanceof TypeError && FROZEN.test(error.message)) {
    return new SpecError(
      {
        what: `it changes something that it was only given to look at (${error.message})`,
        where,
        mend: 'Change only the draft that `do` receives; guards, properties and values kept outside are frozen.',
      },
      { cause: error },
    );
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new SpecError(
    { what: `it threw ${message}`, where, mend: lineOf(error) },
    { cause: error },
  );
}

/** The line of the model where it happened, as the stack tells it. */
function lineOf(error: unknown): string | undefined {
  const frame = error instanceof Error ? error.stack?.split('\n')[1]?.trim() : undefined;
  return frame === undefined ? undefined : `Thrown ${frame}.`;
}
