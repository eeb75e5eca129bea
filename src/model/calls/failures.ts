import type { Switches } from '../releases/switches.ts';

/** The step at which a flow may fail, and the label at which it goes on then. */
export interface Failure {
  readonly flow: string;
  readonly at: string;
  readonly to: string;
  /** The releases in which the step may fail; all when left out. */
  readonly when?: ReleaseTest;
}

type ReleaseTest = (switches: Switches) => boolean;

/**
 * The step `at` of a flow may fail; its failure handler begins at `to`, or there is none. `when`
 * says in which releases, if not in all.
 */
export function fails<L extends string>(
  { name, labels: _ }: { readonly name: string; readonly labels: readonly L[] },
  at: NoInfer<L>,
  to: NoInfer<L> | 'done',
  when?: ReleaseTest,
): Failure {
  return { flow: name, at, to, ...(when && { when }) };
}
