/** A resource of Node that was created outside of the wrapped clients. */
export interface Foreign {
  /** The type of the resource, as async_hooks calls it: `Timeout`, `TCPWRAP`. */
  readonly type: string;
  /** Where it was created: the frames outside of Node and of this module. */
  readonly stack: readonly string[];
}

/** Why a schedule fails. */
export type Failure =
  /** The body, a task or a check throws. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** A promise is rejected, and nothing handles that. */
  | { readonly kind: 'unhandled'; readonly error: unknown }
  /** A callback throws, as of a microtask, and nothing catches it. */
  | { readonly kind: 'uncaught'; readonly error: unknown }
  /** The body waits, and nothing is parked. */
  | { readonly kind: 'deadlock'; readonly waiting: readonly string[] }
  /** Something asynchronous was created outside of the wrapped clients. */
  | { readonly kind: 'uncontrolled'; readonly resources: readonly Foreign[] }
  /** The operation behind a wrapped call did not settle in time. */
  | { readonly kind: 'unsettled'; readonly entry: string; readonly seconds: number };
