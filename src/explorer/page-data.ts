import type { Verdict, WorldState } from '../checker/result.ts';
import type { AnyPoint } from '../spec/parameters.ts';
import type { Plain, Scalar } from '../spec/plain.ts';

/** What a page is about, as it stands in the page. */
export interface PageData {
  /** A report shows what a check found; the explorer also has a server that checks. */
  readonly mode: 'report' | 'explore';
  /** The scenario with which the page begins, and all that can be chosen. */
  readonly scenario: string;
  readonly scenarios: readonly { readonly name: string; readonly about?: string }[];
  /** What was checked; empty in the explorer. */
  readonly results: readonly PageResult[];
  /** Words with which the command is started, so that printed commands can be pasted. */
  readonly invocation: readonly string[];
  /** Why the model is not in the page, so that it can only be read. */
  readonly unmodelled?: string | undefined;
}

/** One check: a scenario at one point of its parameters. */
export interface PageResult {
  readonly scenario: string;
  readonly parameters: AnyPoint;
  readonly faults?: { readonly [name: string]: number } | undefined;
  readonly verdict: Verdict;
  readonly asExpected: boolean | null;
  readonly complete: boolean;
  readonly because?: string | undefined;
  readonly states: number;
  readonly levels: number;
  readonly seconds: number;
  readonly properties: readonly PageProperty[];
}

export interface PageProperty {
  readonly name: string;
  readonly kind: string;
  readonly verdict: Verdict;
  /** Why it is undecided, or which part of it fails. */
  readonly because?: string | undefined;
  readonly trace?: PageTrace | undefined;
  readonly others?:
    | readonly { readonly trace: PageTrace; readonly because?: string | undefined }[]
    | undefined;
}

/** A run: in words, which is enough where the model is at hand, or step by step. */
export interface PageTrace {
  readonly initIndex: number;
  readonly words: readonly string[];
  readonly loopsTo?: number | undefined;
  readonly init?: WorldState | undefined;
  readonly steps?: readonly PageStep[] | undefined;
  readonly why?: { readonly sentences: readonly string[] } | undefined;
}

export interface PageStep {
  readonly actor: string | null;
  readonly label: string;
  readonly picks: { readonly [name: string]: Scalar };
  readonly changes: readonly {
    readonly path: string;
    readonly keys?: readonly string[] | undefined;
    readonly before?: Plain | undefined;
    readonly after?: Plain | undefined;
  }[];
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}
