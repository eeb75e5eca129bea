import type { Implements } from '../../spec/refinement.ts';
import { blame } from '../evaluate/blame.ts';
import { Refinement } from '../properties/refinement.ts';
import type { StepChecker } from '../properties/step-checker.ts';
import type { PropertyResult, Trace } from '../result/result.ts';
import { OrbitStore } from '../symmetry/orbit-store.ts';
import type { Machine } from '../transitions/machine.ts';
import { decidedByLastStep, initialTrace } from './orbit-trace.ts';
import { traceTo, traceWithStep } from './trace.ts';

/** The violation of an `implements`, if one is known, with both states side by side. */
export function refinementViolation(
  property: Implements,
  machine: Machine,
  stepChecker: StepChecker | undefined,
): PropertyResult | undefined {
  const { name, kind } = property;
  const trace = traceOf(property, machine, stepChecker);
  if (trace === undefined) return undefined;
  const last = trace.steps.at(-1)?.state;
  const before = last === undefined ? undefined : (trace.steps.at(-2)?.state ?? trace.init);
  try {
    const abstract = Refinement.of(property).side(before, last ?? trace.init);
    return { name, kind, verdict: 'violated', trace, abstract };
  } catch (error) {
    throw blame(error, `property '${name}'`);
  }
}

function traceOf(
  property: Implements,
  machine: Machine,
  stepChecker: StepChecker | undefined,
): Trace | undefined {
  const { name } = property;
  const taken = stepChecker?.discoveries.get(name);
  if (taken !== undefined) {
    return decidedByLastStep(machine, property, traceWithStep(machine, taken));
  }
  const index = stepChecker?.unmapped.get(name);
  if (index === undefined) return undefined;
  const { visited } = machine;
  if (visited instanceof OrbitStore) return initialTrace(machine, visited, index);
  // An initial state that is listed twice has the index of the first one, which is judged first.
  const found = [...machine.initIndexOf].find(([, each]) => each === index);
  return found === undefined ? undefined : traceTo(machine, found[0]);
}
