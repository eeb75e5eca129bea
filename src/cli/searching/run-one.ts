import type { AnyPoint } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import type { Origin } from '../loading/selected-scenario.ts';
import type { Searched, SearchOptions } from './search-run.ts';

/** One point of one scenario. */
export interface Point {
  readonly scenario: Scenario;
  readonly point: AnyPoint;
  /** Where the scenario comes from; missing for one of racewright's own. */
  readonly origin?: Origin | undefined;
}

/** What a search found, and what broke it; both where something was found before. */
export interface Outcome {
  readonly searched?: Searched;
  readonly problem?: SpecProblem;
}

/** Which search of how many it is, counted from 1. */
export interface Place {
  readonly number: number;
  readonly of: number;
}

/**
 * Runs the search of one point. What breaks it is told beside what it found before. Throws
 * CliUsageError only: a wrong command is wrong at every point.
 */
export type RunOne = (point: Point, options: () => SearchOptions, place: Place) => Promise<Outcome>;
