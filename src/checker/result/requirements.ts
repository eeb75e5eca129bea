/** The requirements that `--require` can state of a ledger. */
export const requirements = ['exhaustive', 'no-vacuity', 'all-labels', 'all-faults'] as const;
export type Requirement = (typeof requirements)[number];
