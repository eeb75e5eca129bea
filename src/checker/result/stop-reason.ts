/** Why a search ended before it had visited every state, or why a property is undecided. */
export type StopReason =
  | 'states_max'
  | 'depth_max'
  | 'time_max'
  | 'memory_max'
  /** No memory was left, or nearly none. */
  | 'no_memory'
  /** The model broke in the next step or state. */
  | 'error'
  | 'first_violation'
  /** A run that leaves the constraint of the system may give another answer. */
  | 'constraint'
  /** The search visited orbits of states, which do not decide about whole runs. */
  | 'symmetry'
  /** It was no search: random runs were taken. */
  | 'simulated'
  | 'interrupted';
