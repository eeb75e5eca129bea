import type { StepRecord } from '../document.ts';
import { failingStep, type Run } from '../runs.ts';
import { type Lane, laneOf, type SpaceTime, spaceTimeOf } from '../space-time.ts';
import { shorten, widthOf } from '../text-width.ts';
import { printable, valueText } from '../value-text.ts';

/** In pixels. The text is monospaced, so its width is known without a browser. */
export const sizes = {
  margin: 16,
  character: 6.65,
  line: 15,
  row: 26,
  number: 34,
  lane: 104,
  title: 30,
  heads: 52,
} as const;

/**
 * The largest width of the text beside the lanes, and the largest number of changes shown of a
 * step.
 */
const textColumnsMax = 88;
const changesMax = 3;

/** One step and its place in the picture. */
export interface Row {
  /** Counted from 1. */
  readonly number: number;
  readonly lane: string;
  readonly entry: string;
  readonly changes: readonly string[];
  /** The middle of its first line. */
  readonly y: number;
  readonly top: number;
  readonly height: number;
  readonly fails: boolean;
  /** What the step does in the first race of the run. */
  readonly role: string | undefined;
  readonly irrelevant: boolean;
}

/** A run and the place of everything in its space-time diagram. */
export interface Layout {
  readonly run: Run;
  /** The number of steps before those of the run; numbering continues from there. */
  readonly before: number;
  readonly spaceTime: SpaceTime;
  readonly rows: readonly Row[];
  readonly x: ReadonlyMap<string, number>;
  /** Where the text column begins. */
  readonly textX: number;
  readonly width: number;
  /** Where the lanes begin and end. */
  readonly top: number;
  readonly bottom: number;
}

/**
 * Places a run that follows `before` earlier steps. Lanes stand side by side, time runs downwards.
 */
export function layOut(run: Run, before: number): Layout {
  const spaceTime = spaceTimeOf(run.trace);
  const first = sizes.margin + sizes.number + sizes.lane / 2;
  const x = new Map(spaceTime.lanes.map((lane, i) => [lane.id, first + i * sizes.lane]));
  const top = sizes.margin + sizes.title + sizes.heads;
  const rows = rowsOf(run, top + 14);
  const last = rows.at(-1);
  const textX = sizes.margin + sizes.number + spaceTime.lanes.length * sizes.lane + 12;
  const columns = Math.max(
    40,
    ...rows.flatMap(({ entry, role, changes }) => [
      widthOf(entry) + (role === undefined ? 0 : widthOf(role) + 3),
      ...changes.map((change) => widthOf(change) + 2),
    ]),
  );
  const bottom = last === undefined ? top + sizes.row : last.top + last.height + 8;
  const width = textX + columns * sizes.character + sizes.margin;
  return { run, before, spaceTime, rows, x, textX, width: Math.ceil(width), top, bottom };
}

function rowsOf(run: Run, start: number): Row[] {
  const { trace } = run;
  const fails = failingStep(run);
  const irrelevant = new Set(trace.why?.irrelevant);
  let top = start;
  return trace.steps.map((step, i) => {
    const number = i + 1;
    const changes = changesOf(step);
    const row = {
      number,
      lane: laneOf(step),
      entry: shorten(printable(trace.schedule[i] ?? step.label), textColumnsMax),
      changes,
      y: top + sizes.row / 2,
      top,
      height: sizes.row + changes.length * sizes.line,
      fails: number === fails,
      role: roleOf(run, number),
      irrelevant: irrelevant.has(number),
    };
    top += row.height;
    return row;
  });
}

/** What the step with this number does in the first race of the run. */
function roleOf({ trace }: Run, number: number): string | undefined {
  const race = trace.why?.races[0];
  if (race === undefined) return undefined;
  const roles = {
    stale_read: ['reads', 'makes it stale'],
    overwrite: ['writes', 'writes over it'],
    early_read: ['writes', 'reads it'],
  }[race.kind];
  if (number === race.first)
    return `${roles[0]} ${shorten(race.slots.map(printable).join(', '), 40)}`;
  return number === race.second ? roles[1] : undefined;
}

function changesOf({ changes, actor, label }: StepRecord): string[] {
  const shown = changes.filter(
    ({ path }) => !/^processes\./.test(path) && !(actor === 'fault' && path === `faults.${label}`),
  );
  const texts = shown.slice(0, changesMax).map(({ path, before, after }) => {
    const from = before === undefined ? '(absent)' : valueText(before);
    const to = after === undefined ? '(deleted)' : valueText(after);
    return shorten(`${printable(path)}: ${from} → ${to}`, textColumnsMax - 2);
  });
  const more = shown.length - texts.length;
  return more === 0 ? texts : [...texts, `… ${more} more`];
}

/**
 * The heading of a lane within its group: service and host. It is empty for the process that gives
 * the group its name.
 */
export function laneTitle({ id, group, host }: Lane): string {
  const service = id === group ? '' : id.slice(group.length + 1);
  return host === undefined ? service : `${service} @${host}`.trim();
}
