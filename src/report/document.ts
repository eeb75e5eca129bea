import type { Verdict, WorldState } from '../checker/result/result.ts';
import type { StopReason } from '../checker/result/stop-reason.ts';
import type { Wait } from '../checker/result/wait.ts';
import type { Plain } from '../spec/plain.ts';

/**
 * The document of `--json` and of report files, from which every other report is made. A later
 * version of racewright may add fields to version 2; it does not change or remove any.
 */
export interface ReportDocument {
  readonly format: 'racewright/report';
  readonly version: 2;
  readonly results: readonly ResultRecord[];
  /**
   * What could not be checked at all: there is no result then. Of several that could not, the
   * first.
   */
  readonly error?: ErrorRecord | undefined;
  /**
   * Every check that could not be done, beside the results of those that could; missing where there
   * is none.
   */
  readonly errors?: readonly BrokenRecord[] | undefined;
}

export interface ErrorRecord {
  readonly what: string;
  readonly where: string | null;
  readonly mend: string | null;
}

/** A check that broke off because the model is broken there. */
export interface BrokenRecord extends ErrorRecord {
  readonly scenario: string;
  readonly parameters: ResultRecord['parameters'];
}

/** One check: a scenario at one point of its parameters. */
export interface ResultRecord {
  readonly scenario: string;
  readonly parameters: { readonly [name: string]: string | number | boolean };
  /** The parameters that are not worth naming: advanced ones at their defaults. */
  readonly advanced?: readonly string[] | undefined;
  /**
   * Budgets of faults that were given in place of the scenario's own; those of all faults stand in
   * the ledger.
   */
  readonly faults?: { readonly [name: string]: number } | undefined;
  /**
   * The file of the scenario, relative to the folder in which the check ran; missing for one of
   * racewright's own.
   */
  readonly file?: string | undefined;
  /** The name under which that file exports the scenario: several of a file may have one name. */
  readonly exportName?: string | undefined;
  readonly verdict: Verdict;
  /** Null where the scenario states no expectation. */
  readonly asExpected: boolean | null;
  readonly mismatches?: readonly string[] | undefined;
  readonly complete: boolean;
  readonly stopReason?: StopReason | undefined;
  readonly states: number;
  readonly generated: number;
  readonly levels: number;
  /** Wall time. */
  readonly seconds: number;
  readonly properties: readonly PropertyRecord[];
  readonly ledger: { readonly [part: string]: unknown };
  /** Where the states come from, when that was asked for. */
  readonly profile?: unknown;
  /** The state graph, where it was asked for and is small enough. */
  readonly graph?: GraphRecord | undefined;
}

export interface PropertyRecord {
  readonly name: string;
  readonly kind: string;
  readonly verdict: Verdict;
  /** Why it is undecided: the search stopped before it could decide. */
  readonly stopReason?: StopReason | undefined;
  /** Which part of a violated property fails, for which entry. */
  readonly failingPart?: string | undefined;
  readonly trace?: TraceRecord | undefined;
  /** Of a run from which no end can be reached: the processes that can never take a step again. */
  readonly waits?: readonly Wait[] | undefined;
  readonly others?:
    | readonly { readonly trace: TraceRecord; readonly failingPart?: string | undefined }[]
    | undefined;
}

export interface TraceRecord {
  /** The state in which the run begins; those after the steps follow from their changes. */
  readonly init: WorldState;
  /** Which of several initial states that is, counted from 0. */
  readonly initIndex: number;
  /** The properties about states that fail in the first state. */
  readonly fails?: readonly string[] | undefined;
  readonly steps: readonly StepRecord[];
  /** For a run that goes on for ever: after how many steps the part begins to which it returns. */
  readonly loopsTo?: number | undefined;
  /** True for a run that stops: it stays in its last state for ever. */
  readonly stops?: true | undefined;
  /** The schedule, one word a step. */
  readonly schedule: readonly string[];
  /** Why it happened, where that was asked; for counterexamples only. */
  readonly why?: WhyRecord | undefined;
}

