import type { ProcessTable } from '../../spec/process.ts';
import type {
  AnyBody,
  AnyChangeTest,
  AnyEntryTest,
  AnyOuter,
  AnyStepTest,
  AnyTest,
  StepAction,
} from '../../spec/property.ts';
import { requireBoolean } from '../evaluate/take-step.ts';
import { isEqual } from '../state/plain-equality.ts';
import { PROCESSES } from '../state/slots.ts';
import { type Answers, circuitOf, Place, type Question, type Range, type Side } from './bodies.ts';

/** A state as questions see it: through the views of a search, or as plain data. */
export interface Seen {
  readonly state: object;
  readonly processes: ProcessTable;
}

/** A step as questions see it. */
export interface SeenStep {
  readonly before: Seen;
  readonly action: StepAction;
  readonly after: Seen;
}

/**
 * Whether a body is true of a state. Throws what a test throws, and a SpecError for an answer that
 * is no boolean.
 */
export function isTrue(body: AnyBody, seen: Seen): boolean {
  return circuitOf(body, around('here', undefined)).value(new OfSeen(seen));
}

/** Whether a body is true of an entry; `absent` where there is no such entry. */
export function isTrueOf(
  body: AnyBody,
  table: string,
  id: string,
  seen: Seen,
  absent = false,
): boolean {
  const answers = new OfSeen(seen);
  const place = new Place(table, id, 'here', undefined);
  if (!answers.isThere(place)) return absent;
  return circuitOf(body, around('here', place)).value(answers);
}

/** Whether a body is true of a step. */
export function isTrueOfStep(
  body: AnyBody,
  before: Seen,
  { actor, label, picks }: StepAction,
  after: Seen,
): boolean {
  const step = { before, action: { actor, label, picks }, after };
  return circuitOf(body, around('step', undefined)).value(new OfSeen(before, step));
}

/** What is asked of plain data has no owner, and is asked once. */
const around = (side: Side, place: Place | undefined) => ({
  side,
  place,
  where: '',
  owner: undefined,
});

/** Calls the function of the model with what it is to see. Throws what it throws. */
export function askSeen({ test, place, side }: Question, seen: Seen, step?: SeenStep): boolean {
  const { state, processes } = seen;
  // Which of its forms a test has follows from where it stands, which was checked.
  if (step !== undefined && side === 'step')
    return requireBoolean(ofStep(test as AnyStepTest, step));
  if (place === undefined) return requireBoolean((test as AnyTest)(state, processes));
  if (step !== undefined && side === 'changed') {
    return requireBoolean(ofChange(test as AnyChangeTest, place, step));
  }
  const entry = tableIn(place.field, seen)[place.id];
  const outer = outerOf(place, seen);
  return requireBoolean((test as AnyEntryTest)(entry, place.id, state, processes, outer));
}

function ofStep(test: AnyStepTest, { before, action, after }: SeenStep): boolean {
  const processes = { before: before.processes, after: after.processes };
  return test(before.state, action, after.state, processes);
}

function ofChange(test: AnyChangeTest, { field, id }: Place, step: SeenStep): boolean {
  const { before, action, after } = step;
  const processes = { before: before.processes, after: after.processes };
  const seen = { before: before.state, action, after: after.state, processes };
  return test(tableIn(field, before)[id], tableIn(field, after)[id], id, seen);
}

/** The entry around another one, which is looked at only when it is asked for. */
function outerOf({ outer }: Place, seen: Seen): AnyOuter | undefined {
  if (outer === undefined) return undefined;
  return {
    get entry() {
      return tableIn(outer.field, seen)[outer.id];
    },
    id: outer.id,
    outer: outerOf(outer, seen),
  };
}

type Table = { readonly [id: string]: unknown };

/** That the field is a table is made sure of when a system is loaded. */
function tableIn(field: string, { state, processes }: Seen): Table {
  if (field === PROCESSES) return processes;
  return (state as { readonly [field: string]: Table | undefined })[field] ?? {};
}

/** A state, or a step, as whoever holds its data asks it. */
export class OfSeen implements Answers {
  readonly moment = this;
  readonly #seen: Seen;
  readonly #step: SeenStep | undefined;

  constructor(seen: Seen, step?: SeenStep) {
    this.#seen = seen;
    this.#step = step;
  }

  ask(question: Question): boolean {
    return askSeen(question, this.#on(question.side), this.#step);
  }

  idsOf({ field, side }: Range): readonly string[] {
    return Object.keys(tableIn(field, this.#on(side)));
  }

  isThere({ field, id, side }: Place): boolean {
    // No entry is undefined: that is no plain data.
    return tableIn(field, this.#on(side))[id] !== undefined;
  }

  changedIds({ field }: Range): readonly string[] {
    if (this.#step === undefined) return [];
    const [before, after] = [this.#step.before, this.#step.after].map((on) => tableIn(field, on));
    const ids = Object.keys({ ...before, ...after });
    return ids.filter((id) => !isEqual(before?.[id], after?.[id]));
  }

  #on(side: Side): Seen {
    return side === 'after' && this.#step !== undefined ? this.#step.after : this.#seen;
  }
}
