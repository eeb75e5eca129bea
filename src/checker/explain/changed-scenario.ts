import type { Fairness } from '../../spec/fairness.ts';
import type { Scenario } from '../../spec/scenario.ts';
import type { AnySystem } from '../../spec/system.ts';
import { check } from '../check.ts';
import { pointOf } from '../evaluate/point.ts';
import { fairnessOf } from '../liveness/conditions.ts';
import type { Verdict } from '../result/result.ts';
import type { ReplayOptions } from '../runs/replay.ts';

/**
 * Asks what becomes of one property with more fairness, or without some faults. Each answer takes a
 * whole search.
 */
export class ChangedScenario {
  /** The number of searches so far. */
  searches = 0;
  /** The number of states that they visited. */
  states = 0;
  /** The names of all faults. */
  readonly faults: readonly string[];
  readonly #scenario: Scenario;
  readonly #name: string;
  readonly #options: ReplayOptions & { readonly statesMax: number };

  constructor(
    scenario: Scenario,
    name: string,
    options: ReplayOptions & { readonly statesMax: number },
  ) {
    this.#scenario = scenario;
    this.#name = name;
    this.#options = options;
    const system = scenario.system(pointOf(scenario, options.parameters));
    this.faults = (system.faults ?? []).map((fault) => fault.name);
  }

  fairer(more: readonly Fairness[]): Verdict {
    return this.#verdict(
      (system) => ({ ...system, fairness: [...fairnessOf(system), ...more] }),
      {},
    );
  }

  withoutFaults(names: readonly string[]): Verdict {
    return this.#verdict((system) => system, Object.fromEntries(names.map((name) => [name, 0])));
  }

  #verdict(
    change: (system: AnySystem) => AnySystem,
    budgets: { readonly [fault: string]: number },
  ): Verdict {
    const changed: Scenario = {
      ...this.#scenario,
      system: (point) => {
        const system = change(this.#scenario.system(point));
        return {
          ...system,
          properties: system.properties?.filter((each) => each.name === this.#name) ?? [],
        };
      },
    };
    const { parameters = {}, faults = {}, statesMax } = this.#options;
    const asked = { parameters, statesMax, faults: { ...faults, ...budgets } };
    const { properties, states } = check(changed, asked);
    this.searches += 1;
    this.states += states;
    return properties.find((each) => each.name === this.#name)?.verdict ?? 'undecided';
  }
}
