import { formatEntry } from '../../checker/result/schedule-entry.ts';
import type { Choice, Parked } from './parked.ts';

/** The name of what is parked: `ann.read`, or `read` for a call of the body. */
export function idOf(task: string | undefined, label: string): string {
  return formatEntry({ actor: task, label, picks: [] });
}

/** The schedule entry of a choice: `ann.read`, or `ann.read[fault=error]`. */
export function entryOf({ parked, fault }: Choice): string {
  return fault === undefined ? parked.id : `${parked.id}[fault=${fault}]`;
}

/** The number of a repeated name is part of the label. */
export const numbered = (label: string, number: number): string =>
  number === 1 ? label : `${label}#${number}`;

/** The first choice of the task that took the last step, else the first choice of all. */
export function preferred(
  choices: readonly Choice[],
  last: Parked | undefined,
): Choice | undefined {
  const certain = choices.filter(({ parked, fault }) => fault === undefined && !parked.isOptional);
  return certain.find(({ parked }) => parked.task === last?.task) ?? certain[0];
}
