import type { AnyAction } from '../../spec/action.ts';
import type { AnyStep, Processes } from '../../spec/process.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { moveTo, type ProcessRecord } from './processes-view.ts';
import { selfView } from './self-view.ts';

/**
 * A step of a process on a changeable state, which may be views of the checker or drafts of immer.
 */
export interface ProcessStep {
  readonly state: object;
  readonly processes: ProcessRecord;
  /** The labels of the flow, in order. */
  readonly labels: readonly string[];
  readonly label: string;
  readonly step: AnyStep;
  readonly pid: string;
}

type AnyPick = (name: string, options: readonly unknown[]) => never;

/** Runs the recipe of a process once and sets its program counter. */
export function doStep(taken: ProcessStep, pick: AnyPick, processes: Processes): void {
  const { state, processes: record, labels, label, step, pid } = taken;
  const self = selfView(pid, () => record[pid]);
  const returned = step.do(state, self, pick, processes);
  const next = nextLabel(labels, label, returned);
  const left = record[pid];
  // A step may remove its own process; then there is no program counter to set.
  if (left !== undefined) moveTo(left, next);
}

/** Runs the recipe of an action or a fault once. */
export function doAction(
  action: AnyAction,
  state: object,
  pick: AnyPick,
  processes: Processes,
): void {
  // A type of void allows any value.
  const returned: unknown = action.do(state, pick as never, processes);
  refuseLater(returned);
}

/**
 * Throws a SpecError for a promise or a generator, which would do its work after the step is over.
 */
function refuseLater(returned: unknown): void {
  if (returned === undefined) return;
  const kind = laterKind(returned);
  if (kind === undefined) return;
  throw new SpecError({
    what: `it returned a ${kind}, so it has not done all of its work`,
    mend: 'A step happens at once: remove `async` or `*`, and make several steps where the model has to wait.',
  });
}

function laterKind(value: unknown): string | undefined {
  const known = /Promise|Generator/.exec(Object.prototype.toString.call(value))?.[0];
  const isObject = typeof value === 'object' && value !== null;
  const isThenable = isObject && 'then' in value && typeof value.then === 'function';
  return known ?? (isThenable ? 'thenable' : undefined);
}

function nextLabel(labels: readonly string[], label: string, returned: unknown): string {
  if (returned === undefined) return labels[labels.indexOf(label) + 1] ?? 'done';
  if (returned === 'done' || labels.includes(String(returned))) return String(returned);
  refuseLater(returned);
  throw new SpecError({
    what: `it returned '${String(returned)}', which is not a label of this flow`,
    mend: `Return ${labels.map((known) => `'${known}'`).join(', ')}, 'done', or nothing to fall through.`,
  });
}

/** The answer of a guard or a property. Throws a SpecError when it is neither true nor false. */
export function requireBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  const later = laterKind(value);
  const found = typeof value === 'object' ? 'an object' : String(value);
  throw new SpecError({
    what: `a guard or property answered ${later === undefined ? found : `a ${later}`}`,
    mend: `Answer true or false${later === undefined ? '' : ': remove `async` or `*`'}.`,
  });
}
