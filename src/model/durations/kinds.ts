import { type Duration, exponential } from '../../spec/duration.ts';

const assumed = (mean: number, why: string): Duration => exponential(mean, { assumed: why });

/** The durations of small steps, by the kind of work. */
export const kinds = {
  row: assumed(0.005, 'a service reads or writes a row of its database'),
  check: assumed(0.001, 'a service looks at what it has in memory'),
  lock: assumed(0.001, 'a free lock is taken or given back'),
  request: assumed(0.05, 'a REST request reaches the other service and is authorised'),
  message: assumed(0.02, 'a message goes through the broker'),
  reply: assumed(0.02, 'an answer comes back'),
};

export type Kinds = typeof kinds;
