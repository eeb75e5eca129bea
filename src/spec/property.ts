import type { Plain } from './plain.ts';
import type { ProcessTable } from './process.ts';
import type { Implements } from './refinement.ts';

/** A question about one state, with its types forgotten. */
export type AnyTest = (state: object, processes: ProcessTable) => boolean;

/** What a nested test of entries sees of the test around it. */
export interface AnyOuter {
  readonly entry: unknown;
  readonly id: string;
  /** The entry around `entry`, if there is one. */
  readonly outer: AnyOuter | undefined;
}

/** A question about one entry of a table, with its types forgotten. */
export type AnyEntryTest = (
  entry: unknown,
  id: string,
  state: object,
  processes: ProcessTable,
  outer: AnyOuter | undefined,
) => boolean;

/** Which step was taken. */
export interface StepAction {
  /**
   * The id of a process, the actor of an action, or 'fault'; undefined for an action of the whole
   * system.
   */
  readonly actor: string | undefined;
  /** The label of the step or the name of the action. */
  readonly label: string;
  readonly picks: { readonly [name: string]: Plain };
}

/** What a test of a changed entry sees of the step. */
export interface AnyStepSeen {
  readonly before: object;
  readonly action: StepAction;
  readonly after: object;
  readonly processes: { readonly before: ProcessTable; readonly after: ProcessTable };
}

/**
 * A question about an entry that a step changes. The entry is undefined where it does not exist.
 */
export type AnyChangeTest = (
  before: unknown,
  after: unknown,
  id: string,
  step: AnyStepSeen,
) => boolean;

/** A question about one step: the state before, the action, the state after. */
export type AnyStepTest = (
  before: object,
  action: StepAction,
  after: object,
  processes: { readonly before: ProcessTable; readonly after: ProcessTable },
) => boolean;

/** A test inside the body of a property. The checker calls it with what its place has. */
export type AnyLeaf = AnyTest | AnyEntryTest | AnyStepTest | AnyChangeTest;

/**
 * A test that is asked of each entry of a table, or of each process. The report names the entry
 * that decides.
 */
export interface AnyEvery {
  readonly kind: 'every' | 'some' | 'count';
  /** Whether `table` is a table of the model or stands for the processes. */
  readonly over: 'table' | 'processes';
  readonly table: string;
  /** A phrase that says what the test asks; the report shows it when the test fails. */
  readonly part: string | undefined;
  readonly test: AnyBody;
  /** Of how many entries the test must be true; undefined except for 'count'. */
  readonly bounds: Bounds | undefined;
}

/** A number of entries. At least one bound is present, and all that are present must fit. */
export interface Bounds {
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly exactly?: number;
}

/** Several parts with names; the report names the one that fails. */
export interface AnyParts {
  readonly kind: 'parts';
  readonly parts: { readonly [name: string]: AnyBody };
}

/**
 * A test that is asked only where a premise is true; the ledger says when the premise never was.
 */
export interface AnyGiven {
  readonly kind: 'given';
  readonly premise: AnyBody;
  readonly conclusion: AnyBody;
}

/** Bodies joined by logic. The checker asks them in order, up to the one that decides. */
export type AnyJoined =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly AnyBody[] }
  | { readonly kind: 'not'; readonly operand: AnyBody }
  | { readonly kind: 'implies'; readonly premise: AnyBody; readonly conclusion: AnyBody };

/** A test of the whole state among tests of entries. */
export interface AnyOfState {
  readonly kind: 'state';
  readonly test: AnyTest;
}

/** A body about the state before or after a step. */
export interface AnySide {
  readonly kind: 'before' | 'after';
  readonly operand: AnyBody;
}

/** A test that is asked of the entries of a table that a step changes, makes or deletes. */
export interface AnyChanged {
  readonly kind: 'everyChanged' | 'someChanged';
  readonly table: string;
  readonly test: AnyChangeTest;
}

/**
 * A question in any form. `checkBody` refuses a form in the wrong place when the system is made.
 */
export type AnyBody =
  | AnyLeaf
  | AnyEvery
  | AnyParts
  | AnyGiven
  | AnyJoined
  | AnyOfState
  | AnySide
  | AnyChanged;

/** A question about the steps of a run. */
export interface AnyStepBody {
  readonly step: AnyBody;
}

/**
 * A property with its types forgotten, as the checker sees it. Its name is a sentence in the words
 * of an operator, unique in a scenario.
 */
export type AnyProperty =
  | StateProperty
  | ReachableStep
  | StepProperty
  | Implements
  | LivenessProperty
  | LeadsToProperty;
export type PropertyKind = AnyProperty['kind'];

export interface StateProperty {
  readonly kind: 'always' | 'never' | 'reachable';
  readonly name: string;
  readonly body: AnyBody;
}

/** Whether some step of which a test is true can be taken. */
export interface ReachableStep extends AnyStepBody {
  readonly kind: 'reachable';
  readonly name: string;
}

export interface StepProperty {
  readonly kind: 'step';
  readonly name: string;
  readonly holds: AnyBody;
}

export interface LivenessProperty {
  readonly kind: 'eventually' | 'infinitelyOften' | 'eventuallyAlways';
  readonly name: string;
  readonly holds: AnyBody | AnyStepBody;
}

export interface LeadsToProperty {
  readonly kind: 'leadsTo';
  readonly name: string;
  /**
   * The table whose entries the property asks about one by one; undefined for a property of whole
   * states.
   */
  readonly table: string | undefined;
  readonly from: AnyBody;
  readonly to: AnyBody;
}
