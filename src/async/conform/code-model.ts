import { buildSystem } from '../../checker/evaluate/build-system.ts';
import { pointOf } from '../../checker/evaluate/point.ts';
import { formatEntry, normaliseEntry, parseEntry } from '../../checker/result/schedule-entry.ts';
import { UsageError } from '../../checker/result/usage-error.ts';
import type { ReplayOptions } from '../../checker/runs/replay.ts';
import {
  type Candidate,
  type Stepper,
  stepperFor,
  type Vector,
} from '../../checker/runs/stepper.ts';
import { vectorKey } from '../../checker/state/vector-key.ts';
import type { Parameters } from '../../spec/parameters.ts';
import { isScenario, type Scenario } from '../../spec/scenario.ts';

/** How the steps of the code and of the model belong together. */
export interface ModelOptions<P extends Parameters = Parameters>
  extends Pick<ReplayOptions<P>, 'parameters' | 'faults'> {
  /**
   * Steps of the model that the code takes without a call, as taking a lock in its own memory:
   * labels, or whole entries such as `attach1.start`.
   */
  readonly silent?: readonly string[];
  /**
   * Steps of the code that the model does not have, as the arrival of a request: labels, or whole
   * entries.
   */
  readonly unmodelled?: readonly string[];
}

/** The largest number of states in which the model may be at once. */
const statesMax = 10_000;

/** A model, prepared to be compared with code. It is made once and used in all schedules. */
export class CodeModel {
  readonly scenario: Scenario;
  readonly options: ModelOptions;
  readonly stepper: Stepper;
  readonly initial: readonly Vector[];
  /** The names of the fields of its state. */
  readonly fields: readonly string[];
  readonly #labels: ReadonlySet<string>;
  readonly #enabled = new Map<string, readonly Candidate[]>();

  /** Throws a UsageError for wrong options, and a SpecError for a broken model. */
  constructor(scenario: Scenario, options: ModelOptions) {
    if (!isScenario(scenario)) throw new UsageError('the model is not a scenario');
    this.scenario = scenario;
    this.options = options;
    const { stepper, initial, system, flows } = stepperFor(scenario, options);
    this.stepper = stepper;
    this.initial = initial;
    this.fields = Object.keys(stepper.world(initial[0] as Vector).state);
    this.#labels = new Set([
      ...[...flows.values()].flatMap(({ labels }) => labels),
      ...[...(system.actions ?? []), ...(system.faults ?? [])].map(({ name }) => name),
    ]);
    const names = [...(options.silent ?? [])].map((each) => parseEntry(each)?.label ?? each);
    const odd = names.find((label) => !this.#labels.has(label));
    if (odd !== undefined) {
      throw new UsageError(
        `silent names '${odd}', which is no step of '${scenario.name}'`,
        `Its steps are ${[...this.#labels].join(', ')}.`,
      );
    }
  }

  /** Whether the code takes this step of the model without a call. */
  isSilent({ entry }: { readonly entry: string }): boolean {
    return isNamed(this.options.silent, entry);
  }

  /**
   * The entry of the model for a step of the code, without picks; undefined where the model does
   * not have it. Throws a UsageError for a step that should be in the model and is not.
   */
  entryOf(entry: string): string | undefined {
    if (isNamed(this.options.unmodelled, withoutNumber(entry))) return undefined;
    const { actor, label = entry } = parseEntry(withoutNumber(entry)) ?? {};
    if (this.#labels.has(label)) return formatEntry({ actor, label, picks: [] });
    throw new UsageError(
      `the model '${this.scenario.name}' has no step '${label}', which the code takes (${entry})`,
      `Its steps are ${[...this.#labels].join(', ')}. A step that is no part of it belongs to unmodelled.`,
    );
  }

  enabled(state: Vector): readonly Candidate[] {
    const key = vectorKey(state);
    const known = this.#enabled.get(key) ?? this.stepper.enabled(state);
    this.#enabled.set(key, known);
    return known;
  }

  /** The states that are reached by silent steps alone, those given among them. */
  afterSilence(states: readonly Vector[]): readonly Vector[] {
    const found = new Map(states.map((state) => [vectorKey(state), state]));
    for (const state of found.values()) {
      for (const candidate of this.enabled(state)) {
        if (!this.isSilent(candidate)) continue;
        const next = this.stepper.after(state, candidate.outcome);
        const key = vectorKey(next);
        if (!found.has(key)) found.set(key, next);
      }
      if (found.size > statesMax) throw this.#tooMany();
    }
    return [...found.values()];
  }

  /**
   * The states that one step of this name leads to, whatever it picks. Where the model picks a
   * `fault` in it, that is the one that happened to the call. A call that failed did nothing, so
   * that the model need not take the step.
   */
  afterStep(
    states: readonly Vector[],
    entry: string,
    fault: string | undefined,
  ): readonly Vector[] {
    const found = new Map<string, Vector>();
    if (fault === 'error') for (const state of states) found.set(vectorKey(state), state);
    for (const state of states) {
      for (const candidate of this.enabled(state)) {
        if (withoutPicks(candidate.entry) !== entry) continue;
        if (!fits(faultOf(candidate.entry), fault)) continue;
        const next = this.stepper.after(state, candidate.outcome);
        found.set(vectorKey(next), next);
      }
    }
    return [...found.values()];
  }

  #tooMany(): UsageError {
    return new UsageError(
      `silent steps of '${this.scenario.name}' lead to more than ${statesMax} states at once`,
      'Name fewer of them, or give the code more of the steps.',
    );
  }
}

/**
 * Prepares a scenario to be compared with code: `kit.conforms(model, () => state)` asks after each
 * step whether the model can take the step of that name to the state of the code.
 *
 * Throws a UsageError for wrong options, and a SpecError for a broken model.
 */
export function modelOf<P extends Parameters>(
  scenario: Scenario<P>,
  options?: ModelOptions<NoInfer<P>>,
): CodeModel;
export function modelOf(scenario: Scenario, options: ModelOptions = {}): CodeModel {
  if (isScenario(scenario)) buildSystem(scenario, pointOf(scenario, options.parameters));
  return new CodeModel(scenario, options);
}

/** Whether the fault that a step of the model picks is the one of the call. */
function fits(picked: string | undefined, fault: string | undefined): boolean {
  if (picked === undefined || !FAULTS.includes(picked)) return fault !== 'error';
  return picked === fault;
}

/** The fault of an entry: of a call, or as the model picks it. */
export function faultOf(entry: string): string | undefined {
  const fault = parseEntry(entry)?.picks.find(([name]) => name === 'fault')?.[1];
  return typeof fault === 'string' ? fault : undefined;
}

const FAULTS = ['error', 'timeout', 'lost'];

/** Whether a list has an entry, or the label of it. */
function isNamed(names: readonly string[] | undefined, entry: string): boolean {
  if (names === undefined) return false;
  const bare = withoutPicks(entry);
  const label = parseEntry(bare)?.label;
  return names.some((name) => normaliseEntry(name) === bare || name === label);
}

export function withoutPicks(entry: string): string {
  const parsed = parseEntry(entry);
  return parsed === undefined ? entry : formatEntry({ ...parsed, picks: [] });
}

/** A step of the code without its number and its fault: `ann.read` of `ann.read#2`. */
function withoutNumber(entry: string): string {
  const parsed = parseEntry(entry);
  if (parsed === undefined) return entry;
  const { actor, label } = parsed;
  return formatEntry({ actor, label: label.replace(/#\d+$/, ''), picks: [] });
}
