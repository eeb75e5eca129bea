import { SpecError } from '../../spec/spec-error.ts';
import type { SourceKind } from './sources.ts';

/** Whether a model is being evaluated just now, and what it did then that no model may do. */
export const purity: { asked: boolean; offence: SpecError | undefined } = {
  asked: false,
  offence: undefined,
};

/** Refuses the use of a source while a model is evaluated: throws a SpecError that names it. */
export function refuseSource(kind: SourceKind, name: string): never {
  // Kept, since a model that catches the error has used the source all the same.
  purity.offence ??= new SpecError(problems[kind](name));
  throw purity.offence;
}

/**
 * A promise was made: an `async` function makes one although it calls nothing that could be
 * replaced.
 */
export function promiseMade(): void {
  if (!purity.asked) return;
  purity.offence ??= new SpecError({
    what: 'it makes a Promise, which does its work after the step is over',
    mend: 'A step happens at once: remove `async`, and make several steps where the model has to wait.',
  });
}

const problems: {
  readonly [kind in SourceKind]: (name: string) => { what: string; mend: string };
} = {
  varies: (name) => ({
    what: `uncontrolled nondeterminism: it uses ${name}`,
    mend: 'A recipe may depend on nothing but the state. Choose with `pick`, and keep time as a number in the state.',
  }),
  later: (name) => ({
    what: `it leaves work for later: it uses ${name}`,
    mend: 'A step happens at once: make several steps where the model has to wait.',
  }),
  outside: (name) => ({
    what: `it looks at the machine: it uses ${name}`,
    mend: 'A recipe may depend on nothing but the state: read it while the file is loaded, and keep what was read.',
  }),
};