export interface StepRecord {
  /**
   * A process id, the actor of an action, or 'fault'; null for an action of the system as a whole.
   */
  readonly actor: string | null;
  readonly label: string;
  readonly picks: { readonly [name: string]: Plain };
  readonly changes: readonly ChangeRecord[];
  /** The slots that the step read and wrote, as `table.id`. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** The properties about states and steps that fail here. */
  readonly fails?: readonly string[] | undefined;
  /** Where the model defines the step. */
  readonly source?: SourceRecord | undefined;
}

/** A change without `before` created the entry, one without `after` deleted it. */
export interface ChangeRecord {
  /** Table, id and fields, joined by dots. */
  readonly path: string;
  /** The parts of the path, given where splitting it at the dots would not find them. */
  readonly keys?: readonly string[] | undefined;
  readonly before?: Plain | undefined;
  readonly after?: Plain | undefined;
}

export interface SourceRecord {
  /** Relative to the folder in which the check ran, with forward slashes. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
}

/** What was found out about a counterexample. Steps are counted from 1. */
export interface WhyRecord {
  /**
   * Steps that can be left out, all together: the run that is left violates the property at its
   * end, too.
   */
  readonly irrelevant: readonly number[];
  /** How often another process goes on than the one before. */
  readonly switches: number;
  /** True when the search had found the steps in another order, with more switches. */
  readonly rearranged?: boolean | undefined;
  /** True when no counterexample of this length, from the same first state, has fewer switches. */
  readonly fewestSwitches?: boolean | undefined;
  /** The steps of the reasons that are about an order. */
  readonly races: readonly RaceRecord[];
  /** Every reason that was decided, the one that speaks of most runs first. */
  readonly reasons?: readonly ReasonRecord[] | undefined;
  /**
   * Smaller values of the numeric parameters at which the property still fails, if some are known.
   */
  readonly smallest?:
    | { readonly parameters: { readonly [name: string]: number }; readonly steps: number }
    | undefined;
  /** What a reader is told first, in words. */
  readonly sentences: readonly string[];
}

/**
 * Two steps of different processes on the same slots: with `second` before `first` the property
 * holds, as its reason says.
 */
export interface RaceRecord {
  readonly kind: 'stale_read' | 'early_read' | 'overwrite';
  readonly first: number;
  readonly second: number;
  readonly slots: readonly string[];
}

/** One reason, decided by a search of every run that it speaks of. */
export interface ReasonRecord {
  /**
   * order: one step before the other. without: not this fault, or not this pick. no_fault: no fault
   * at all. apart: two operations do not overlap. after: one operation begins once the other is
   * done. schedule: the run begins with other steps. fairness: more fairness is assumed.
   * never_fair: no fairness of processes and actions is enough.
   */
  readonly kind:
    | 'order'
    | 'without'
    | 'no_fault'
    | 'apart'
    | 'after'
    | 'schedule'
    | 'fairness'
    | 'never_fair';
  /** The steps of the counterexample that it speaks of. */
  readonly steps: readonly number[];
  readonly text: string;
  /** Exactly which runs were searched, and what is true of them. */
  readonly meaning: string;
  /** The operations, actions and faults of which the runs consist, where not all may take steps. */
  readonly only?: readonly string[] | undefined;
  /** The steps with which the runs begin, where they do not begin anyhow. */
  readonly begins?: readonly string[] | undefined;
}

/** Every reachable state by its number and every step between two of them. */
export interface GraphRecord {
  readonly states: number;
  readonly initial: readonly number[];
  /**
   * States in which a property about states fails, or in which nothing can happen although it
   * should.
   */
  readonly violating: readonly number[];
  readonly deadlocked: readonly number[];
  readonly edges: readonly (readonly [from: number, entry: string, to: number])[];
}
