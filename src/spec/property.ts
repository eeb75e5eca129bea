import type { Plain } from './plain.ts';
import type { ProcessTable } from './process.ts';

/** A question about one state, its types forgotten. */
export type AnyTest = (state: object, processes: ProcessTable) => boolean;

/** The entry around a test that stands in a test of the entries of another table. */
export interface AnyOuter {
  readonly entry: unknown;
  readonly id: string;
  /** The entry around that one. */
  readonly outer: AnyOuter | undefined;
}

/** A question about one entry of a table, its types forgotten. */
export type AnyEntryTest = (
  entry: unknown,
  id: string,
  state: object,
  processes: ProcessTable,
  outer: AnyOuter | undefined,
) => boolean;

/** What was done in a step. */
export interface StepAction {
  /**
   * The process id, the actor of an action, or 'fault'; undefined for an action of the system as a
   * whole.
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

/** A question about an entry that a step changes; undefined where it is not there. */
export type AnyChangeTest = (
  before: unknown,
  after: unknown,
  id: string,
  step: AnyStepSeen,
) => boolean;

/** A question about one step: the states before and after, and what was done between them. */
export type AnyStepTest = (
  before: object,
  action: StepAction,
  after: object,
  processes: { readonly before: ProcessTable; readonly after: ProcessTable },
) => boolean;

/** A test as a property holds it; what it is called with depends on where it stands. */
export type AnyLeaf = AnyTest | AnyEntryTest | AnyStepTest | AnyChangeTest;

/**
 * A test put to the entries of a table, or to the processes; the report names the entry that
 * decides.
 */
export interface AnyEvery {
  readonly kind: 'every' | 'some' | 'count';
  /** Whether `table` is one of the model, or the processes are meant. */
  readonly over: 'table' | 'processes';
  readonly table: string;
  /** What is asked, in words; shown when it fails. */
  readonly part: string | undefined;
  readonly test: AnyBody;
  /** Of how many entries the test must be true; only for 'count'. */
  readonly bounds: Bounds | undefined;
}

/** How many entries: at least one of these numbers is given, and all that are given must fit. */
export interface Bounds {
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly exactly?: number;
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

/** Bodies joined by a word of logic: asked in their order, up to the one that decides. */
export type AnyJoined =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly AnyBody[] }
  | { readonly kind: 'not'; readonly operand: AnyBody }
  | { readonly kind: 'implies'; readonly premise: AnyBody; readonly conclusion: AnyBody };

/** A test of the whole state that may stand among tests of entries. */
export interface AnyOfState {
  readonly kind: 'state';
  readonly test: AnyTest;
}

/** A body about the state before or after a step. */
export interface AnySide {
  readonly kind: 'before' | 'after';
  readonly operand: AnyBody;
}

/** A test put to the entries of a table that a step changes, makes or takes away. */
export interface AnyChanged {
  readonly kind: 'everyChanged' | 'someChanged';
  readonly table: string;
  readonly test: AnyChangeTest;
}

/**
 * A question in any of its forms. Which of them may stand where is checked when a system is made.
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
 * A property as the checker sees it. The name is a sentence that an operator would say, unique in a
 * scenario.
 */
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
   * The table whose entries are asked one by one; undefined when the question is about whole
   * states.
   */
  readonly table: string | undefined;
  readonly from: AnyBody;
  readonly to: AnyBody;
}
