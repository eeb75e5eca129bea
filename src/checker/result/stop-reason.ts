/** Why a search stopped before it had seen everything. */
export type StopReason =
  | 'states_max'
  | 'depth_max'
  | 'time_max'
  | 'memory_max'
  /** There was no memory left, or nearly none. */
  | 'no_memory'
  /** The model is broken in what would have been looked at next. */
  | 'error'
  | 'first_violation'
  | 'interrupted';
