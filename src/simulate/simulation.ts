import type { PropertyResult, Result } from '../checker/result/result.ts';
import type { Simulated } from '../checker/result/simulated.ts';
import type { StopReason } from '../checker/result/stop-reason.ts';
import { compared } from '../checker/search/summary.ts';
import { type Found, Verdicts } from '../checker/search/verdicts.ts';
import type { Parameters } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import { coverageOf } from './coverage.ts';
import { type GraphOptions, KnownGraph } from './known-graph.ts';
import { type Asked, askedOf, type SimulateOptions } from './options.ts';
import { Runner } from './runner.ts';
import { shortenedResult } from './shortened-result.ts';
import { shortestTree } from './shortest-tree.ts';

/** Random runs of a scenario, taken in pieces, so that the caller stays responsive. */
export class Simulation {
  readonly #scenario: Scenario;
  readonly #options: GraphOptions;
  readonly #asked: Asked;
  readonly #graph: KnownGraph;
  readonly #runner: Runner;
  readonly #verdicts: Verdicts;

  /**
   * Throws a SpecError when the model is broken before its first state, and a UsageError for
   * options that make no sense.
   */
  constructor(scenario: Scenario, options: SimulateOptions = {}) {
    this.#scenario = scenario;
    this.#asked = askedOf(options);
    const { parameters, faults, deadlock } = options;
    const asked = {
      ...(parameters === undefined ? {} : { parameters }),
      ...(faults === undefined ? {} : { faults }),
      ...(deadlock === undefined ? {} : { deadlock }),
    };
    this.#options = asked;
    const graph = new KnownGraph(scenario, asked);
    this.#graph = graph;
    this.#runner = new Runner(graph, this.#asked);
    // No graph is asked about infinite runs where no property is about them.
    const liveness = graph.parts.liveness === undefined ? undefined : graph.liveness;
    this.#verdicts = new Verdicts({ scenario, options: asked, ...graph.parts, liveness });
  }

  /**
   * Takes up to so many steps. Returns true when all runs have ended, or when too many states are
   * stored. Throws a SpecError when the model is broken; `known` then has what was found before.
   */
  advance(steps: number): boolean {
    return this.#runner.advance(steps);
  }

  /** The number of runs, steps and stored states so far, and the violated properties. */
  progress(): { readonly runs: number; readonly steps: number; readonly states: number } {
    const { runs, steps } = this.#runner;
    return { runs, steps, states: this.#graph.states };
  }

  /** The schedule of the last run so far, as entries, and the number of its initial state. */
  lastRun(): { readonly init: number; readonly schedule: readonly string[] } {
    const { init, edges } = this.#runner.schedule;
    const { edges: all, machine } = this.#graph;
    return {
      init: machine.initIndexOf.get(init) ?? 0,
      schedule: edges.map((edge) => all.actions[all.action[edge] as number]?.entry ?? ''),
    };
  }

  /**
   * The result so far: each property is violated or undecided, except that a `reachable` holds
   * whose state a run came to. `stopReason` says why it ended early. Throws a SpecError.
   */
  result(stopReason: StopReason = 'simulated'): Result {
    const { ends } = this.#graph.parts;
    if (ends.begin(this.#graph.order)) while (!ends.advance());
    shortestTree(this.#graph);
    const result = this.#verdicts.result(this.#found(stopReason));
    // Before the search for shorter counterexamples, which visits states that no run saw.
    const simulated = this.#simulated({});
    const { byProperty } = this.#runner.found;
    const { shorteningStatesMax } = this.#asked;
    const facts = { scenario: this.#scenario, graph: this.#graph, shorteningStatesMax };
    const shortened = result.properties.map((property) =>
      shortenedResult(facts, property, byProperty.get(property.name)),
    );
    const found = shortened.flatMap(({ property, found: by }) =>
      by === undefined ? [] : [[property.name, by] as const],
    );
    return this.#compared({
      ...result,
      properties: shortened.map(({ property }): PropertyResult => property),
      simulated: { ...simulated, found: Object.fromEntries(found) },
    });
  }

  /** Counterexamples are compared with the expectation as they are shown, and not as found. */
  #compared(result: Result): Result {
    return compared(this.#scenario, this.#options, { ...result, order: 'simulated' });
  }

  /** What is known after an error. Does not throw. */
  known(): Result {
    const known = this.#verdicts.known(this.#found('error'), false);
    return this.#compared({ ...known, simulated: this.#simulated({}) });
  }

  /** Throws a SpecError where another copy of the scenario's module behaves differently. */
  compareWith(copy: Scenario): void {
    this.#verdicts.compareWith(copy);
  }

  /** The evaluations and the store, for a caller that ends the simulation from outside. */
  get underWay(): Pick<KnownGraph['machine'], 'evaluator' | 'visited'> {
    return this.#graph.machine;
  }

  #simulated(found: Simulated['found']): Simulated {
    const { facts, pct } = this.#runner;
    const coverage = coverageOf(this.#graph, this.#runner);
    return { ...facts, coverage, ...(pct === undefined ? {} : { pct }), found };
  }

  #found(stopReason: StopReason): Found {
    const { steps, parts, states } = this.#graph;
    const reason = states > this.#asked.statesMax ? 'states_max' : stopReason;
    return {
      complete: false,
      stopReason: reason,
      endsStopReason: reason,
      generated: parts.initial.length + steps,
      levels: this.#runner.longest + 1,
      statesCut: 0,
      statesSampled: parts.samples.taken,
      growing: [],
    };
  }
}

/**
 * Takes random runs of a scenario, and returns what they violate. The verdict is `violated` or
 * `undecided`. Throws a SpecError when the model is broken, and a UsageError for options that make
 * no sense.
 */
export function simulate<P extends Parameters>(
  scenario: Scenario<P>,
  options?: SimulateOptions<NoInfer<P>>,
): Result;
export function simulate(scenario: Scenario, options: SimulateOptions = {}): Result {
  const simulation = new Simulation(scenario, options);
  while (!simulation.advance(1 << 20));
  return simulation.result();
}
