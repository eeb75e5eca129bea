import type { Step, Trace, WorldState } from '../checker/result/result.ts';
import { changesOfStep } from './change-text.ts';
import { heldLocks, lockLines, locksText } from './held-locks.ts';
import { initialLines, startText } from './initial-text.ts';
import type { TextStyle } from './text-style.ts';
import { hanging, pad, widthOf } from './text-width.ts';
import { printable } from './value-text.ts';

export interface TraceView {
  /** True where a property fails after the last step, which then gets a mark. */
  readonly fails: boolean;
  /** The number of steps at the beginning that are shown elsewhere, and where. */
  readonly shared?: { readonly steps: number; readonly where: string } | undefined;
  /** Show only the end of the run and the cited steps. */
  readonly brief?: boolean;
  /** The steps, counted from 1, that a text beside the run cites. They are always shown. */
  readonly cited?: ReadonlySet<number>;
}

/** The middle of a longer run is left out. */
const stepsMax = 200;
const shownAtStart = 50;
const gap = '   ';

/**
 * A run as a table. Each step has a line with its number, its entry, what it changed, and the locks
 * held after it if they differ. Further changes continue in their column. Where columns would be
 * too narrow for most steps, all changes stand below their step.
 */
export function traceLines(trace: Trace, view: TraceView, look: TextStyle): string[] {
  const { initIndex, init, steps } = trace;
  const start = `  the initial state${initIndex === 0 ? '' : ` ${initIndex} (the first is 0)`}`;
  if (steps.length === 0) return [look.paint.dim(start), ...initialLines(init, look)];
  const rows = rowsOf(trace, view, look);
  const columns = layOut(rows, look);
  const table = isCrowded(rows, columns, look) ? stacked(rows, look) : columns;
  const lines = initIndex === 0 ? [] : [look.paint.dim(start)];
  if (rows.some(isStep)) lines.push(headings(table, look));
  if (view.brief !== true && view.shared === undefined) lines.push(...startRow(trace, table, look));
  for (const row of rows) {
    if (typeof row === 'string') lines.push(look.paint.dim(row));
    else lines.push(...stepLines(row, table, look));
  }
  return lines.map((line) => line.trimEnd());
}

interface Row {
  readonly number: number;
  readonly word: string;
  readonly step: Step;
  /** Undefined where they are the same as in the row above. */
  readonly locks: ReturnType<typeof heldLocks> | undefined;
  readonly fails: boolean;
}

/** The rows of the steps that are shown, and texts in place of those that are not. */
function rowsOf({ steps, schedule }: Trace, view: TraceView, look: TextStyle): (Row | string)[] {
  const { fails, brief = false } = view;
  const last = steps.length - 1;
  const shared = brief ? undefined : view.shared;
  const begin = shared?.steps ?? 0;
  const shown = steps.map((_, i) => i).filter((i) => i >= begin && isShown(i, last, view));
  const rows: (Row | string)[] = [];
  if (shared !== undefined) {
    const text = `steps 1 to ${begin} are those of ${shared.where}`;
    rows.push(...hanging('     ', text, look.width));
  }
  let above = '';
  for (const [n, i] of shown.entries()) {
    const next = n === 0 ? begin : (shown[n - 1] ?? 0) + 1;
    if (i > next) rows.push(`     ${leftOut(i - next, brief, i - next === last)}`);
    // `shown` holds indices of steps.
    const step = steps[i] as Step;
    const held = heldLocks(step.state);
    const locks = i === next && locksText(held) === above ? undefined : held;
    above = locksText(held);
    const word = printable(schedule[i] ?? step.label);
    rows.push({ number: i + 1, word, step, locks, fails: fails && i === last });
  }
  return rows;
}

/**
 * Whether a step is shown: of a brief run only the last and the cited ones, of a very long run all
 * but the middle.
 */
function isShown(i: number, last: number, { brief = false, cited, shared }: TraceView): boolean {
  if (i === last || cited?.has(i + 1) === true) return true;
  if (brief) return false;
  return i < (shared?.steps ?? 0) + shownAtStart || i > last - (stepsMax - shownAtStart);
}

/** The text in place of steps that are not shown. It says how to see them. */
function leftOut(amount: number, brief: boolean, isAllButLast: boolean): string {
  if (isAllButLast) return `${amount} steps before it are left out; --verbose prints them`;
  const text = `… ${amount} ${amount === 1 ? 'step is' : 'steps are'} left out`;
  return brief ? text : `${text}; --json prints all of them`;
}

/** The word of the row of the initial state. */
const startWord = 'initial state';

/** The row of the initial state, above that of the first step. */
function startRow(trace: Trace, table: Table, { paint }: TextStyle): string[] {
  const head = `${pad('0', table.number, 'left')}  ${pad(startWord, table.word)}`;
  const width = table.changes + (table.locks === 0 || table.stacked ? 0 : gap.length + table.locks);
  const lines = startText(trace, width).map((line) => paint.dim(line));
  const indent = ' '.repeat(table.indent);
  if (table.stacked) return [paint.dim(head), ...lines.map((line) => indent + line)];
  const [first = '', ...others] = lines;
  return [paint.dim(head) + gap + first, ...others.map((line) => indent + line)];
}

