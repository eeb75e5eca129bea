import type { AnyPoint } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import type { AnySystem } from '../../spec/system.ts';
import type { Ends } from '../ends/ends.ts';
import type { Liveness } from '../liveness/liveness.ts';
import type { Constraint } from '../properties/constraint.ts';
import type { Names } from '../properties/names.ts';
import type { StateChecker } from '../properties/state-checker.ts';
import type { StepChecker } from '../properties/step-checker.ts';
import type { CheckOptions } from '../result/options.ts';
import type { PropertyResult } from '../result/result.ts';
import type { StopReason } from '../result/stop-reason.ts';
import type { Verification } from '../symmetry/verification.ts';
import type { Machine } from '../transitions/machine.ts';

/** What a search knows at the moment of a question. */
export interface Findings {
  readonly scenario: Scenario;
  readonly system: AnySystem;
  readonly options: CheckOptions;
  readonly point: AnyPoint;
  readonly machine: Machine;
  readonly stateChecker: StateChecker;
  readonly stepChecker: StepChecker | undefined;
  readonly liveness: Liveness | undefined;
  readonly names: Names;
  readonly constraint: Constraint | undefined;
  readonly verification: Verification | undefined;
  readonly complete: boolean;
  readonly stopReason: StopReason | undefined;
  readonly generated: number;
  readonly levels: number;
  readonly statesCut: number;
  readonly statesSampled: number;
  /** What took new values, or new entries, with every part of the search (growth.ts). */
  readonly growing: readonly string[];
  readonly ends: Ends;
  /** Why the question about ends is undecided, if it is. */
  readonly endsStopReason: StopReason;
  /**
   * The errors that kept verdicts from being drawn up, by the name of the question. The other
   * verdicts are still drawn up. A failed question is not asked again, because an impure test might
   * answer then.
   */
  readonly failures: Map<string | symbol, unknown>;
}

/** A result. If it is vacuous, also the reason. */
export interface Judged {
  readonly result: PropertyResult;
  readonly vacuous?: string | undefined;
}
