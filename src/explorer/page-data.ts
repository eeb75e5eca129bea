import type { PropertyRecord, ResultRecord, TraceRecord } from '../report/document.ts';
import type { Refused } from './walker.ts';

/** What a page is about, as it stands in the page. */
export interface PageData {
  /** A report shows what a check found; the explorer also has a server that checks. */
  readonly mode: 'report' | 'explore';
  /** The id of the model with which the page begins. */
  readonly model: string;
  /** All models that can be chosen. */
  readonly models: readonly PageModel[];
  /** What was checked; empty in the explorer. */
  readonly results: readonly PageResult[];
  /** Words with which the command is started, so that printed commands can be pasted. */
  readonly invocation: readonly string[];
  /** Why the model is not in the page, so that it can only be read. */
  readonly unmodelled?: string | undefined;
  /** Where the server has the script with the model; missing where that is in the page itself. */
  readonly modelPath?: string | undefined;
  /** Where the server checks that very model; missing where no server does. */
  readonly checkPath?: string | undefined;
}

/** A scenario that a page can show. */
export interface PageModel {
  /**
   * No two models of a page share it: the name of one of racewright's own, else its file and the
   * name of its export.
   */
  readonly id: string;
  /** What it is called in the page: its name, with its id where others have that name, too. */
  readonly name: string;
  readonly about?: string | undefined;
  /** How the command line names it, where that is not its id. */
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
  > {
  /** The id of the model that was checked. */
  readonly model: string;
  /** The parameters that are worth showing. */
  readonly shown: ResultRecord['parameters'];
  readonly properties: readonly PageProperty[];
}

export interface PageProperty
  extends Pick<PropertyRecord, 'name' | 'kind' | 'verdict' | 'failingPart'> {
  readonly trace?: PageTrace | undefined;
  readonly others?:
    | readonly { readonly trace: PageTrace; readonly failingPart?: string | undefined }[]
    | undefined;
}

/** A run: in words, which is enough where the model is at hand, or step by step. */
export type PageTrace = Pick<TraceRecord, 'initIndex' | 'schedule' | 'loopsTo' | 'stops' | 'why'> &
  Partial<Pick<TraceRecord, 'init' | 'fails' | 'steps'>> & {
    /** Where the model that is in the page does not go along, if it does not. */
    readonly refused?: Refused | undefined;
  };
