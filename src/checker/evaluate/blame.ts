import { SpecError } from '../../spec/spec-error.ts';
import { isError, stackOf, thrownText } from '../result/thrown-text.ts';

/** The messages of V8 for a write to something frozen. */
const FROZEN = /read only property|object is not extensible|Cannot (?:assign|add|delete|redefine)/;

/** Turns anything that a model threw into a SpecError with the place. */
export function blame(error: unknown, where: string): SpecError {
  if (isError(error) && error instanceof SpecError) return error.within(where);
  const said = thrownText(error);
  if (said.startsWith('TypeError: ') && FROZEN.test(said)) {
    return new SpecError(
      {
        what: `it changes a value that it may only read (${said.slice(11)})`,
        where,
        mend: 'Change only the draft that `do` receives; guards, properties and values kept outside are frozen.',
      },
      { cause: error },
    );
  }
  return new SpecError({ what: `it threw ${said}`, where, mend: lineOf(error) }, { cause: error });
}

/** The line of the model in the stack, if the stack has one. */
function lineOf(error: unknown): string | undefined {
  const frame = stackOf(error)
    .split('\n')
    .find((line) => /^ +at /.test(line))
    ?.trim();
  return frame === undefined ? undefined : `Thrown ${frame}.`;
}
