import type { AnyPoint } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import type { AnySystem } from '../../spec/system.ts';
import { Ends } from '../ends/ends.ts';
import { buildSystemTwice } from '../evaluate/build-system.ts';
import { load } from '../evaluate/load.ts';
import { pointOf } from '../evaluate/point.ts';
import { worldOf } from '../evaluate/world.ts';
import { checkFairness } from '../liveness/check-fairness.ts';
import { Liveness } from '../liveness/liveness.ts';
import { Clauses } from '../properties/clauses.ts';
import { Constraint } from '../properties/constraint.ts';
import { Names } from '../properties/names.ts';
import { StateChecker } from '../properties/state-checker.ts';
import { StepChecker } from '../properties/step-checker.ts';
import { StepTests } from '../properties/step-tests.ts';
import type { CheckOptions } from '../result/options.ts';
import { UsageError } from '../result/usage-error.ts';
import { OrbitStore } from '../symmetry/orbit-store.ts';
import { Symmetry } from '../symmetry/symmetry.ts';
import { Verification } from '../symmetry/verification.ts';
import { Machine } from '../transitions/machine.ts';
import { Samples } from './samples.ts';

/** The number of violations of one property among which different counterexamples are chosen. */
const CANDIDATES = 100;

/** The parts of a search over one system. */
export interface Assembled {
  readonly system: AnySystem;
  readonly point: AnyPoint;
  readonly machine: Machine;
  readonly clauses: Clauses;
  /** Undefined when the system states no constraint. */
  readonly constraint: Constraint | undefined;
  readonly stateChecker: StateChecker;
  readonly ends: Ends;
  readonly samples: Samples;
  readonly steps: StepTests;
  readonly names: Names;
  /** Undefined when no property asks about steps. */
  readonly stepChecker: StepChecker | undefined;
  /** Undefined when no liveness property asks; then no graph is kept. */
  readonly liveness: Liveness | undefined;
  /** Undefined when the search visits every state of each orbit. */
  readonly verification: Verification | undefined;
  /** Each initial state as value numbers by slot. */
  readonly initial: readonly (readonly number[])[];
}

/**
 * Makes the parts of a search. Throws a SpecError when the model is broken, and a UsageError for
 * unknown parameters or faults.
 */
export function assemble(scenario: Scenario, options: CheckOptions): Assembled {
  const point = pointOf(scenario, options.parameters);
  const system = buildSystemTwice(scenario, point);
  checkFairness(system, scenario.name);
  const loaded = load(system, scenario.name, options.faults);
  const memo = options.memo ?? 'adaptive';
  const { clock, keys } = options;
  const store = options.symmetry === true ? orbitStore(system, scenario.name) : undefined;
  const machine = new Machine(loaded, { scenario: scenario.name, memo, clock, keys, store });
  const names = new Names(loaded.slots);
  const clauses = new Clauses(machine, names);
  const constraint = Constraint.for(system, clauses, scenario.name);
  const samples = new Samples(machine, clauses.operands, options.selfCheck ?? 0, constraint);
  const candidates = (options.counterexamples ?? 1) > 1 ? CANDIDATES : 1;
  const stateChecker = new StateChecker(machine, clauses, system, candidates);
  const ends = new Ends(
    { machine, clauses, system, constraint },
    options.deadlock === 'stuttering',
  );
  const steps = new StepTests(machine, names, clauses.operands);
  const stepChecker = StepChecker.for(system, machine, steps);
  stepChecker?.judgeInitial(
    loaded.initial.map((at) => worldOf(loaded.slots, { numberOf: (slot) => at[slot] ?? 0 })),
    system,
  );
  const liveness = new Liveness({ system, machine, clauses, steps, constraint });
  let verification: Verification | undefined;
  loaded.slots.onSlot((field, slot) => {
    names.made(slot, machine.evaluator.underWay);
    machine.slotAdded(field, slot);
    clauses.slotAdded(field, slot);
    stateChecker.slotAdded(field, slot);
    steps.slotAdded();
    verification?.slotAdded(field, slot);
  });
  let { initial } = loaded;
  if (store !== undefined) {
    const symmetry = new Symmetry(machine, system, scenario.name, initial);
    verification = new Verification(symmetry, { machine, names, system }, scenario.name);
    clauses.operands.observer = verification.observe;
    initial = symmetry.canonicalInitial();
  }
  return {
    system,
    point,
    machine,
    clauses,
    constraint,
    stateChecker,
    ends,
    samples,
    steps,
    stepChecker,
    names,
    liveness: liveness.properties.length > 0 && store === undefined ? liveness : undefined,
    verification,
    initial,
  };
}

/** Throws a UsageError for a system without interchangeable things. */
function orbitStore({ symmetry = {} }: AnySystem, scenario: string): (width: number) => OrbitStore {
  if (Object.keys(symmetry).length > 0) return (width) => new OrbitStore(width);
  throw new UsageError(
    `scenario '${scenario}' declares no symmetry`,
    "Let its system say what may be exchanged, as in symmetry: { servers: ['s1', 's2'] }.",
  );
}
