import { SpecError } from '../../spec/spec-error.ts';
import type { SourceKind } from './sources.ts';

/** Whether a model is being evaluated, and what it did that no model may do. */
export const purity: { asked: boolean; offence: SpecError | undefined } = {
  asked: false,
  offence: undefined,
};

/**
 * Throws a SpecError that names a source. To be called when a source is used while a model is
 * evaluated.
 */
export function refuseSource(kind: SourceKind, name: string): never {
  // Kept, because a model that catches the error has still used the source.
  purity.offence ??= new SpecError(problems[kind](name));
  throw purity.offence;
}

/**
 * To be called when a promise is made. An `async` function makes one without calling anything that
 * could be replaced.
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
