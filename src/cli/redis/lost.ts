import type { SpecProblem } from '../../spec/spec-error.ts';

/** A run that cannot go on. What is known of it is reported all the same. */
export class Lost extends Error {
  readonly problem: SpecProblem;

  constructor(problem: SpecProblem) {
    super(problem.what);
    this.problem = problem;
  }
}

export const lostData = (): Lost =>
  new Lost({
    what: 'Redis has lost the data of this run, so that the rest is not computed',
    mend: 'Look for a restart without persistence, an eviction or a FLUSHALL. Then run it again.',
  });

export const lostConnection = (seconds: number): Lost =>
  new Lost({
    what: `Redis has not been there for ${seconds} seconds, so that the rest is not computed`,
    mend: 'Run it again when the server is there: what is known there is not computed again.',
  });

export const lostName = (name: string): Lost =>
  new Lost({
    what: `another run is called '${name}' by now, so that the rest of this one is not computed`,
    mend: 'Give each run a name of its own, or none.',
  });
