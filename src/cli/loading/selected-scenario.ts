import type { Scenario } from '../../spec/scenario.ts';

/** Where a scenario of a user's file comes from. */
export interface Origin {
  /** Relative to the present folder, with forward slashes. */
  readonly file: string;
  readonly exportName: string;
  /** Path of the compiled module, whose name is a hash of its content. */
  readonly compiled: string;
}

/**
 * A scenario and how it is named on the command line, so that commands can be printed that find it
 * again.
 */
export interface SelectedScenario {
  readonly scenario: Scenario;
  readonly requestedName: string;
  /** Missing for one of racewright's own. */
  readonly origin?: Origin | undefined;
}
