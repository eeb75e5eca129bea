import {
  type Action,
  type Fault,
  type Pick,
  type Processes,
  type ProcessTable,
  type Property,
  type Scenario,
  spec,
} from '../../src/index.ts';
import type { SmallModel, SmallProperty, SmallStep } from './small-form.ts';
import {
  type Cond,
  type Flows,
  holds,
  labelOf,
  type Op,
  performAll,
  type Small,
  type Vars,
} from './small-model.ts';

const model = spec<Small>();

function flowOf(number: number, steps: readonly SmallStep[], flows: () => Flows) {
  const texts = steps.map(({ when, ops, jump }, i) => {
    const recipe = (
      state: Small,
      self: Vars & { readonly pid: string },
      pick: Pick,
      processes: Processes,
    ) => {
      const scope = { state, self, pick, processes };
      performAll(ops, scope, flows());
      return jump && holds(jump.cond, scope) ? labelOf(jump.to) : undefined;
    };
    const step = when
      ? {
          when: (state: object, self: object, processes: ProcessTable) =>
            // Guards get read-only views of what recipes get; `evaluate` only reads.
            holds(when, { state: state as Small, self: self as Vars & { pid: string }, processes }),
          do: recipe,
        }
      : recipe;
    return [labelOf(i), step] as const;
  });
  return model.flow({
    name: `f${number}`,
    vars: (u: number, v: number): Vars => ({ u, v }),
    steps: Object.fromEntries(texts),
  });
}

function guardOf(when: Cond | undefined) {
  if (when === undefined) return {};
  return {
    when: (state: object, processes: ProcessTable) =>
      holds(when, { state: state as Small, processes }), // only reads, as above
  };
}

function propertyOf({ kind, conds }: SmallProperty, number: number): Property<Small> {
  const quantifier = kind === 'always' || kind === 'every' ? 'some' : 'every';
  const test = (state: object, processes: ProcessTable) =>
    conds[quantifier]((cond) => holds(cond, { state: state as Small, processes }));
  const name = `property ${number}`;
  if (kind !== 'every') return model[kind](name, test);
  return model.always(
    name,
    model.every('deep', ({ n }, id, state, processes) => {
      return n < 2 || id === 'b' || test(state, processes);
    }),
  );
}

/** The scenario that a small model describes. It has no parameters. */
export function scenarioOf(small: SmallModel): Scenario {
  const flows: Flows = small.flows.map((steps, i) => flowOf(i, steps, () => flows));
  const doing =
    (ops: readonly Op[]) =>
    (state: Small, pick: Pick, processes: Processes): void =>
      performAll(ops, { state, pick, processes }, flows);
  const actions = small.actions.map(
    ({ when, ops }, i): Action<Small> =>
      model.action({ actor: 'system', name: `act${i}`, ...guardOf(when), do: doing(ops) }),
  );
  const faults = small.faults.map(
    ({ when, ops, times }, i): Fault<Small> =>
      model.fault({ name: `fault${i}`, times, ...guardOf(when), do: doing(ops) }),
  );
  const processes = small.processes.flatMap(({ flow, u }, i) => {
    const started = flows[flow % flows.length]?.start(u, 0);
    return started === undefined ? [] : [[`p${i}`, started] as const];
  });
  const { final } = small;
  return model.scenario({
    name: 'small',
    about: 'Made up by fast-check.',
    system: () => ({
      init: () => structuredClone(small.inits),
      processes: Object.fromEntries(processes),
      actions,
      faults,
      properties: small.properties.map(propertyOf),
      ...(final === undefined ? {} : { final: final === 'anywhere' ? final : propertyTest(final) }),
    }),
  });
}

const propertyTest = (cond: Cond) => (state: object, processes: ProcessTable) =>
  holds(cond, { state: state as Small, processes });
