import { SpecError } from '../../spec/spec-error.ts';
import { isError, stackOf, thrownText } from '../result/thrown-text.ts';

/** What V8 says when strict code writes to something frozen. */
const FROZEN = /read only property|object is not extensible|Cannot (?:assign|add|delete|redefine)/;

/** Turns whatever a model threw into a SpecError that says where. */
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

/** The line of the model where it happened, as the stack tells it. */
function lineOf(error: unknown): string | undefined {
  const frame = stackOf(error)
    .split('\n')
    .find((line) => /^ +at /.test(line))
    ?.trim();
  return frame === undefined ? undefined : `Thrown ${frame}.`;
}
