import type { Result } from '../checker/result/result.ts';
import type { StopReason } from '../checker/result/stop-reason.ts';
import { Search } from '../checker/search/search.ts';
import { defaultPoint } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import { SpecError } from '../spec/spec-error.ts';
import { meets } from './scenario-of.ts';

/** How far a search goes. */
export interface Bounds {
  readonly statesMax: number;
  /** The search calls it now and then; a reason ends the search as undecided. */
  readonly interrupt?: () => StopReason | undefined;
}

/** The result of one search. */
export interface PointResult {
  /** Every reachable state was visited. */
  readonly complete: boolean;
  readonly states: number;
  /** Steps of the shortest counterexample by the name of the property. */
  readonly violated: ReadonlyMap<string, number>;
  /** Names of the `reachable` questions whose answer is yes. */
  readonly reached: ReadonlySet<string>;
}

/** The result of one search, or the reason why the model refuses it. */
export type Asked = PointResult | { readonly refused: string };

/**
 * Visits every state of a scenario. Returns the reason when the model refuses the scenario; throws
 * every other error.
 */
export function ask(scenario: Scenario, { statesMax, interrupt }: Bounds): Asked {
  const refused = scenario.refuses(defaultPoint(scenario.parameters));
  if (refused !== undefined) return { refused };
  try {
    const search = new Search(scenario, {
      statesMax,
      ...(interrupt === undefined ? {} : { interrupt }),
    });
    return pointResult(search.run().result());
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return {
      refused: [error.what, ...(error.where === undefined ? [] : [error.where])].join(': '),
    };
  }
}

function pointResult({ complete, states, properties }: Result): PointResult {
  const violated = new Map<string, number>();
  const reached = new Set<string>();
  for (const { name, kind, verdict, trace } of properties) {
    if (kind === 'reachable') {
      if (verdict === 'holds') reached.add(name);
    } else if (verdict === 'violated') violated.set(name, trace?.steps.length ?? 0);
  }
  return { complete, states, violated, reached };
}

/** Whether all requests were in flight at once in some state. */
export const haveMet = ({ reached }: PointResult): boolean => reached.has(meets);
