import type { Change, Step } from '../checker/result/result.ts';
import type { Paint } from './text-style.ts';
import { shorten, widthOf } from './text-width.ts';
import { printable, valueText } from './value-text.ts';

const arrow = ' → ';
/** Two values stand beside their path only where they have at least this many columns. */
const valuesMin = 24;

/**
 * The lines that say what a step changed, each at most `width` columns wide. They leave out that a
 * process moves to its next step and that a fault uses up budget. They do say that a process is
 * done.
 */
export function changesOfStep(step: Step, width: number, paint: Paint): string[] {
  const blocks = step.changes.flatMap((change): string[][] => {
    if (change.path === `faults.${step.label}` && step.actor === 'fault') return [];
    const process = processText(change, step);
    if (process === undefined) return [changeLines(change, width, paint)];
    return process === '' ? [] : [[paint.dim(shorten(process, width))]];
  });
  return packed(blocks, width);
}

/**
 * The change of a process as a phrase: empty when it only moves on, undefined for a change that is
 * not of a whole process.
 */
function processText({ path, before, after }: Change, step: Step): string | undefined {
  const [, pid, part] = /^processes\.([^.]+)(\.at)?$/.exec(path) ?? [];
  if (pid === undefined) return undefined;
  if (part === '.at') {
    if (after === 'done') return printable(`${pid} is done`);
    return pid === step.actor ? '' : undefined;
  }
  if (before === undefined) return printable(`${pid} starts`);
  return after === undefined ? printable(`${pid} is gone`) : undefined;
}

/** Puts one-line blocks next to each other where they fit. */
function packed(blocks: readonly string[][], width: number): string[] {
  const lines: string[] = [];
  let open = false;
  for (const block of blocks) {
    const last = lines.at(-1) ?? '';
    const joined = `${last}; ${block[0]}`;
    if (open && block.length === 1 && widthOf(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(...block);
    open = block.length === 1;
  }
  return lines;
}

/**
 * The path as the report shows it: `detach1.alone` for a variable of a process, else the path in
 * the state.
 */
export function shownPath(path: string): string {
  return printable(path.replace(/^processes\.([^.]+)\.vars\./, '$1.'));
}

/**
 * One change as `path: before → after`, in lines of at most `width` columns. It is one line where
 * both values stay recognisable, else the values stand on a second line. A value that is still too
 * long ends in an ellipsis.
 */
function changeLines(change: Change, width: number, paint: Paint): string[] {
  const path = shownPath(change.path);
  const before = change.before === undefined ? '(absent)' : valueText(change.before);
  const after = change.after === undefined ? '(deleted)' : valueText(change.after);
  const values = (room: number): string => {
    const [left, right] = shortenPair(before, after, room - arrow.length);
    return `${paint.dim(left)}${arrow}${paint.strong(right)}`;
  };
  const head = `${path}: `;
  const room = width - widthOf(head);
  const needed = widthOf(before) + arrow.length + widthOf(after);
  const fitsBelow = needed <= width - 2 && widthOf(path) < width;
  if (needed <= room || (room >= valuesMin && !fitsBelow)) return [head + values(room)];
  return [`${shorten(path, width - 1)}:`, `  ${values(width - 2)}`];
}

/**
 * Both texts within `width` columns together: each gets half, and the rest of one goes to the
 * other.
 */
function shortenPair(left: string, right: string, width: number): readonly [string, string] {
  const half = Math.floor(width / 2);
  const leftRoom = Math.max(half, width - widthOf(right));
  const shortLeft = shorten(left, leftRoom);
  return [shortLeft, shorten(right, width - widthOf(shortLeft))];
}
