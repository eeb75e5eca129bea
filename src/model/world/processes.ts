import type { Processes, ProcessState } from '../../spec/process.ts';

/** All processes with their ids, those that are done included. */
export const all = (processes: Processes): readonly (readonly [string, ProcessState])[] => [
  ...processes,
];

/** Their ids. */
export const pids = (some: readonly (readonly [pid: string, ...unknown[]])[]): readonly string[] =>
  some.map(([pid]) => pid);
