import type { AnyPoint } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import type { Budgets } from './read-address.ts';
import type { Walker } from './walker.ts';

/**
 * The models that a page has, by id, and how one walks in them. They come after the page itself, in
 * a script of their own.
 */
export interface Models {
  readonly scenarios: ReadonlyMap<string, Scenario>;
  /**
   * Throws a UsageError for parameters or faults that the scenario does not have, a SpecError when
   * the model is broken.
   */
  readonly walker: (scenario: Scenario, point: AnyPoint, faults?: Budgets) => Walker;
}

/** What the script with the models leaves behind: the models, or why there are none. */
export type Offer = Models | { readonly unmodelled: string };

/** The name under which the script with the models leaves them to the page. */
export const offerKey = 'racewrightModels';
