import type { Scenario } from '../../spec/scenario.ts';
import type { Result } from '../result/result.ts';
import { compareWithCopy } from './compare-copies.ts';
import type { Findings } from './findings.ts';
import { isOutOfMemory } from './memory.ts';
import { summarise } from './summary.ts';

/** What is the same whenever a search is asked. */
type Asked = Pick<
  Findings,
  | 'scenario'
  | 'system'
  | 'options'
  | 'point'
  | 'machine'
  | 'stateChecker'
  | 'stepChecker'
  | 'liveness'
  | 'names'
  | 'ends'
>;

/** What a search has found so far. */
export type Found = Omit<Findings, keyof Asked | 'failures'>;

/**
 * The verdicts of one search. One that cannot be drawn up, since the model throws, takes none of
 * the others away.
 */
export class Verdicts {
  readonly #asked: Asked;
  /** What was known when a verdict could not be drawn up. */
  #known: Result | undefined;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /** Throws what kept a verdict from being drawn up, unless that was a lack of memory. */
  result(found: Found): Result {
    const failures = new Map<string | symbol, unknown>();
    const result = summarise({ ...this.#asked, ...found, failures });
    const broken = [...failures.values()].find((error) => !isOutOfMemory(error));
    if (broken === undefined) return result;
    // A model that is broken somewhere is not said to hold elsewhere.
    const open = { complete: false, stopReason: 'error', endsStopReason: 'error' } as const;
    this.#known = summarise({ ...this.#asked, ...found, ...open, failures });
    throw broken;
  }

  /** All that could be drawn up. Does not throw. */
  known(found: Found, asksLiveness: boolean): Result {
    const { liveness } = this.#asked;
    const asked = { ...this.#asked, liveness: asksLiveness ? liveness : undefined };
    if (this.#known !== undefined) return this.#known;
    const stopReason = found.stopReason ?? 'error';
    const open = { complete: false, stopReason, endsStopReason: stopReason };
    return summarise({ ...asked, ...found, ...open, failures: new Map() });
  }

  /**
   * Throws a SpecError where another copy of the module of the scenario does not do what was found.
   */
  compareWith(copy: Scenario): void {
    const { scenario, point, system, machine } = this.#asked;
    compareWithCopy(scenario, point, system, machine, copy);
  }
}
