import type { Plain } from './plain.ts';
import type { ProcessTable } from './process.ts';

/** A question about one state, its types forgotten. */
export type AnyTest = (state: object, processes: ProcessTable) => boolean;

/** A question about one entry of a table, its types forgotten. */
export type AnyEntryTest = (
  entry: unknown,
  id: string,
  state: object,
  processes: ProcessTable,
) => boolean;

/** What was done in a step. */
export interface Deed {
  /** The process id, the actor of an action, or 'fault'; undefined for an action of the system as a whole. */
  readonly actor: string | undefined;
  /** The label of the step or the name of the action. */
  readonly label: string;
  readonly picks: { readonly [name: string]: Plain };
}

/** A question about one step: the states before and after, and what was done between them. */
export type AnyStepTest = (
  before: object,
  deed: Deed,
  after: object,
  processes: { readonly before: ProcessTable; readonly after: ProcessTable },
) => boolean;

/** A test put to every entry of a table; the report names the entry that fails. */
export interface AnyEvery {
  readonly kind: 'every' | 'some';
  readonly table: string;
  /** What is asked, in words; shown when it fails. */
  readonly part: string | undefined;
  readonly test: AnyEntryTest;
}

/** Several parts, each with a name; the report names the one that fails. */
export interface AnyParts {
  readonly kind: 'parts';
  readonly parts: { readonly [name: string]: AnyBody };
}

/** A test that is asked only where a premise holds; the ledger says if it never did. */
export interface AnyGiven {
  readonly kind: 'given';
  readonly premise: AnyBody;
  readonly conclusion: AnyBody;
}

/** A question about a state in any of its forms. */
export type AnyBody = AnyTest | AnyEvery | AnyParts | AnyGiven;

/** A question about the steps of a run. */
export interface AnyStepBody {
  readonly step: AnyStepTest;
}

/** A property as the checker sees it. The name is a sentence that an operator would say, unique in a scenario. */
export type AnyProperty = StateProperty | StepProperty | LivenessProperty | LeadsToProperty;
export type PropertyKind = AnyProperty['kind'];

export interface StateProperty {
  readonly kind: 'always' | 'never' | 'reachable';
  readonly name: string;
  readonly body: AnyBody;
}

export interface StepProperty {
  readonly kind: 'step';
  readonly name: string;
  readonly holds: AnyStepTest;
}

export interface LivenessProperty {
  readonly kind: 'eventually' | 'infinitelyOften' | 'eventuallyAlways';
  readonly name: string;
  readonly holds: AnyBody | AnyStepBody;
}

export interface LeadsToProperty {
  readonly kind: 'leadsTo';
  readonly name: string;
  /** The table whose entries are asked one by one; undefined when the question is about whole states. */
  readonly table: string | undefined;
  readonly from: AnyBody | AnyEntryTest;
  readonly to: AnyBody | AnyEntryTest;
}
