import type { AnyPoint } from '../../spec/parameters.ts';
import type { Plain } from '../../spec/plain.ts';
import type { PropertyKind } from '../../spec/property.ts';
import type { Ledger } from './ledger.ts';
import type { Simulated } from './simulated.ts';
import type { StopReason } from './stop-reason.ts';
import type { ValueRead } from './value-read.ts';
import type { Wait } from './wait.ts';

/**
 * The answer to a question. 'holds' is given only after every reachable state was visited; where
 * the system states a constraint (`within`), after every state that is reachable within it.
 */
export type Verdict = 'holds' | 'violated' | 'undecided';

/** One value that a step changed. An absent value is undefined. */
export interface Change {
  /** Table, id and fields, joined by dots: `volumes.v1.status`. */
  readonly path: string;
  /** The parts of the path, which may contain dots. The tables of the checker begin with '#'. */
  readonly keys: readonly string[];
  readonly before: Plain | undefined;
  readonly after: Plain | undefined;
}

export interface Step {
  /**
   * The process id, the actor of an action, or 'fault'; undefined for an action of the whole
   * system.
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
 * A whole state as plain data: the fields of the model, the processes, and the budgets of faults.
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
  /** The initial state of the run. */
  readonly init: WorldState;
  /** The number of the initial state among several, from 0. */
  readonly initIndex: number;
  readonly steps: readonly Step[];
  /** For a run that repeats its last part for ever: the number of steps before that part. */
  readonly loopsTo?: number;
  /** True for a run that stops and stays in its last state for ever. */
  readonly stops?: true;
  /** For a run that stops where steps are enabled: the schedule entries of those steps. */
  readonly declined?: readonly string[];
  /** The schedule, one entry a step, as `replay` takes it: `attach1.connect[host=h1]`. */
  readonly schedule: readonly string[];
}

/** What a step is in an abstract system that a system does not implement. */
export interface AbstractSide {
  /** The abstract state before the step; missing for an initial state. */
  readonly before?: Pick<WorldState, 'state' | 'processes'> | undefined;
  readonly after: Pick<WorldState, 'state' | 'processes'>;
  /** The schedule entries of the abstract steps from the state before. */
  readonly enabled: readonly string[];
}

export interface PropertyResult {
  readonly name: string;
  readonly kind: PropertyKind | 'deadlock';
  readonly verdict: Verdict;
  /** Why the verdict is undecided. */
  readonly stopReason?: StopReason;
  /** The part of a violated property that fails, and the entry. */
  readonly failingPart?: string;
  /**
   * Further counterexamples that differ in the failing part or in the actions, if they were asked
   * for.
   */
  readonly others?: readonly {
    readonly trace: Trace;
    readonly failingPart?: string;
    readonly read?: readonly ValueRead[];
  }[];
  /** What the test read that decides a violated property of states or steps. */
  readonly read?: readonly ValueRead[];
  /** The counterexample; for a `reachable` that holds, the run that reaches it. */
  readonly trace?: Trace;
  /** For a violated `implements`: what the last step, or the initial state, is there. */
  readonly abstract?: AbstractSide;
  /**
   * The processes that can never take a step again, where no end can be reached and this is known.
   */
  readonly waits?: readonly Wait[];
}

export interface Result {
  readonly scenario: string;
  readonly parameters: AnyPoint;
  /** Budgets of faults that replaced the scenario's own; missing without any. */
  readonly faults?: { readonly [name: string]: number };
  /** 'violated' if any property is, else 'undecided' if any is, else 'holds'. */
  readonly verdict: Verdict;
  /**
   * Undefined at a point without an expectation, and where an incomplete search has found no
   * contradiction.
   */
  readonly asExpected: boolean | undefined;
  /** The differences from the expectation, one sentence each. */
  readonly mismatches: readonly string[];
  /** True if every state that is reachable within the constraint of the system was visited. */
  readonly complete: boolean;
  readonly stopReason?: StopReason;
  /** The number of distinct states, initial ones included. */
  readonly states: number;
  /** The number of initial states and of all successors, duplicates included. */
  readonly generated: number;
  /**
   * The number of states on the longest of all shortest paths, within the visited part; in a
   * simulation, on the longest run.
   */
  readonly levels: number;
  readonly order: 'breadth_first' | 'depth_first' | 'simulated';
  /** Present for the result of a simulation. */
  readonly simulated?: Simulated;
  readonly properties: readonly PropertyResult[];
  readonly ledger: Ledger;
  /** The cost of the search, for benchmarks. */
  readonly cost: {
    /** The bytes of states, parent links and visited table. */
    readonly stateBytes: number;
    readonly evaluations: number;
    readonly leaves: number;
    readonly repacks: number;
    readonly bitsPerState: number;
    /**
     * The stored steps between different states, for liveness, and their bytes; 0 when no property
     * needs them.
     */
    readonly edges: number;
    readonly edgeBytes: number;
  };
}
