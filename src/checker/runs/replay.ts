import type { Parameters } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import type { CheckOptions } from '../result/options.ts';
import type { Trace } from '../result/result.ts';
import { normaliseEntry } from '../result/schedule-entry.ts';
import { UsageError } from '../result/usage-error.ts';
import { type Candidate, type Stepper, stepperFor, type Vector } from './stepper.ts';

/** Of a state outside of the constraint of the system. */
export const OUTSIDE = 'the state lies outside of the constraint (within)';

/** The sentence for an entry that is not enabled where nothing is. */
export function nothingText(isOutside: boolean): string {
  return isOutside
    ? `Nothing is: ${OUTSIDE}, where no run goes on.`
    : 'Nothing is: the run ends here.';
}

/** An entry of a schedule cannot be followed. */
export class ReplayError extends Error {
  /** The number of the entry, from 1. */
  readonly step: number;
  readonly entry: string;
  /** The entries of the steps that are enabled there. */
  readonly enabled: readonly string[];

  /** True where the state lies outside of the constraint of the system. */
  readonly isOutside: boolean;

  constructor(step: number, entry: string, enabled: readonly string[], isOutside = false) {
    const instead =
      enabled.length === 0
        ? nothingText(isOutside)
        : `Enabled there:\n${enabled.map((each) => `  ${each}`).join('\n')}`;
    super(`step ${step}: '${entry}' is not enabled\n${instead}`);
    this.name = 'ReplayError';
    this.step = step;
    this.entry = entry;
    this.enabled = enabled;
    this.isOutside = isOutside;
  }
}

/** The steps that should repeat for ever do not lead back to the state in which they begin. */
export class OpenLoopError extends ReplayError {
  /** The differences between the two states, as paths such as `volumes.v1.status`. */
  readonly differs: readonly string[];

  constructor(schedule: readonly string[], loopsTo: number, differs: readonly string[]) {
    super(schedule.length, schedule.at(-1) ?? '', []);
    this.message = [
      `step ${this.step}: '${this.entry}' does not lead back to the state before step ${loopsTo + 1}`,
      `What differs there: ${differs.join(' ')}`,
    ].join('\n');
    this.name = 'OpenLoopError';
    this.differs = differs;
  }
}

export interface ReplayOptions<P extends Parameters = Parameters>
  extends Pick<CheckOptions<P>, 'parameters' | 'faults'> {
  /** The number of the initial state among several, from 0. Without it all are tried. */
  readonly init?: number;
}

/**
 * How a run goes on for ever after its last step. Without either field the run says nothing about
 * that.
 */
export interface GoesOn {
  /** The number of steps before the part that repeats for ever: 0 repeats all of them. */
  readonly loopsTo?: number;
  /** True for a run that stops: nothing more happens. */
  readonly stops?: boolean;
}

/**
 * Follows a schedule with entries such as `detach1.driver_detach[guest=refuses]`, and returns the
 * run. Throws a ReplayError, with the enabled steps, at the first entry that is not enabled; an
 * OpenLoopError (a ReplayError, too) when the steps that should repeat do not lead back to where
 * they begin; and a UsageError when `loopsTo` and `stops` cannot be as they are.
 */
export function replay<P extends Parameters>(
  scenario: Scenario<P>,
  words: readonly string[],
  options?: ReplayOptions<NoInfer<P>> & GoesOn,
): Trace;
export function replay(
  scenario: Scenario,
  schedule: readonly string[],
  options: ReplayOptions & GoesOn = {},
): Trace {
  refuseNoLoop(schedule, options);
  const { stepper, initial } = stepperFor(scenario, options);
  const starts = [...initial.entries()].filter(([i]) => i === (options.init ?? i));
  let furthest: ReplayError | undefined;
  for (const [index, init] of starts) {
    const found = follow(stepper, init, schedule, options);
    if (!(found instanceof ReplayError)) {
      const trace = stepper.trace(init, index, found);
      return { ...trace, ...goesOn(stepper, init, found, options) };
    }
    if (furthest === undefined || found.step > furthest.step) furthest = found;
  }
  throw furthest ?? new ReplayError(0, '', []);
}

/**
 * The initial states, counted from 0, from which the schedule can be followed and returns to where
 * it repeats.
 */
export function startsOf(
  scenario: Scenario,
  schedule: readonly string[],
  options: ReplayOptions & GoesOn = {},
): readonly number[] {
  const { stepper, initial } = stepperFor(scenario, options);
  return [...initial.entries()]
    .filter(([, init]) => !(follow(stepper, init, schedule, options) instanceof ReplayError))
    .map(([index]) => index);
}

function refuseNoLoop(schedule: readonly string[], { loopsTo, stops }: GoesOn): void {
  if (loopsTo === undefined) return;
  if (stops === true) {
    throw new UsageError(
      'a run that stops repeats nothing',
      'Give loopsTo or stops, not both of them.',
    );
  }
  if (Number.isInteger(loopsTo) && loopsTo >= 0 && loopsTo < schedule.length) return;
  throw new UsageError(
    `loopsTo is ${loopsTo}: no steps come after so many of a schedule of ${schedule.length}`,
    `It is a whole number from 0 to ${schedule.length - 1}. A run that stops has { stops: true }.`,
  );
}

/** The steps of a schedule in order, or the error where it cannot be followed. */
function follow(
  stepper: Stepper,
  init: Vector,
  schedule: readonly string[],
  { loopsTo }: GoesOn,
): readonly Candidate[] | ReplayError {
  const taken: Candidate[] = [];
  let vector = init;
  let back = init;
  for (const [i, entry] of schedule.entries()) {
    const candidates = stepper.enabled(vector);
    const meant = normaliseEntry(entry);
    const chosen = candidates.find((candidate) => candidate.entry === meant);
    if (chosen === undefined) {
      return new ReplayError(
        i + 1,
        entry,
        candidates.map((each) => each.entry),
        stepper.isOutside(vector),
      );
    }
    taken.push(chosen);
    vector = stepper.after(vector, chosen.outcome);
    if (i + 1 === loopsTo) back = vector;
  }
  const changes = loopsTo === undefined ? [] : stepper.changesBetween(back, vector);
  if (loopsTo === undefined || changes.length === 0) return taken;
  return new OpenLoopError(
    schedule,
    loopsTo,
    changes.map(({ path }) => path),
  );
}

function goesOn(
  stepper: Stepper,
  init: Vector,
  taken: readonly Candidate[],
  { loopsTo, stops }: GoesOn,
): Pick<Trace, 'loopsTo' | 'stops' | 'declined'> {
  if (loopsTo !== undefined) return { loopsTo };
  if (stops !== true) return {};
  const last = taken.reduce((vector, { outcome }) => stepper.after(vector, outcome), init);
  if (stepper.isOutside(last)) {
    throw new UsageError(
      `a run cannot stop here: ${OUTSIDE}`,
      'It is unknown what fairness demands there. Leave `stops` out.',
    );
  }
  const declined = stepper.declined(last);
  return { stops: true, ...(declined.length === 0 ? {} : { declined }) };
}
