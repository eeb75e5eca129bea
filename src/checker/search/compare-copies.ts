import type { AnyAction } from '../../spec/action.ts';
import type { AnyPoint } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import type { AnySystem } from '../../spec/system.ts';
import type { Actor } from '../evaluate/actors.ts';
import { buildSystem, compareSystems } from '../evaluate/build-system.ts';
import { Evaluator } from '../evaluate/evaluate.ts';
import { Flows } from '../evaluate/flows.ts';
import { worldOf } from '../evaluate/world.ts';
import { truthsAt } from '../properties/truths-at.ts';
import { withoutClockAndRandomness } from '../purity/forbidden.ts';
import type { WorldState } from '../result/result.ts';
import { isOutside } from '../runs/outside.ts';
import { Stepper } from '../runs/stepper.ts';
import type { Machine } from '../transitions/machine.ts';
import { impureCopy, lookAgain, remembered } from './second-look.ts';

/** The number of states in which the properties are compared. */
const statesMost = 8;

/**
 * Compares a search with another copy of the module of its scenario, which has variables of its
 * own: the system, a sample of the steps in two orders, and the properties in a few states. Throws
 * a SpecError where they differ.
 */
export function compareWithCopy(
  { name }: Scenario,
  point: AnyPoint,
  system: AnySystem,
  machine: Machine,
  copy: Scenario,
): void {
  const other = buildSystem(copy, point);
  compareSystems(system, other, name);
  const evaluator = new Evaluator(machine.slots, flowsOf(other), name);
  const all = remembered(machine);
  const actorOf = (actor: Actor) => actorIn(other, actor);
  const broken = ({ where }: { readonly where: string }) => impureCopy(name, where);
  lookAgain([...all].reverse(), evaluator, actorOf, broken);
  lookAgain(all, evaluator, actorOf, broken);
  compareProperties(name, system, machine, other);
}

function flowsOf({ actions = [], faults = [], processes = {} }: AnySystem): Flows {
  const flows = new Flows([...actions, ...faults]);
  for (const [pid, process] of Object.entries(processes)) flows.enter(pid, process);
  return flows;
}

/** The actor of the other system that corresponds to this one. */
function actorIn({ actions = [], faults = [] }: AnySystem, actor: Actor): Actor | undefined {
  if (actor.kind === 'process') return actor;
  const { action } = actor;
  const isSame = (other: AnyAction) => other.name === action.name && other.actor === action.actor;
  const found = (actor.kind === 'fault' ? faults : actions).find(isSame);
  return found === undefined ? undefined : { ...actor, action: { ...found, times: action.times } };
}

function compareProperties(
  name: string,
  system: AnySystem,
  machine: Machine,
  other: AnySystem,
): void {
  const { slots, evaluator, actors, visited } = machine;
  const stepper = new Stepper({ slots, evaluator, actors });
  const stride = Math.max(1, Math.floor(visited.count / statesMost));
  for (let state = visited.count - 1; state >= 0; state -= stride) {
    machine.lookAt(state);
    const world = worldOf(slots, machine);
    const vector = stepper.vectorOf(world);
    const [taken] = isOutside(system, world) ? [] : stepper.enabled(vector);
    const step = taken === undefined ? undefined : stepper.describe(vector, taken);
    const reached = step === undefined ? undefined : { before: world, step };
    const here = step?.state ?? world;
    const one = asked(system, here, reached);
    const two = asked(other, here, reached);
    const odd = one.findIndex((truth, i) => truth !== two[i]);
    if (odd < 0) continue;
    const property = system.properties?.[odd]?.name;
    throw impureCopy(name, property === undefined ? 'final or within' : `property '${property}'`);
  }
}

/** The value of each property, and of `final` and `within` at the end of the list. */
function asked(
  system: AnySystem,
  world: WorldState,
  reached: Parameters<typeof truthsAt>[2],
): readonly string[] {
  return withoutClockAndRandomness(() => [
    ...truthsAt(system, world, reached).map(({ truth, part }) => `${truth} ${part}`),
    String(
      typeof system.final === 'function'
        ? system.final(world.state, world.processes)
        : system.final,
    ),
    String(isOutside(system, world)),
  ]);
}
