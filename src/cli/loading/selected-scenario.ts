import type { Scenario } from '../../spec/scenario.ts';

/** The file that a scenario comes from. */
export interface Origin {
  /** Relative to the current folder, with forward slashes. */
  readonly file: string;
  readonly exportName: string;
  /** The path of the compiled module, whose name is a hash of its content. */
  readonly compiled: string;
}

/** A scenario, and the name by which printed commands find it again. */
export interface SelectedScenario {
  readonly scenario: Scenario;
  readonly requestedName: string;
  /** Missing for a scenario of racewright's own. */
  readonly origin?: Origin | undefined;
}
