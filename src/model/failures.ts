/** Where a step may fail, and where the flow goes on then. */
export interface Failure {
  readonly flow: string;
  readonly at: string;
  readonly to: string;
}

/** The step `at` of a flow may fail; its failure handler begins at `to`, or there is none. */
export function fails<L extends string>(
  { name, labels: _ }: { readonly name: string; readonly labels: readonly L[] },
  at: NoInfer<L>,
  to: NoInfer<L> | 'done',
): Failure {
  return { flow: name, at, to };
}
