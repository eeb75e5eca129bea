import type { PropertyRecord, ResultRecord, TraceRecord } from '../report/document.ts';
import type { Refused } from './walker.ts';

/** The data of a page, which stand in the page itself. */
export interface PageData {
  /** A report shows the results of a check; the explorer has a server that checks. */
  readonly mode: 'report' | 'explore';
  /** The id of the model that the page shows first. */
  readonly model: string;
  /** True where another page shows this one in a frame, and has the title and the link. */
  readonly isFramed?: true | undefined;
  /** All models that a user can choose. */
  readonly models: readonly PageModel[];
  /** The results of checks; empty in the explorer. */
  readonly results: readonly PageResult[];
  /** The words that start the command, so that printed commands can be pasted. */
  readonly invocation: readonly string[];
  /** Why the model is not in the page, so that the user can only read. */
  readonly unmodelled?: string | undefined;
  /**
   * The path of the script with the model on the server; missing where the page contains the
   * script.
   */
  readonly modelPath?: string | undefined;
  /** The path at which the server checks this model; missing without a server. */
  readonly checkPath?: string | undefined;
}

/** A scenario that a page can show. */
export interface PageModel {
  /** Unique in the page: the name of a scenario of racewright, else the file and the export. */
  readonly id: string;
  /** The title in the page: the name, with the id where several have that name. */
  readonly name: string;
  readonly about?: string | undefined;
  /** The name by which the command line finds it, where that is not its id. */
  readonly requestedName?: string | undefined;
}

/** The part of a result that a page shows. */
export interface PageResult
  extends Pick<
    ResultRecord,
    | 'scenario'
    | 'parameters'
    | 'faults'
    | 'verdict'
    | 'asExpected'
    | 'mismatches'
    | 'complete'
    | 'stopReason'
    | 'states'
    | 'levels'
    | 'seconds'
    | 'warnings'
  > {
  /** The id of the checked model. */
  readonly model: string;
  /** The parameters that the page shows. */
  readonly shown: ResultRecord['parameters'];
  /** How often each fault could happen, null without a bound. */
  readonly faultBudgets?: { readonly [fault: string]: number | null } | undefined;
  readonly properties: readonly PageProperty[];
}

export interface PageProperty
  extends Pick<PropertyRecord, 'name' | 'kind' | 'verdict' | 'failingPart'> {
  readonly trace?: PageTrace | undefined;
  readonly others?:
    | readonly { readonly trace: PageTrace; readonly failingPart?: string | undefined }[]
    | undefined;
}

/** A run, as a schedule where the model is at hand, else step by step. */
export type PageTrace = Pick<TraceRecord, 'initIndex' | 'schedule' | 'loopsTo' | 'stops' | 'why'> &
  Partial<Pick<TraceRecord, 'init' | 'fails' | 'steps'>> & {
    /** The step at which the present model does not follow the run, if there is one. */
    readonly refused?: Refused | undefined;
  };
