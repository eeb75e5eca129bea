import type { Do, Waiting } from './calls.ts';

/** A table of steps that flows whose variables are at least V can spread into theirs. */
export type StepFragment<V, K extends string, Exit extends string> = {
  readonly [P in K]: Do<V, NoInfer<K> | Exit> | Waiting<V, NoInfer<K> | Exit>;
};

/**
 * Defines a fragment: `stepFragment<V, Exit>()({ …steps })`. Its steps fall through and jump among
 * themselves, and leave by a label of Exit or by falling off the end. It is called twice because
 * TypeScript infers all type arguments or none.
 */
export function stepFragment<V, Exit extends string = never>() {
  return <K extends string>(steps: StepFragment<V, K, Exit>): StepFragment<V, K, Exit> => steps;
}
