import type { Fairness, Unit } from '../../spec/fairness.ts';
import type { AnySystem, Scenario } from '../../spec/scenario.ts';
import { actorName } from '../actors.ts';
import { check } from '../check.ts';
import { fairnessOf } from '../liveness/conditions.ts';
import type { ReplayOptions } from '../replay.ts';
import type { PropertyResult, Trace, Verdict } from '../result.ts';
import { type Candidate, type Stepper, stepperFor, type Vector } from '../stepper.ts';
import { type Pending, pendingIn } from './pending.ts';

/** Somebody who could go on in the part of a run that repeats for ever, and does not. */
export interface Starving {
  /** As in schedule words: `attach1.connect_volume`. */
  readonly word: string;
  /** What would have to be treated fairly: the flow of the process, or the action. */
  readonly unit: string;
  /** 'weak': it could go on all the time; 'strong': again and again, but not all the time. */
  readonly fairness: 'weak' | 'strong';
  /** What becomes of the property in every run when that is assumed, too; 'undecided' where that took too long. */
  readonly verdict: Verdict;
}

/** Why a run that goes on for ever violates a property. Steps are counted from 0; every part was found by running the model. */
export interface LassoReason {
  readonly pending: Pending;
  /** After how many steps the part begins that repeats. */
  readonly loopsTo: number;
  /** The steps that repeat, each once; none where the run stands still. */
  readonly repeating: readonly string[];
  readonly starving: readonly Starving[];
  /** What becomes of the property when all who starve are treated fairly together, where it fails with each alone. */
  readonly together: Verdict | undefined;
  /** Faults of the run, and what becomes of the property in all runs without that fault. */
  readonly faults: readonly { readonly step: number; readonly verdict: Verdict }[];
}

/** Changes that are tried, each with a whole search. */
const triesMax = 3;

/** Why this lasso violates its property. `statesMax` bounds each of a few searches. Throws an Error for a run that does not replay. */
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
  const unitOf = ({ actor, evaluated }: Candidate): Unit | undefined =>
    actor.kind === 'process' ? flows.get(evaluated.flow ?? '') : actor.action;
  const hungry = hungryIn(stepper, loop.length > 0 ? loop : passed.slice(-1)).flatMap((each) => {
    const unit = unitOf(each.candidate);
    return unit === undefined ? [] : [{ ...each, unit }];
  });
  const asked = { scenario, name: property.name, options };
  const tried = hungry.slice(0, triesMax).map(({ candidate, kind, unit }) => ({
    condition: { kind, unit },
    starving: {
      word: candidate.word,
      unit: unitName(unit),
      fairness: kind,
      verdict: verdictIn(asked, fairer([{ kind, unit }]), {}),
    },
  }));
  const isOneEnough = tried.some(({ starving }) => starving.verdict === 'holds');
  const all = tried.map(({ condition }) => condition);
  return {
    pending: pendingIn(system, property, trace),
    loopsTo,
    repeating: [...new Set(trace.words.slice(loopsTo))],
    starving: tried.map(({ starving }) => starving),
    together: tried.length < 2 || isOneEnough ? undefined : verdictIn(asked, fairer(all), {}),
    faults: faultsOf(passed)
      .slice(0, triesMax)
      .map(({ step, name }) => ({
        step,
        verdict: verdictIn(asked, (same) => same, { [name]: 0 }),
      })),
  };
}

interface Passed {
  readonly state: Vector;
  /** The step that the run takes from here; undefined where it ends, or stands still. */
  readonly taken: Candidate | undefined;
}

/** The states of a run with the steps that it takes from them. */
function passedBy(stepper: Stepper, init: Vector, { words }: Trace): readonly Passed[] {
  const passed: Passed[] = [];
  let state = init;
  for (const word of words) {
    const taken = stepper.enabled(state).find((candidate) => candidate.word === word);
    if (taken === undefined) throw new Error(`'${word}' is a word of the run, but not enabled`);
    passed.push({ state, taken });
    state = stepper.after(state, taken.outcome);
  }
  return [...passed, { state, taken: undefined }];
}

interface Hungry {
  readonly candidate: Candidate;
  readonly kind: Fairness['kind'];
}

/** Who could take a step that changes something in these states and takes none; the first such step of each. */
function hungryIn(stepper: Stepper, passed: readonly Passed[]): readonly Hungry[] {
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
    candidate,
    kind: times === passed.length ? 'weak' : 'strong',
  }));
}

/** A process, or one action: those are what can be treated fairly. */
function whoIs({ actor, evaluated }: Candidate): string {
  return actor.kind === 'process'
    ? `process ${actor.pid}`
    : `action ${actorName(actor) ?? ''}.${evaluated.label}`;
}

function unitName(unit: Unit): string {
  if (typeof unit !== 'object') return unit;
  if (unit.kind === 'action' || unit.kind === 'fault') {
    return unit.actor === undefined ? unit.name : `${unit.actor}.${unit.name}`;
  }
  return 'name' in unit ? unit.name : 'processes';
}

function faultsOf(
  passed: readonly Passed[],
): readonly { readonly step: number; readonly name: string }[] {
  return passed.flatMap(({ taken }, step) =>
    taken?.actor.kind === 'fault' ? [{ step, name: taken.actor.action.name }] : [],
  );
}

interface Asked {
  readonly scenario: Scenario;
  readonly name: string;
  readonly options: ReplayOptions & { readonly statesMax: number };
}

/** What a whole search says of the property in a changed system. */
function verdictIn(
  { scenario, name, options }: Asked,
  change: (system: AnySystem) => AnySystem,
  budgets: { readonly [fault: string]: number },
): Verdict {
  const changed: Scenario = {
    ...scenario,
    system: (point) => {
      const system = change(scenario.system(point));
      return {
        ...system,
        properties: system.properties?.filter((each) => each.name === name) ?? [],
      };
    },
  };
  const { init: _, faults = {}, ...others } = options;
  const { properties } = check(changed, { ...others, faults: { ...faults, ...budgets } });
  return properties.find((each) => each.name === name)?.verdict ?? 'undecided';
}

function fairer(more: readonly Fairness[]): (system: AnySystem) => AnySystem {
  return (system) => ({ ...system, fairness: [...fairnessOf(system), ...more] });
}
