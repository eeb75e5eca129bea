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
import { circuitOf } from './bodies.ts';
import { type Answers, Place, type Question, type Range, type Side } from './circuit.ts';

/** A state as tests see it: through the views of a search, or as plain data. */
export interface Seen {
  readonly state: object;
  readonly processes: ProcessTable;
}

/** A step as tests see it. */
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
  return valueOfStep(body, new OfSeen(before, step));
}

/** The value of a body about the step that these answers are about. */
export const valueOfStep = (body: AnyBody, answers: Answers): boolean =>
  circuitOf(body, around('step', undefined)).value(answers);

/** Plain data is asked once, so its circuits need no owner and are not shared. */
const around = (side: Side, place: Place | undefined) => ({
  side,
  place,
  where: '',
  owner: undefined,
});

/** Calls the function of the model with the arguments of its place. Throws what it throws. */
export function askSeen({ test, place, side }: Question, seen: Seen, step?: SeenStep): boolean {
  const { state, processes } = seen;
  // `checkBody` has made sure that the test has the form of its place.
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

/** The entry around another one. It is read only when the test reads it. */
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

/** The table of a field. Loading the system has made sure that the field is a table. */
function tableIn(field: string, { state, processes }: Seen): Table {
  if (field === PROCESSES) return processes;
  return (state as { readonly [field: string]: Table | undefined })[field] ?? {};
}

/** Answers about a state or a step from its data. */
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
    // An entry is never undefined, because that is not plain data.
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
