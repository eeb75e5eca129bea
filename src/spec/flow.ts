import type { Draft, Immutable } from './draft.ts';
import type { FlowLabel } from './fairness.ts';
import type { Pick } from './pick.ts';
import type { Plain } from './plain.ts';
import type {
  AnyStep,
  FlowWith,
  Labels,
  Process,
  Processes,
  ProcessState,
  ProcessTable,
} from './process.ts';
import { isRecord, refuse, refuseNameless, refuseUnknown } from './refuse.ts';
import { SpecError } from './spec-error.ts';

/** The variables of the process that takes the step, and its id. */
export type Self<V, Ps extends Labels = Labels> = V & { readonly pid: keyof Ps & string };

/**
 * One atomic step. Return a label to jump, 'done' to finish, nothing to go on to the next label.
 */
export type Recipe<S, V, L extends string, Ps extends Labels = Labels> = (
  state: Draft<S>,
  self: Self<Draft<V>, Ps>,
  pick: Pick,
  processes: Processes<Ps>,
  // `void`, not `undefined`: a step may return a label on one path and fall through on another.
  // biome-ignore lint/suspicious/noConfusingVoidType: see above
) => L | 'done' | void;

/**
 * True where the step is enabled. A guard only reads: the state and the variables are read-only.
 */
export type Guard<S, V, Ps extends Labels = Labels> = (
  state: Immutable<S>,
  self: Self<Immutable<V>, Ps>,
  processes: ProcessTable<Ps>,
) => boolean;

/** A step that waits until `when` holds (PlusCal's await). */
export interface Awaiting<S, V, L extends string, Ps extends Labels = Labels> {
  readonly when: Guard<S, V, Ps>;
  readonly do: Recipe<S, V, L, Ps>;
}

/** The steps of a flow in order; the keys are the labels. */
export type Steps<S, V, L extends string, Ps extends Labels = Labels> = {
  readonly [K in L]: Recipe<S, V, NoInfer<L>, Ps> | Awaiting<S, V, NoInfer<L>, Ps>;
};

/** Variables of a process: a record of plain data. */
export type Vars = { [name: string]: Plain };

export interface FlowOptions<
  S,
  A extends readonly unknown[],
  V extends object,
  L extends string,
  Ps extends Labels = Labels,
> {
  readonly name: string;
  /**
   * Makes the variables of one process from the arguments of `start`. A flow without variables has
   * none.
   */
  readonly vars?: (...args: A) => V;
  readonly steps: Steps<S, V, L, Ps>;
}

/** The fields of V without its name, so that files can export a flow whose V they do not export. */
export type Fields<V> = V extends infer O ? { [name in keyof O]: O[name] } : never;

/** A procedure in atomic steps. Each step has a label, and the label is the program counter. */
export interface Flow<A extends readonly unknown[], L extends string, V = object>
  extends FlowWith<V> {
  readonly labels: readonly L[];
  /**
   * Makes a process that stands at the first label, with the variables that `vars` makes of `args`.
   */
  start(...args: A): Process<L>;
  /** Names one label, for fairness. */
  at(label: L): FlowLabel;
  /**
   * True where a process runs this flow and stands at `label`. Unlike `processes['ann']?.at ===
   * 'wait'`, `lock.isAt(processes['ann'], 'wait')` notices a misspelt label. Throws a SpecError for
   * a label that the flow does not have.
   */
  isAt(process: ProcessState | undefined, label: L | 'done'): boolean;
}

/**
 * Makes a flow of its options, with the types forgotten. Throws a SpecError for a flow without
 * steps, a label called 'done', or an option that the types forbid.
 */
export function makeFlow<
  S,
  const A extends readonly unknown[],
  V extends object,
  L extends string,
  Ps extends Labels = Labels,
>(options: FlowOptions<S, A, V, L, Ps>): Flow<A, L, Fields<V>> {
  // Object.keys forgets the key type; the keys of `steps` are exactly L.
  const labels = Object.keys(options.steps ?? {}) as L[];
  const where = `flow '${options.name}'`;
  refuseUnknown(options, ['name', 'vars', 'steps'], 'field of a flow', where);
  refuseNameless(options.name, 'a flow', where);
  if (labels.length === 0) {
    throw new SpecError({ what: 'it has no steps', where, mend: 'Give it at least one label.' });
  }
  for (const label of labels) {
    refuseNameless(label, 'a label', where);
    if (label !== 'done' && !/^\d+$/.test(label)) continue;
    throw new SpecError({
      what: `'${label}' cannot be a label`,
      where,
      mend: "'done' is where every flow ends, and JavaScript moves keys that are numbers to the front. Rename it.",
    });
  }
  // Without a prototype, so that any label is a key like others.
  const steps: Record<string, AnyStep> = Object.create(null);
  for (const label of labels) {
    const step = options.steps[label];
    checkStep(step, `${where}, step '${label}'`);
    const parts = typeof step === 'function' ? { when: undefined, do: step } : step;
    // The types are forgotten only here. The checker passes the views that they promise.
    steps[label] = parts as unknown as AnyStep;
  }
  const flow: Flow<A, L, Fields<V>> = {
    kind: 'flow',
    name: options.name,
    labels,
    steps,
    // The checker refuses variables that are not plain data when the process enters the state.
    at: (label) => ({ kind: 'label', flow, label }),
    isAt: (process, label) => {
      if (label !== 'done' && !Object.hasOwn(steps, label)) {
        refuse(
          where,
          `it is asked for its label '${label}', which it does not have`,
          `Its labels are ${labels.join(', ')} and done.`,
        );
      }
      return process?.flow === options.name && process.at === label;
    },
    start: (...args) => ({ flow, vars: (options.vars?.(...args) ?? {}) as Vars }),
  };
  return Object.freeze(flow);
}

/**
 * Throws a SpecError for a step that the types forbid. With a misspelt `when`, for example, it
 * would not wait.
 */
function checkStep(step: unknown, where: string): void {
  if (typeof step === 'function') return;
  const form =
    'Write label(state, self) {}, or label: { when: (state, self) => true, do(state, self) {} }';
  if (!isRecord(step) || typeof step['do'] !== 'function') refuse(where, 'it is no step', form);
  refuseUnknown(step, ['when', 'do'], 'field of a step', where);
  if (step['when'] !== undefined && typeof step['when'] !== 'function') {
    refuse(where, 'its `when` is no function', form);
  }
}
