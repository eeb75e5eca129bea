/**
 * The parameters between the kernel and its callers, one word each, from the start of the memory.
 * The script that compiles the kernel gives it the same names. Addresses are in bytes.
 */
export const PARAMETERS = [
  // The addresses of the arrays.
  'WORDS',
  'PARENTS',
  'TABLE',
  'RING',
  'ROOTS',
  'POOL',
  'LEAVES',
  'OUTCOMES',
  'ACTORS',
  'PENDING',
  'SCRATCH',
  'TEST_ROOTS',
  'TEST_POOL',
  'PROGRAMS',
  // The sizes: the places of the table less one, the records of the ring less one.
  'LOW',
  'RING_LOW',
  'CAPACITY',
  'PENDING_END',
  'STATES_MAX',
  // The words of a state, the words of a set of actors, and the number of actors.
  'WIDTH',
  'SETS',
  'ACTOR_COUNT',
  // The next state to expand, and the state before which to stop.
  'NEXT',
  'END',
  'COUNT',
  'LEVEL_END',
  'FRESH_BEFORE',
  'VERSION',
  // The results.
  'PENDING_AT',
  'REVISITED',
  'GENERATED',
  'LOOKUPS',
  'NEEDED',
  'JUDGED',
] as const;

export type Parameter = (typeof PARAMETERS)[number];

/** The reasons why the kernel returned. */
export const REASONS = [
  'DONE',
  // The table, the states or the ring have no room for the steps of the next state, or the list
  // of states to judge is full.
  'STATES_FULL',
  'TABLE_FULL',
  'RING_FULL',
  'PENDING_FULL',
  // Only JavaScript can expand the next state.
  'UNKNOWN_LEAF',
  'NO_MOVE',
  'BOUND',
] as const;

export type Reason = (typeof REASONS)[number];

/**
 * The sets of actors that the kernel keeps of the current state: those that can change something,
 * those that are skipped, the faults (given from outside), and those whose steps must be judged in
 * each state.
 */
export const KEPT_SETS = ['MOVERS', 'SKIPPED', 'FAULTS', 'RESTLESS'] as const;

/** The words of a leaf before its reads and writes, which are sets of bits of a state. */
export const LEAF_HEAD = 4;
/** The words of an outcome before its mask, its writes and two sets of actors. */
export const OUTCOME_HEAD = 2;
/** The words of a tree of tests: its root, and how often the kernel found an answer in it. */
export const TEST_HEAD = 2;
/** The places of a program where it ends: nothing is decided, or JavaScript has to judge. */
export const DECIDES_NOTHING = 0;
export const MUST_JUDGE = -1;
/** The first word of a node that asks whether an entry exists. Other nodes begin with a tree. */
export const IS_THERE = -1;
/** The words that the kernel keeps of each actor. */
export const ACTOR_HEAD = 2;
