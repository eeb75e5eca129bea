/**
 * What the kernel and its callers tell each other, one word each, from the start of the memory. The
 * script that compiles the kernel gives it the same names. Addresses are in bytes.
 */
export const PARAMETERS = [
  // Where the arrays lie.
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
  // Sizes: one less than the places of the table, one less than the records of the ring.
  'LOW',
  'RING_LOW',
  'CAPACITY',
  'PENDING_END',
  'STATES_MAX',
  // Words of a state, words of a set of actors, how many actors there are.
  'WIDTH',
  'SETS',
  'ACTOR_COUNT',
  // The next state to expand, and the one before which to stop.
  'NEXT',
  'END',
  'COUNT',
  'LEVEL_END',
  'FRESH_BEFORE',
  'VERSION',
  // What came of it.
  'PENDING_AT',
  'REVISITED',
  'GENERATED',
  'LOOKUPS',
  'NEEDED',
  'JUDGED',
] as const;

export type Parameter = (typeof PARAMETERS)[number];

/** Why the kernel came back. */
export const REASONS = [
  'DONE',
  // The table, the states or the ring have no room for the steps of the next state, or the list of
  // the states to be judged has none.
  'STATES_FULL',
  'TABLE_FULL',
  'RING_FULL',
  'PENDING_FULL',
  // The next state is one that only JavaScript can expand.
  'UNKNOWN_LEAF',
  'NO_MOVE',
  'BOUND',
] as const;

export type Reason = (typeof REASONS)[number];

/**
 * Sets of actors that the kernel keeps of the state under way: those that can change something,
 * those that are skipped, those of the environment (given from outside), and those whose steps have
 * to be judged in each state.
 */
export const KEPT_SETS = ['MOVERS', 'SKIPPED', 'FAULTS', 'RESTLESS'] as const;

/** Words of a leaf, before what it reads and what it writes: a set of bits of a state each. */
export const LEAF_HEAD = 4;
/** Words of an outcome, before its mask, what it writes, and two sets of actors. */
export const OUTCOME_HEAD = 2;
/** Words that the kernel keeps of an actor. */
export const ACTOR_HEAD = 2;
