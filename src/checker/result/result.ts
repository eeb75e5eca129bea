import type { AnyPoint } from '../../spec/parameters.ts';
import type { Plain } from '../../spec/plain.ts';
import type { PropertyKind } from '../../spec/property.ts';
import type { Ledger } from './ledger.ts';
import type { StopReason } from './stop-reason.ts';
import type { Wait } from './wait.ts';

/** The answer to a question. 'holds' is said only after every reachable state was visited. */
export type Verdict = 'holds' | 'violated' | 'undecided';

/** One thing that changed in a step. Absent values are undefined. */
export interface Change {
  /** Table, id and fields, joined by dots: `volumes.v1.status`. */
  readonly path: string;
  /**
   * The same in its parts, which may have dots in them; the tables of the checker begin with '#'.
   */
  readonly keys: readonly string[];
  readonly before: Plain | undefined;
  readonly after: Plain | undefined;
}

export interface Step {
  /**
   * The process id, the actor of an action, or 'fault'; undefined for an action of the system as a
   * whole.
   */
  readonly actor: string | undefined;
  /** The label of the step or the name of the action. */
  readonly label: string;
  readonly picks: { readonly [name: string]: Plain };
  readonly changes: readonly Change[];
  /** The slots that the step read and wrote, as `table.id`. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** The state after the step. */
  readonly state: WorldState;
}

/**
 * A whole state as plain data: the model's own fields, and the processes and fault budgets beside
 * them.
 */
export interface WorldState {
  readonly state: { readonly [field: string]: Plain };
  readonly processes: {
    readonly [pid: string]: {
      readonly flow: string;
      readonly at: string;
      readonly vars: { readonly [name: string]: Plain };
    };
  };
  /** How often each fault may still happen. */
  readonly faults: { readonly [name: string]: number };
}

export interface Trace {
  /** The state in which the run begins. */
  readonly init: WorldState;
  /** Which of several initial states that is, counted from 0. */
  readonly initIndex: number;
  readonly steps: readonly Step[];
  /** For a run that goes on for ever: after how many steps the part begins to which it returns. */
  readonly loopsTo?: number;
  /** For a run that stops: it stays in its last state for ever. */
  readonly stops?: true;
  /**
   * For a run that stands still for ever where it could go on: the steps that it need not take, as
   * words.
   */
  readonly declined?: readonly string[];
  /** The schedule, one entry a step, as `replay` takes it: `attach1.connect[host=h1]`. */
  readonly schedule: readonly string[];
}

export interface PropertyResult {
  readonly name: string;
  readonly kind: PropertyKind | 'deadlock';
  readonly verdict: Verdict;
  /** Why it is undecided: the search stopped before it could decide. */
  readonly stopReason?: StopReason;
  /** Which part of a violated property fails, for which entry. */
  readonly failingPart?: string;
  /**
   * Further counterexamples that differ in the failing part or in the actions, when they were asked
   * for.
   */
  readonly others?: readonly { readonly trace: Trace; readonly failingPart?: string }[];
  /** The counterexample; for a `reachable` that holds, the run that reaches it. */
  readonly trace?: Trace;
  /**
   * Of a run from which no end can be reached: the processes that can never take a step again,
   * where that is known.
   */
  readonly waits?: readonly Wait[];
}

export interface Result {
  readonly scenario: string;
  readonly parameters: AnyPoint;
  /** Budgets of faults that were given in place of the scenario's own; missing where none was. */
  readonly faults?: { readonly [name: string]: number };
  /** 'violated' if any property is, else 'undecided' if any is, else 'holds'. */
  readonly verdict: Verdict;
  /**
   * Undefined at a point for which the scenario states no expectation, and where an incomplete
   * search has found nothing that contradicts it.
   */
  readonly asExpected: boolean | undefined;
  /** What differs from the expectation, one sentence each. */
  readonly mismatches: readonly string[];
  /** Every reachable state was visited. */
  readonly complete: boolean;
  readonly stopReason?: StopReason;
  /** Distinct states, initial ones included. */
  readonly states: number;
  /** Initial states and every successor produced, duplicates included. */
  readonly generated: number;
  /**
   * States on the longest shortest path; of the part that was seen when the search is not complete.
   */
  readonly levels: number;
  readonly order: 'breadth_first' | 'depth_first';
  readonly properties: readonly PropertyResult[];
  readonly ledger: Ledger;
  /** What the search cost, for benchmarks. */
  readonly cost: {
    /** Bytes of states, parent links and visited table. */
    readonly stateBytes: number;
    readonly evaluations: number;
    readonly leaves: number;
    readonly repacks: number;
    readonly bitsPerState: number;
    /**
     * Steps between different states that were kept for liveness, and their bytes; 0 when nothing
     * asked.
     */
    readonly edges: number;
    readonly edgeBytes: number;
  };
}
