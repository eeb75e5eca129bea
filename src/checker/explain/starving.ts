/**
 * A process or an action that can take a step in the part that repeats for ever, and takes none
 * there.
 */
export interface Starving {
  /** The id of the process, or the name of the action as in schedule entries. */
  readonly who: string;
  /** True if it can in every state of that part; false if only in some. */
  readonly always: boolean;
}
