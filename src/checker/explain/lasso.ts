import type { Scenario } from '../../spec/scenario.ts';
import { actorName } from '../evaluate/actors.ts';
import type { PropertyResult, Trace } from '../result/result.ts';
import type { ReplayOptions } from '../runs/replay.ts';
import { type Candidate, type Stepper, stepperFor, type Vector } from '../runs/stepper.ts';
import { ChangedScenario } from './changed-scenario.ts';
import { type MissingFairness, missingFairness } from './missing-fairness.ts';
import { type Pending, pendingIn } from './pending.ts';
import type { Starving } from './starving.ts';

/** Why an infinite run violates a property. Steps count from 0. */
export interface LassoReason {
  readonly pending: Pending;
  /** The number of steps before the part that repeats. */
  readonly loopsTo: number;
  /** True if the run stays in its last state for ever. */
  readonly standsStill: boolean;
  readonly starving: readonly Starving[];
  readonly fairness: MissingFairness;
  /** Faults without which the property holds in every fair run: each alone, or all together. */
  readonly faults: readonly { readonly steps: readonly number[]; readonly isAll: boolean }[];
}

/** The number of faults that are tried, each with a whole search. */
const faultsMax = 6;

/**
 * Why this lasso violates its property. `statesMax` bounds each of a few searches. Throws an Error
 * for a run that does not replay.
 */
export function lassoReason(
  scenario: Scenario,
  property: PropertyResult,
  trace: Trace,
  options: ReplayOptions & { readonly statesMax: number },
): LassoReason {
  const { stepper, initial, system, flows } = stepperFor(scenario, options);
  const { loopsTo = trace.steps.length } = trace;
  const passed = passedBy(stepper, initial[trace.initIndex] ?? [], trace);
  const loop = passed.slice(loopsTo, -1);
  const starving = starvingIn(stepper, loop.length > 0 ? loop : passed.slice(-1));
  const changed = new ChangedScenario(scenario, property.name, options);
  return {
    pending: pendingIn(system, property, trace),
    loopsTo,
    standsStill: loop.length === 0,
    starving: starving.map(({ who, always }) => ({ who, always })),
    // If no actor starves, no fairness rules the run out, so nothing is searched.
    fairness:
      starving.length === 0
        ? { enough: [], neverEnough: false }
        : missingFairness(changed, system, [...flows.values()], starving),
    faults: faultsIn(changed, passed),
  };
}

interface Passed {
  readonly state: Vector;
  /** The step that the run takes from here; undefined where it ends or stays. */
  readonly taken: Candidate | undefined;
}

/** The states of a run, with the step that it takes from each. */
function passedBy(stepper: Stepper, init: Vector, { schedule }: Trace): readonly Passed[] {
  const passed: Passed[] = [];
  let state = init;
  for (const entry of schedule) {
    const taken = stepper.enabled(state).find((candidate) => candidate.entry === entry);
    if (taken === undefined) throw new Error(`'${entry}' is an entry of the run, but not enabled`);
    passed.push({ state, taken });
    state = stepper.after(state, taken.outcome);
  }
  return [...passed, { state, taken: undefined }];
}

interface Hungry extends Starving {
  /** The flow of the process; undefined for an action. */
  readonly flow: string | undefined;
}

/**
 * The processes and actions that can take a step in these states, one that changes something, and
 * take none.
 */
function starvingIn(stepper: Stepper, passed: readonly Passed[]): readonly Hungry[] {
  const fed = new Set(passed.map(({ taken }) => taken && whoIs(taken)));
  const found = new Map<string, { readonly candidate: Candidate; times: number }>();
  for (const { state } of passed) {
    const here = new Map<string, Candidate>();
    for (const candidate of stepper.enabled(state)) {
      const who = whoIs(candidate);
      const changes = stepper
        .after(state, candidate.outcome)
        .some((value, i) => value !== (state[i] ?? 0));
      if (candidate.actor.kind === 'fault' || fed.has(who) || !changes || here.has(who)) continue;
      here.set(who, candidate);
    }
    for (const [who, candidate] of here) {
      const known = found.get(who);
      if (known === undefined) found.set(who, { candidate, times: 1 });
      else known.times += 1;
    }
  }
  return [...found.values()].map(({ candidate, times }) => ({
    who: nameOfWho(candidate),
    always: times === passed.length,
    flow: candidate.evaluated.flow,
  }));
}

/** The process or the action: these are the units of fairness. */
function whoIs(candidate: Candidate): string {
  return `${candidate.actor.kind} ${nameOfWho(candidate)}`;
}

function nameOfWho({ actor, evaluated }: Candidate): string {
  const subject = actorName(actor);
  if (actor.kind === 'process') return actor.pid;
  return subject === undefined ? evaluated.label : `${subject}.${evaluated.label}`;
}

function faultsIn(changed: ChangedScenario, passed: readonly Passed[]): LassoReason['faults'] {
  const steps = passed.flatMap(({ taken }, step) =>
    taken?.actor.kind === 'fault' ? [{ step, name: taken.actor.action.name }] : [],
  );
  const names = [...new Set(steps.map(({ name }) => name))].slice(0, faultsMax);
  const single = names
    .filter((name) => changed.withoutFaults([name]) === 'holds')
    .map((name) => ({
      steps: steps.filter((each) => each.name === name).map(({ step }) => step),
      isAll: false,
    }));
  if (single.length > 0 || names.length === 0) return single;
  const isFaultless = changed.withoutFaults(changed.faults) === 'holds';
  return isFaultless ? [{ steps: steps.map(({ step }) => step), isAll: true }] : [];
}
