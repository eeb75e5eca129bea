import type { AbstractSide, Verdict, WorldState } from '../checker/result/result.ts';
import type { Simulated } from '../checker/result/simulated.ts';
import type { StopReason } from '../checker/result/stop-reason.ts';
import type { ValueRead } from '../checker/result/value-read.ts';
import type { Wait } from '../checker/result/wait.ts';
import type { Plain } from '../spec/plain.ts';

/**
 * The document of `--json` and of report files, from which all other reports are made. Later
 * versions of racewright may add fields to version 2, but change or remove none.
 */
export interface ReportDocument {
  readonly format: 'racewright/report';
  readonly version: 2;
  readonly results: readonly ResultRecord[];
  /** The first check that could not be done. */
  readonly error?: ErrorRecord | undefined;
  /** Every check that could not be done; missing where all could. */
  readonly errors?: readonly BrokenRecord[] | undefined;
}

export interface ErrorRecord {
  readonly what: string;
  readonly where: string | null;
  readonly mend: string | null;
}

/** A check that ended with an error because the model is broken at its point. */
export interface BrokenRecord extends ErrorRecord {
  readonly scenario: string;
  readonly parameters: ResultRecord['parameters'];
}

/** One check: a scenario at one point of its parameters. */
export interface ResultRecord {
  readonly scenario: string;
  readonly parameters: { readonly [name: string]: string | number | boolean };
  /** Parameters that reports leave out: advanced ones at their defaults. */
  readonly advanced?: readonly string[] | undefined;
  /**
   * Budgets of faults that replace the scenario's own. The ledger has the budgets of all faults.
   */
  readonly faults?: { readonly [name: string]: number } | undefined;
  /**
   * The file of the scenario, relative to the folder of the check; missing for a scenario of
   * racewright's own.
   */
  readonly file?: string | undefined;
  /** The name of the export. Several scenarios of a file may have the same name. */
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
  /** Wall time, in seconds. */
  readonly seconds: number;
  /** The result was found before, in so many seconds, and taken from a cache. */
  readonly cached?: true | undefined;
  /** What a simulation did and saw; missing for a search. */
  readonly simulated?: Simulated | undefined;
  readonly properties: readonly PropertyRecord[];
  readonly ledger: { readonly [part: string]: unknown };
  /** The ledger in sentences: what weakens the verdict; missing in documents of before 0.3. */
  readonly warnings?: readonly string[] | undefined;
  /** Where the states come from; present with `--profile`. */
  readonly profile?: unknown;
  /** The state graph; present where a format needs it and it is small enough. */
  readonly graph?: GraphRecord | undefined;
}

export interface PropertyRecord {
  readonly name: string;
  readonly kind: string;
  readonly verdict: Verdict;
  /** Why the verdict is undecided. */
  readonly stopReason?: StopReason | undefined;
  /** Which part of a violated property fails, and for which entry. */
  readonly failingPart?: string | undefined;
  /** What the test read that decides a violated property of states or steps. */
  readonly read?: readonly ValueRead[] | undefined;
  readonly trace?: TraceRecord | undefined;
  /** The processes that can never take a step again, where no end can be reached. */
  readonly waits?: readonly Wait[] | undefined;
  /** For a violated `implements`: what the last step, or the initial state, is there. */
  readonly abstract?: AbstractSide | undefined;
  readonly others?:
    | readonly { readonly trace: TraceRecord; readonly failingPart?: string | undefined }[]
    | undefined;
}

export interface TraceRecord {
  /** The initial state. The later ones follow from the changes of the steps. */
  readonly init: WorldState;
  /** The number of the initial state among several, from 0. */
  readonly initIndex: number;
  /** The properties of states that fail in the initial state. */
  readonly fails?: readonly string[] | undefined;
  readonly steps: readonly StepRecord[];
  /** The number of steps before the part that repeats for ever. */
  readonly loopsTo?: number | undefined;
  /** True for a run that stops: it stays in its last state for ever. */
  readonly stops?: true | undefined;
  /** One entry a step. */
  readonly schedule: readonly string[];
  /** Why the counterexample came about; present with `--why`. */
  readonly why?: WhyRecord | undefined;
}

export interface StepRecord {
  /** A process id, the actor of an action, or 'fault'; null for an action of the whole system. */
  readonly actor: string | null;
  readonly label: string;
  readonly picks: { readonly [name: string]: Plain };
  readonly changes: readonly ChangeRecord[];
  /** The slots that the step read and wrote, as `table.id`. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** The properties of states and steps that fail after this step. */
  readonly fails?: readonly string[] | undefined;
  /** Where the model defines the step. */
  readonly source?: SourceRecord | undefined;
}

/** A change of one value. Without `before` it created the entry, without `after` it deleted it. */
export interface ChangeRecord {
  /** Table, id and fields, joined by dots. */
  readonly path: string;
  /** The parts of the path; present where splitting it at the dots would give others. */
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

/** What racewright knows about why a counterexample came about. Steps count from 1. */
export interface WhyRecord {
  /**
   * Steps that are not needed: without all of them, the rest is a run that still violates the
   * property at its end.
   */
  readonly irrelevant: readonly number[];
  /** How often the step of another process follows the step of one. */
  readonly switches: number;
  /** True when the search had found the steps in another order, with more switches. */
  readonly rearranged?: boolean | undefined;
  /** True when no counterexample of this length, from the same first state, has fewer switches. */
  readonly fewestSwitches?: boolean | undefined;
  /** The pairs of steps whose order some reason names. */
  readonly races: readonly RaceRecord[];
  /** Every reason, beginning with the one about the largest set of runs. */
  readonly reasons?: readonly ReasonRecord[] | undefined;
  /** Smaller values of the numeric parameters at which the property still fails, if known. */
  readonly smallest?:
    | { readonly parameters: { readonly [name: string]: number }; readonly steps: number }
    | undefined;
  /** The sentences that a report prints first. */
  readonly sentences: readonly string[];
}

/**
 * Two steps of different processes on the same slots. With `second` before `first` the property
 * holds, as a reason says.
 */
export interface RaceRecord {
  readonly kind: 'stale_read' | 'early_read' | 'overwrite';
  readonly first: number;
  readonly second: number;
  readonly slots: readonly string[];
}

/** One reason, which a search of all runs that it names has decided. */
export interface ReasonRecord {
  /**
   * order: one step before another. without: without this fault or this pick. no_fault: without any
   * fault. apart: two operations do not overlap. after: one operation begins when the other is
   * done. schedule: the run begins with other steps. fairness: with more fairness. never_fair: no
   * fairness of processes and actions is enough.
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
  /** The steps of the counterexample that the reason names. */
  readonly steps: readonly number[];
  readonly text: string;
  /** Exactly which runs were searched, and what is true of all of them. */
  readonly meaning: string;
  /** The operations, actions and faults that take steps in these runs; missing where all may. */
  readonly only?: readonly string[] | undefined;
  /** The steps with which these runs begin; missing where they may begin anyhow. */
  readonly begins?: readonly string[] | undefined;
}

/** Every reachable state by its number and every step between two of them. */
export interface GraphRecord {
  readonly states: number;
  readonly initial: readonly number[];
  /** States in which a property of states fails, or that are deadlocked. */
  readonly violating: readonly number[];
  readonly deadlocked: readonly number[];
  readonly edges: readonly (readonly [from: number, entry: string, to: number])[];
}
