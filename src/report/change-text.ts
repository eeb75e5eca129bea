import type { Change, Step } from '../checker/result/result.ts';
import type { Paint } from './text-style.ts';
import { shorten, widthOf } from './text-width.ts';
import { printable, valueText } from './value-text.ts';

const arrow = ' → ';
/** Columns that two values need at least before they are worth showing next to their path. */
const valuesMin = 24;

/**
 * What a step changed, in as few lines of at most `width` columns as it takes. That a process moves
 * on to its next step goes without saying, as does that a fault uses up its budget; that a process
 * is done is said.
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
 * What happens to a process as such, in words; empty when it only goes on; undefined for any other
 * change.
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

/** Puts blocks of one line next to each other where they fit. */
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
 * Variables of a process are shown as `detach1.alone`; everything else keeps the path it has in the
 * state.
 */
function shownPath(path: string): string {
  return printable(path.replace(/^processes\.([^.]+)\.vars\./, '$1.'));
}

/**
 * One change as `path: before → after` in lines of at most `width` columns: one where that is
 * possible with both values recognisable, else the values on a second line. Values that are still
 * too long end in an ellipsis.
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
 * Both texts within `width` columns together: each gets half, and what one leaves over goes to the
 * other.
 */
function shortenPair(left: string, right: string, width: number): readonly [string, string] {
  const half = Math.floor(width / 2);
  const leftRoom = Math.max(half, width - widthOf(right));
  const shortLeft = shorten(left, leftRoom);
  return [shortLeft, shorten(right, width - widthOf(shortLeft))];
}
