import fc from 'fast-check';
import type { Trace } from '../checker/result/result.ts';
import { UsageError } from '../checker/result/usage-error.ts';
import type { ReplayOptions } from '../checker/runs/replay.ts';
import { type Candidate, stepperFor, type Vector } from '../checker/runs/stepper.ts';
import type { Scenario } from '../spec/scenario.ts';

/** The same values, which shrink to those that `simpler` lists, the simplest first. */
export class Simplified<T> extends fc.Arbitrary<T> {
  readonly #values: fc.Arbitrary<T>;
  readonly #simpler: (value: T) => Iterable<T>;

  /** What `simpler` lists must be smaller in some order without an endless descent. */
  constructor(values: fc.Arbitrary<T>, simpler: (value: T) => Iterable<T>) {
    super();
    this.#values = values;
    this.#simpler = simpler;
  }

  generate(random: fc.Random, bias: number | undefined): fc.Value<T> {
    return new fc.Value(this.#values.generate(random, bias).value, undefined);
  }

  canShrinkWithoutContext(_value: unknown): _value is T {
    return false;
  }

  shrink(value: T): fc.Stream<fc.Value<T>> {
    return fc.stream(this.#descend(value));
  }

  *#descend(value: T): IterableIterator<fc.Value<T>> {
    for (const simple of this.#simpler(value)) yield new fc.Value(simple, undefined);
  }
}

/** A run, with its steps and those that were enabled beside each. */
interface Followed {
  readonly trace: Trace;
  readonly taken: readonly Candidate[];
  readonly enabled: readonly (readonly Candidate[])[];
}

/**
 * The run that takes those of these schedule entries, in order, that are enabled when their turn
 * comes. So a schedule still means something where a process or a step is missing.
 */
export function followEntries(
  scenario: Scenario,
  options: ReplayOptions,
  entries: readonly string[],
): Followed {
  const { stepper, initial } = stepperFor(scenario, options);
  const index = options.init ?? 0;
  const init = initial[index];
  if (init === undefined) throw new UsageError(`there is no initial state ${index}`);
  const taken: Candidate[] = [];
  const enabled: (readonly Candidate[])[] = [];
  let vector: Vector = init;
  let candidates = stepper.enabled(vector);
  for (const entry of entries) {
    const chosen = candidates.find((candidate) => candidate.entry === entry);
    if (chosen === undefined) continue;
    taken.push(chosen);
    enabled.push(candidates);
    vector = stepper.after(vector, chosen.outcome);
    candidates = stepper.enabled(vector);
  }
  return { trace: stepper.trace(init, index, taken), taken, enabled };
}

/** The runs that are shorter, or have fewer faults, fewer switches, or earlier options. */
export function* simplerRuns(
  scenario: Scenario,
  options: ReplayOptions,
  schedule: readonly string[],
): Generator<Trace, undefined> {
  const now = followEntries(scenario, options, schedule);
  for (const entries of candidates(now)) {
    const next = followEntries(scenario, options, entries);
    if (isSimpler(next, now)) yield next.trace;
  }
  return undefined;
}

function* candidates(now: Followed): Generator<readonly string[], undefined> {
  yield* shorter(now.trace.schedule);
  yield* steadier(now.taken);
  yield* replaced(now);
  return undefined;
}

/** The schedule with one step replaced by another one that is enabled there. */
function* replaced({ trace, enabled }: Followed): Generator<readonly string[], undefined> {
  const { schedule } = trace;
  for (const [i, beside] of enabled.entries()) {
    for (const { entry } of beside) {
      if (entry !== schedule[i]) yield [...schedule.slice(0, i), entry, ...schedule.slice(i + 1)];
    }
  }
  return undefined;
}

/** The schedule without some entries: first half of them, at last each alone. */
function* shorter(schedule: readonly string[]): Generator<readonly string[], undefined> {
  for (let size = schedule.length; size >= 1; size >>= 1) {
    for (let end = schedule.length; end > 0; end -= size) {
      yield schedule.filter((_, i) => i < end - size || i >= end);
    }
  }
  return undefined;
}

/**
 * The schedule with one step moved to the last one before it of the same actor, or with a fault
 * moved to the end, where another step can take its place.
 */
function* steadier(taken: readonly Candidate[]): Generator<readonly string[], undefined> {
  for (const [i, { actor, entry }] of taken.entries()) {
    if (actor.kind === 'fault') {
      yield [...taken.filter((_, at) => at !== i).map((other) => other.entry), entry];
    }
    const before = taken.slice(0, i).findLastIndex((other) => other.actor === actor);
    if (before < 0 || before === i - 1) continue;
    const rest = taken.filter((_, at) => at !== i).map((other) => other.entry);
    yield [...rest.slice(0, before + 1), entry, ...rest.slice(before + 1)];
  }
  return undefined;
}

function isSimpler(one: Followed, other: Followed): boolean {
  const [costs, others] = [costsOf(one), costsOf(other)];
  const at = costs.findIndex((cost, i) => cost !== others[i]);
  return at >= 0 && (costs[at] as number) < (others[at] as number);
}

const costsOf = ({ taken, enabled }: Followed): readonly number[] => [
  taken.length,
  taken.filter(({ actor }) => actor.kind === 'fault').length,
  taken.reduce((sum, { actor }, i) => sum + (actor.kind === 'fault' ? taken.length - i : 0), 0),
  taken.filter(({ actor }, i) => i > 0 && actor !== taken[i - 1]?.actor).length,
  taken.reduce((sum, step, i) => sum + (enabled[i]?.indexOf(step) ?? 0), 0),
];