interface Table {
  /** The width of the column of numbers, with room for the mark of a failing step. */
  readonly number: number;
  readonly word: number;
  /** The number of columns before the changes. */
  readonly indent: number;
  readonly changes: number;
  /** The width of the column of locks; 0 when the run never holds a lock. */
  readonly locks: number;
  /** True where the changes stand below their step and the locks beside it. */
  readonly stacked: boolean;
}

const isStep = (row: Row | string): row is Row => typeof row !== 'string';
const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(widthOf));

function layOut(rows: readonly (Row | string)[], look: TextStyle): Table {
  const steps = rows.filter(isStep);
  const number = widest(steps.map((row) => String(row.number))) + 2;
  const longest = Math.max(startWord.length, widest(steps.map((row) => row.word)));
  const word = Math.min(longest, Math.floor(look.width * 0.45));
  const held = widest(steps.map((row) => locksText(row.locks ?? [])));
  const most = Math.floor(look.width / 4);
  const locks = held === 0 ? 0 : Math.min(Math.max('locks held'.length, held), most);
  const indent = number + 2 + word + gap.length;
  const changes = Math.max(20, look.width - indent - (locks === 0 ? 0 : locks + gap.length));
  return { number, word, indent, changes, locks, stacked: false };
}

/**
 * True when the columns are wider than the terminal, or would cut the changes of more than a
 * quarter of the steps.
 */
function isCrowded(rows: readonly (Row | string)[], table: Table, look: TextStyle): boolean {
  const steps = rows.filter(isStep);
  const width = table.indent + table.changes + (table.locks === 0 ? 0 : gap.length + table.locks);
  if (width > look.width) return true;
  const cut = steps.filter((row) =>
    changesOfStep(row.step, roomOf(row, table), look.paint).some((line) => line.includes('…')),
  );
  return cut.length > steps.length / 4;
}

/**
 * The columns for the changes of a step. Without locks to show, their columns are free for changes.
 */
function roomOf({ locks }: Row, table: Table): number {
  const isFree = locks === undefined && table.locks > 0 && !table.stacked;
  return isFree ? table.changes + gap.length + table.locks : table.changes;
}

function stacked(rows: readonly (Row | string)[], look: TextStyle): Table {
  const table = layOut(rows, { ...look, width: look.width * 2 });
  const indent = table.number + 6;
  const room = look.width - table.number - 2 - gap.length;
  const word = Math.min(table.word, room);
  const locks = table.locks === 0 ? 0 : Math.max('locks held'.length, room - word);
  return { ...table, word, indent, changes: look.width - indent, locks, stacked: true };
}

function headings(table: Table, look: TextStyle): string {
  const step = pad('step', table.word);
  const locks = table.locks === 0 ? '' : 'locks held';
  const changes = table.stacked ? '' : pad('what changes', locks === '' ? 0 : table.changes);
  const cells = [step, changes, locks].filter((cell) => cell !== '');
  return look.paint.dim(`${' '.repeat(table.number + 2)}${cells.join(gap)}`);
}

function stepLines(row: Row, table: Table, look: TextStyle): string[] {
  const { paint } = look;
  const emphasise = row.fails ? paint.bad : (text: string) => text;
  const number = `${row.fails ? '✗' : ' '}${pad(String(row.number), table.number - 1, 'left')}`;
  const head = `${emphasise(number)}  ${emphasise(pad(row.word, table.word))}`;
  const changes = changesOfStep(row.step, roomOf(row, table), paint);
  const locks = lockTexts(row, table).map(paint.warn);
  const indent = ' '.repeat(table.indent);
  if (table.stacked) {
    const beside = ' '.repeat(table.number + 2 + table.word);
    const step = [head, ...locks.slice(1).map(() => beside)];
    const lines = step.map((text, i) => (locks[i] === undefined ? text : text + gap + locks[i]));
    return [...lines, ...changes.map((change) => indent + change)];
  }
  const rest = Array.from({ length: Math.max(changes.length, locks.length) }, (_, i) =>
    locks[i] === undefined
      ? (changes[i] ?? '')
      : `${pad(changes[i] ?? '', table.changes)}${gap}${locks[i]}`,
  );
  // An entry wider than its column has a line of its own.
  if (widthOf(row.word) > table.word) return [head, ...rest.map((line) => indent + line)];
  const [first = '', ...others] = rest;
  return [head + gap + first, ...others.map((line) => indent + line)];
}

/**
 * The locks held after a step, where they differ from those before; `none` where the last one was
 * given back.
 */
function lockTexts({ locks }: Row, table: Table): string[] {
  if (locks === undefined || table.locks === 0) return [];
  return locks.length === 0 ? ['(none)'] : lockLines(locks, table.locks);
}

/**
 * Where the processes stand that are not done at the end of a run, as `detach1 waits at
 * lock_instance`. `isMeant` selects among them.
 */
export function waiting(
  world: WorldState,
  isMeant: (pid: string) => boolean = () => true,
): string[] {
  return Object.entries(world.processes)
    .filter(([pid, process]) => process.at !== 'done' && isMeant(pid))
    .map(([pid, process]) => printable(`${pid} waits at ${process.at}`));
}
