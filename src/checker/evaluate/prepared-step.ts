import type { AnyAction } from '../../spec/action.ts';
import type { AnyStep } from '../../spec/process.ts';
import { type Evaluated, NOTHING_DONE } from './evaluated.ts';
import { TableUses } from './table-uses.ts';

/** A step of a process, or an action. */
export interface PreparedStep {
  readonly flow: string | undefined;
  readonly label: string;
  /** For messages. */
  readonly where: string;
  readonly step: AnyStep | undefined;
  readonly action: AnyAction | undefined;
  /** The answer of a step that is not enabled, where the reads are left out. */
  readonly idle: Evaluated;
  readonly guardUses: TableUses;
  readonly recipeUses: TableUses;
  /** True while nothing is remembered of it. */
  isDirect: boolean;
}

/** All are made here, so that V8 gives them one shape. */
export function prepare(
  given: Pick<PreparedStep, keyof typeof NO_STEP>,
  watchesLess = false,
): PreparedStep {
  const { flow, label, where, step, action } = given;
  const idle = { ...NOTHING_DONE, flow, label, where };
  const uses = { countsGets: true, atOnce: watchesLess };
  const guardUses = new TableUses(uses);
  const recipeUses = new TableUses(uses);
  return { flow, label, where, step, action, idle, guardUses, recipeUses, isDirect: false };
}

const NO_STEP = { flow: undefined, label: '', where: '', step: undefined, action: undefined };
/** Of an actor that has nothing to do. */
export const IDLE = prepare(NO_STEP);
