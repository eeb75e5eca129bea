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
  /**
   * The number of steps before the state to which the file returns; present once that state is
   * passed.
   */
  readonly loopsTo?: number;
}

/**
 * The schedule of a run whose states agree with an ITF file in every variable that both have. Where
 * the file names the step, the run takes it. A state that repeats the one before may stand for a
 * step or for none. Throws a ReplayError, with what is enabled, at the first state to which no step
 * leads.
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
  // At least one is left: the loop throws where none is.
  const [found] = hypotheses as [Hypothesis];
  return { schedule: found.schedule, init: found.initIndex, loopsTo: found.loopsTo };
}

/** A file of racewright ends in the state to which it returns; other tools may end just before. */
function marked(hypothesis: Hypothesis, index: number, { loop, scenario }: ItfTrace): Hypothesis {
  const isHere = loop === index && scenario !== undefined;
  return isHere ? { ...hypothesis, loopsTo: hypothesis.schedule.length } : hypothesis;
}

/**
 * The runs with one more step, which is `entry` if that is given. Without `entry` the run as it is
 * counts, too, because a state may repeat.
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
 * True where every variable that the file and the scenario share has the same value in this state.
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
