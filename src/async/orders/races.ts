import { depend, type Footprint, type Parked } from '../schedule/parked.ts';
import type { Run } from '../schedule/run.ts';

/** A step, or at the end of a run something that could have been one. */
interface Event extends Footprint {
  /** The number of steps of the run before it. */
  readonly at: number;
  /** The index of the step that made it possible; -1 for none. */
  readonly enabledBy: number;
  /** The step that withdrew it; -1 for none. */
  readonly withdrawnBy: number;
  /** The number of steps of a run that came to its end; -1 for one that was given up. */
  readonly endedAt: number;
}

/** To cover the other order of a race, one of `firsts` is to be tried before step `step`. */
export interface Race {
  readonly step: number;
  /** The event whose order is to be changed comes first where it is one of them. */
  readonly firsts: readonly Parked[];
}

/**
 * The races of a run: two steps that conflict, and that no other step orders. What was still parked
 * at the end, and what was withdrawn, races as well: it could have come earlier.
 *
 * Source: Flanagan and Godefroid, Dynamic partial-order reduction, POPL 2005; with the initials of
 * Abdulla, Aronis, Jonsson and Sagonas, Optimal dynamic partial order reduction, POPL 2014. A
 * thread of theirs is one parked call here, since a call is released once.
 */
export function racesOf(run: Run): readonly Race[] {
  const events = eventsOf(run);
  const before = predecessors(events);
  const races = events.flatMap((event) => racesBefore(event, events, before));
  if (run.isPruned) return races;
  const last = run.steps.length;
  const wasPossible = ({ releasableAt }: Parked) => releasableAt !== undefined;
  const possible = [
    ...run.parked.filter(wasPossible).map((parked) => eventOf(run, parked, nothing, last, -1)),
    ...run.withdrawn.filter(wasPossible).map((parked) => {
      const { withdrawnAt = last } = parked;
      return eventOf(run, parked, nothing, withdrawnAt, withdrawnAt - 1);
    }),
  ];
  return [...races, ...possible.flatMap((event) => racesBefore(event, events, before))];
}

/**
 * For each step of a run those that happen before it, as a row of ones. `isEndFree`: the last step
 * is one like the others, although what comes after it would not happen.
 */
export function happensBefore(run: Run, isEndFree: boolean): readonly Uint8Array[] {
  const events = eventsOf(run);
  return predecessors(isEndFree ? events.map((event) => ({ ...event, endedAt: -1 })) : events);
}

const eventsOf = (run: Run): readonly Event[] =>
  run.steps.map(({ choice, touched }, at) => eventOf(run, choice.parked, touched, at, -1));

/** What was not released has not been seen to touch anything. */
const nothing: Footprint['touched'] = new Set();

function eventOf(
  run: Run,
  parked: Parked,
  touched: Footprint['touched'],
  at: number,
  withdrawnBy: number,
): Event {
  const enabledBy = (parked.releasableAt ?? 0) - 1;
  const endedAt = run.isPruned ? -1 : run.steps.length;
  return { parked, touched, at, enabledBy, withdrawnBy, endedAt };
}

function predecessors(events: readonly Event[]): readonly Uint8Array[] {
  const rows: Uint8Array[] = [];
  for (const event of events) rows.push(rowOf(event, events, rows));
  return rows;
}

function rowOf(event: Event, events: readonly Event[], rows: readonly Uint8Array[]): Uint8Array {
  const row = new Uint8Array(events.length);
  for (const earlier of directly(event, events)) {
    // What happens before one that is known already is known as well.
    if (row[earlier] === 1) continue;
    addRow(row, rows[earlier] as Uint8Array, earlier);
    row[earlier] = 1;
  }
  return row;
}

function addRow(row: Uint8Array, other: Uint8Array, length: number): void {
  for (let i = 0; i < length; i++) if (other[i] === 1) row[i] = 1;
}

/**
 * The earlier steps that conflict with an event, withdrew it or made it possible, the last of them
 * first. The step that ends the run conflicts with everything: what comes after it does not happen.
 */
function directly(event: Event, events: readonly Event[]): readonly number[] {
  const all: number[] = [];
  const isEnd = event.at === event.endedAt - 1;
  for (let i = event.at - 1; i >= 0; i--) {
    const isCause =
      isEnd || i === event.enabledBy || i === event.withdrawnBy || i === event.endedAt - 1;
    if (isCause || depend(events[i] as Event, event)) all.push(i);
  }
  return all;
}

function racesBefore(
  event: Event,
  events: readonly Event[],
  before: readonly Uint8Array[],
): readonly Race[] {
  const covered = new Uint8Array(events.length);
  const racing: number[] = [];
  for (const step of directly(event, events)) {
    if (covered[step] === 1) continue;
    addRow(covered, before[step] as Uint8Array, step);
    if (step !== event.enabledBy) racing.push(step);
  }
  return racing.map((step) => ({ step, firsts: initials(step, event, events, before) }));
}

/** What can come first among the steps after `step` that do not depend on it, and the event. */
function initials(
  step: number,
  event: Event,
  events: readonly Event[],
  before: readonly Uint8Array[],
): readonly Parked[] {
  const free: number[] = [];
  for (let i = step + 1; i < event.at; i++) {
    if ((before[i] as Uint8Array)[step] !== 1) free.push(i);
  }
  const firsts = free.filter((i) => free.every((j) => (before[i] as Uint8Array)[j] !== 1));
  const causes = directly(event, events);
  const isFirst = free.every((i) => !causes.includes(i));
  const others = firsts.map((i) => (events[i] as Event).parked);
  return isFirst ? [event.parked, ...others] : others;
}
