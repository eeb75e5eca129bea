import type { ReleaseName, Repository } from './release-names.ts';
import type { Switches } from './switches.ts';

/** A commit of a public repository, and its first release. */
export interface Commit {
  readonly repository: Repository;
  /** The hash: 40 hexadecimal digits. */
  readonly commit: string;
  /** The oldest tag that contains it, candidates and betas counted: `14.0.0.0b3`, `1.12.0`. */
  readonly tag: string;
}

/** One change of a release. */
export interface Change {
  /** The first release that has all of `commits`. */
  readonly release: ReleaseName;
  readonly set: Partial<Switches>;
  /** Which bug or specification it is, and the change in a few words. */
  readonly about: string;
  readonly commits: readonly Commit[];
}

const of =
  (repository: Repository) =>
  (commit: string, tag: string): Commit => ({ repository, commit, tag });

export const nova = of('nova');
export const cinder = of('cinder');
export const brick = of('os-brick');
