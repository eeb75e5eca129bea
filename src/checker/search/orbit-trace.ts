import type { ReachableStep, StateProperty, StepProperty } from '../../spec/property.ts';
import type { Implements } from '../../spec/refinement.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { decidingIn } from '../properties/failing-at.ts';
import { isTrueOfStep } from '../properties/seen.ts';
import { bodyOf } from '../properties/step-checker.ts';
import type { Trace } from '../result/result.ts';
import { formatEntry, type ScheduleEntry } from '../result/schedule-entry.ts';
import { type Candidate, Stepper, type Vector } from '../runs/stepper.ts';
import { compare } from '../symmetry/canonical-form.ts';
import { inverse } from '../symmetry/exchanges.ts';
import { OrbitStore } from '../symmetry/orbit-store.ts';
import type { Machine } from '../transitions/machine.ts';

/**
 * A run of the system itself through the orbits of these states: the stored states are canonical,
 * and each step of the run keeps the names that its first state has. Throws a SpecError where no
 * step leads on, which a symmetric system always has.
 */
export function runThroughOrbits(
  machine: Machine,
  store: OrbitStore,
  path: readonly number[],
): Trace {
  const stepper = new Stepper(machine);
  const initIndex = machine.initIndexOf.get(path[0] as number) ?? 0;
  const init: Vector = [...(store.known.initial[initIndex] as Int32Array)];
  const candidates: Candidate[] = [];
  let vector = init;
  for (const state of path.slice(1)) {
    const target = store.vectorOf(state);
    const before = vector;
    const found = stepper.find(before, ({ outcome }) => {
      const after = Int32Array.from(stepper.after(before, outcome));
      return compare(store.known.canonical(after).vector, target) === 0;
    });
    if (found === undefined) throw notSymmetric('no step leads on from a state that was exchanged');
    candidates.push(found);
    vector = stepper.after(before, found.outcome);
  }
  return stepper.trace(init, initIndex, candidates);
}

/**
 * The run with one more step: the one that stands for this entry of the canonical state at its end.
 * The label of an action is a name, that of a process is none.
 */
export function withExchangedStep(
  machine: Machine,
  store: OrbitStore,
  run: Trace,
  { actor, label, picks }: ScheduleEntry,
  isAction: boolean,
): Trace {
  const stepper = new Stepper(machine);
  const last = stepper.vectorOf(run.steps.at(-1)?.state ?? run.init);
  const { members, canonical } = store.known;
  const back = inverse(canonical(Int32Array.from(last)).exchange);
  const entry = formatEntry({
    actor: actor === undefined ? undefined : members.rename(actor, back),
    label: isAction ? members.rename(label, back) : label,
    picks: picks.map(
      ([name, value]) => [members.rename(name, back), members.renameValue(value, back)] as const,
    ),
  });
  const step = stepper.find(last, (candidate) => candidate.entry === entry);
  if (step === undefined) throw notSymmetric(`'${entry}' is not enabled in an exchanged state`);
  return stepper.extend(run, last, step);
}

/** The run of no step from the initial state with this index. */
export function initialTrace(machine: Machine, store: OrbitStore, index: number): Trace {
  return new Stepper(machine).trace([...(store.known.initial[index] as Int32Array)], index, []);
}

/** The part that decides a property at the end of a run. Throws a SpecError where none does. */
export function partAtEnd(property: StateProperty, run: Trace): string | undefined {
  const decided = decidingIn(property, run.steps.at(-1)?.state ?? run.init);
  if (decided !== undefined) return decided.part;
  throw notSymmetric(`property '${property.name}' has another answer in an exchanged state`);
}

/**
 * The run, whose last step decides the property. Throws a SpecError where it does not, which can
 * only be after a search of orbits.
 */
export function decidedByLastStep(
  machine: Machine,
  property: StepProperty | ReachableStep | Implements,
  run: Trace,
): Trace {
  if (!(machine.visited instanceof OrbitStore)) return run;
  const step = run.steps.at(-1);
  const before = run.steps.at(-2)?.state ?? run.init;
  const isTrue = step !== undefined && isTrueOfStep(bodyOf(property), before, step, step.state);
  if (isTrue === (property.kind === 'reachable')) return run;
  throw notSymmetric(`property '${property.name}' has another answer about an exchanged step`);
}

const notSymmetric = (what: string): SpecError =>
  new SpecError({
    what: `not symmetric: ${what}`,
    where: 'symmetry',
    mend: 'Search without --symmetry, or take from `symmetry` what the model tells apart.',
  });
