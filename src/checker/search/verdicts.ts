import type { Scenario } from '../../spec/scenario.ts';
import type { Result } from '../result/result.ts';
import { compareWithCopy } from './compare-copies.ts';
import type { Findings } from './findings.ts';
import { isOutOfMemory } from './memory.ts';
import { summarise } from './summary.ts';

/** The part of the findings that never changes. */
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
  | 'constraint'
  | 'verification'
  | 'ends'
>;

/** What a search has found so far. */
export type Found = Omit<Findings, keyof Asked | 'failures'>;

/**
 * The verdicts of one search. A verdict that fails because the model throws does not affect the
 * others.
 */
export class Verdicts {
  readonly #asked: Asked;
  /** The result that was known when a verdict failed. */
  #known: Result | undefined;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /**
   * The result. Throws the error that kept a verdict from being drawn up, unless that was a lack of
   * memory.
   */
  result(found: Found): Result {
    const failures = new Map<string | symbol, unknown>();
    const result = summarise({ ...this.#asked, ...found, failures });
    const broken = [...failures.values()].find((error) => !isOutOfMemory(error));
    if (broken === undefined) return result;
    // No property holds in a model that is broken somewhere.
    const open = { complete: false, stopReason: 'error', endsStopReason: 'error' } as const;
    this.#known = summarise({ ...this.#asked, ...found, ...open, failures });
    throw broken;
  }

  /** Every verdict that could be drawn up. Does not throw. */
  known(found: Found, asksLiveness: boolean): Result {
    const { liveness } = this.#asked;
    const asked = { ...this.#asked, liveness: asksLiveness ? liveness : undefined };
    if (this.#known !== undefined) return this.#known;
    const stopReason = found.stopReason ?? 'error';
    const open = { complete: false, stopReason, endsStopReason: stopReason };
    return summarise({ ...asked, ...found, ...open, failures: new Map() });
  }

  /** Throws a SpecError where another copy of the scenario's module behaves differently. */
  compareWith(copy: Scenario): void {
    const { scenario, point, system, machine } = this.#asked;
    compareWithCopy(scenario, point, system, machine, copy);
  }
}
