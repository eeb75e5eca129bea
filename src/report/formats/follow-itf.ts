import type { WorldState } from '../../checker/result/result.ts';
import { normaliseEntry } from '../../checker/result/schedule-entry.ts';
import { ReplayError, type ReplayOptions } from '../../checker/runs/replay.ts';
import { type Stepper, stepperFor, type Vector } from '../../checker/runs/stepper.ts';
import type { Plain } from '../../spec/plain.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { variableNames } from './itf.ts';
import type { ItfTrace } from './read-itf.ts';

/** A run that agrees with the file so far. */
interface Hypothesis {
  readonly vector: Vector;
  readonly initIndex: number;
  readonly schedule: readonly string[];
  /** The number of words before the state to which the file returns, once that is passed. */
  readonly loopsTo?: number;
}

/**
 * The schedule of a run whose states are those of an ITF file, as far as its variables tell: those
 * of the scenario that it does not have may be anything, and where the file says which step was
 * taken, that one was. States that repeat the one before may be steps or none. Throws a ReplayError
 * at the first state to which no step leads, saying what is enabled instead.
 */
export function followItf(
  scenario: Scenario,
  itf: ItfTrace,
  options: ReplayOptions,
): {
  readonly schedule: readonly string[];
  readonly init: number;
  readonly loopsTo: number | undefined;
} {
  const { stepper, initial } = stepperFor(scenario, options);
  const schedule = itf.schedule.map((entry) =>
    entry === undefined ? undefined : normaliseEntry(entry),
  );
  const agrees = (vector: Vector, index: number): boolean =>
    isSame(stepper.world(vector), itf, index);
  let hypotheses = [...initial.entries()]
    .filter(([i, vector]) => i === (itf.initIndex ?? i) && agrees(vector, 0))
    .map(([initIndex, vector]) => marked({ vector, initIndex, schedule: [] }, 0, itf));
  if (hypotheses.length === 0) throw new ReplayError(0, 'state 0 of the file', []);
  for (let index = 1; index < itf.states.length; index++) {
    const entry = schedule[index];
    const next = new Map<string, Hypothesis>();
    for (const hypothesis of hypotheses) {
      for (const taken of continued(stepper, hypothesis, entry)) {
        const key = taken.vector.join(',');
        if (!next.has(key) && agrees(taken.vector, index)) next.set(key, taken);
      }
    }
    if (next.size === 0) {
      const enabled = hypotheses.flatMap(({ vector }) => stepper.enabled(vector));
      const instead = [...new Set(enabled.map((candidate) => candidate.entry))];
      throw new ReplayError(index, entry ?? `a step to state ${index} of the file`, instead);
    }
    hypotheses = [...next.values()].map((hypothesis) => marked(hypothesis, index, itf));
  }
  // There is one: an error was thrown where there was none.
  const [found] = hypotheses as [Hypothesis];
  return { schedule: found.schedule, init: found.initIndex, loopsTo: found.loopsTo };
}

/**
 * Only what racewright wrote ends in the state to which it returns; a file of others may end just
 * before.
 */
function marked(hypothesis: Hypothesis, index: number, { loop, scenario }: ItfTrace): Hypothesis {
  const isHere = loop === index && scenario !== undefined;
  return isHere ? { ...hypothesis, loopsTo: hypothesis.schedule.length } : hypothesis;
}

/**
 * The run with one more step, that of this word if there is one; where there is none also the run
 * as it is.
 */
function continued(
  stepper: Stepper,
  hypothesis: Hypothesis,
  entry: string | undefined,
): readonly Hypothesis[] {
  const { vector, schedule } = hypothesis;
  const steps = stepper
    .enabled(vector)
    .filter((candidate) => candidate.entry === (entry ?? candidate.entry));
  const taken = steps.map((candidate) => ({
    ...hypothesis,
    vector: stepper.after(vector, candidate.outcome),
    schedule: [...schedule, candidate.entry],
  }));
  return entry === undefined ? [hypothesis, ...taken] : taken;
}

/**
 * Whether every variable of the file that the scenario has, too, has the value that it has in this
 * state.
 */
function isSame(world: WorldState, { variables, states }: ItfTrace, index: number): boolean {
  const names = variableNames(world);
  const own: { readonly [name: string]: Plain } = {
    ...world.state,
    [names.processes]: world.processes,
    [names.faults]: world.faults,
  };
  const common = variables.filter((name) => Object.hasOwn(own, name));
  return (
    common.length > 0 && common.every((name) => textOf(own[name]) === textOf(states[index]?.[name]))
  );
}

/** A value as text, with the keys of records in order. */
function textOf(value: Plain | undefined): string {
  return JSON.stringify(value, (_, part: Plain) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
