import type { AnyPoint } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import type { Budgets } from './read-address.ts';
import type { Walker } from './walker.ts';

/**
 * The models of a page by id, and a way to take their steps. They load after the page, from a
 * script of their own.
 */
export interface Models {
  readonly scenarios: ReadonlyMap<string, Scenario>;
  /**
   * Throws a UsageError for parameters or faults that the scenario does not have, and a SpecError
   * when the model is broken.
   */
  readonly walker: (scenario: Scenario, point: AnyPoint, faults?: Budgets) => Walker;
}

/** What the script with the models offers: the models, or why there are none. */
export type Offer = Models | { readonly unmodelled: string };

/** The global under which the script leaves its offer. */
export const offerKey = 'racewrightModels';
