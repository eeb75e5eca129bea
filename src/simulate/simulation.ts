import type { PropertyResult, Result } from '../checker/result/result.ts';
import type { Simulated } from '../checker/result/simulated.ts';
import type { StopReason } from '../checker/result/stop-reason.ts';
import { compared } from '../checker/search/compared.ts';
import { type Found, Verdicts } from '../checker/search/verdicts.ts';
import type { Parameters } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import { coverageOf, type Past, pastOf } from './coverage.ts';
import { type GraphOptions, KnownGraph } from './known-graph.ts';
import { mergedParts } from './merged-parts.ts';
import { type Asked, askedOf, type SimulateOptions } from './options.ts';
import { Runner } from './runner.ts';
import { shortenedResult } from './shortened-result.ts';
import { shortestTree } from './shortest-tree.ts';

/** A graph, the runs through it, and the verdicts on it. */
interface Part {
  readonly graph: KnownGraph;
  readonly runner: Runner;
  readonly verdicts: Verdicts;
}

/** Random runs of a scenario, taken in pieces, so that the caller stays responsive. */
export class Simulation {
  readonly #scenario: Scenario;
  readonly #options: GraphOptions;
  readonly #asked: Asked;
  #part: Part;
  /** The results on graphs that were forgotten, and what is kept of those. */
  readonly #results: Result[] = [];
  #past: Past | undefined;

  /**
   * Throws a SpecError when the model is broken before its first state, and a UsageError for
   * options that make no sense.
   */
  constructor(scenario: Scenario, options: SimulateOptions = {}) {
    this.#scenario = scenario;
    this.#asked = askedOf(options);
    const { parameters, faults, deadlock } = options;
    this.#options = {
      ...(parameters === undefined ? {} : { parameters }),
      ...(faults === undefined ? {} : { faults }),
      ...(deadlock === undefined ? {} : { deadlock }),
    };
    this.#part = this.#begin();
  }

  #begin(before?: Runner): Part {
    const scenario = this.#scenario;
    const options = this.#options;
    const graph = new KnownGraph(scenario, options);
    // No graph is asked about infinite runs where no property is about them.
    const liveness = graph.parts.liveness === undefined ? undefined : graph.liveness;
    return {
      graph,
      runner: new Runner(graph, this.#asked, before),
      verdicts: new Verdicts({ scenario, options, ...graph.parts, liveness }),
    };
  }

  /**
   * Takes up to so many steps. Returns true when all runs have ended, or when as many states are
   * stored as may be; `isFull` tells which. Throws a SpecError when the model is broken; `known`
   * then has what was found before.
   */
  advance(steps: number): boolean {
    return this.#part.runner.advance(steps);
  }

  /** Whether runs are left for which states have to be forgotten. */
  get isFull(): boolean {
    return this.#part.runner.isFull;
  }

  /** Forgets all states and goes on. What was found is kept. Throws a SpecError. */
  forget(): void {
    const { graph, runner } = this.#part;
    // Before counterexamples are made shorter, which visits states that no run saw.
    const past = pastOf(graph, runner, this.#past);
    this.#results.push(this.#partResult('simulated'));
    this.#past = past;
    this.#part = this.#begin(runner);
  }

  /** The number of runs, steps and stored states so far, and the violated properties. */
  progress(): { readonly runs: number; readonly steps: number; readonly states: number } {
    const { graph, runner } = this.#part;
    const { runs, steps } = runner;
    return { runs, steps, states: graph.states };
  }

  /** The schedule of the last run so far, as entries, and the number of its initial state. */
  lastRun(): { readonly init: number; readonly schedule: readonly string[] } {
    const { init, edges } = this.#part.runner.schedule;
    const { edges: all, machine } = this.#part.graph;
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
    return this.#merged(this.#partResult(stopReason));
  }

  /** What is known after an error. Does not throw. */
  known(): Result {
    const known = this.#part.verdicts.known(this.#found('error'), false);
    return this.#merged({ ...known, simulated: this.#simulated({}) });
  }

  /** Counterexamples are compared with the expectation as they are shown, and not as found. */
  #merged(last: Result): Result {
    const result = mergedParts([...this.#results, last]);
    return compared(this.#scenario, this.#options, { ...result, order: 'simulated' });
  }

  #partResult(stopReason: StopReason): Result {
    const { graph, runner, verdicts } = this.#part;
    const { ends } = graph.parts;
    if (ends.begin(graph.order)) while (!ends.advance());
    shortestTree(graph);
    const result = verdicts.result(this.#found(stopReason));
    // Before the search for shorter counterexamples, which visits states that no run saw.
    const simulated = this.#simulated({});
    const { byProperty } = runner.found;
    const { shorteningStatesMax } = this.#asked;
    const facts = { scenario: this.#scenario, graph, shorteningStatesMax };
    const shortened = result.properties.map((property) =>
      this.#isFound(property)
        ? { property, found: undefined }
        : shortenedResult(facts, property, byProperty.get(property.name)),
    );
    const found = shortened.flatMap(({ property, found: by }) =>
      by === undefined ? [] : [[property.name, by] as const],
    );
    return {
      ...result,
      properties: shortened.map(({ property }): PropertyResult => property),
      simulated: { ...simulated, found: Object.fromEntries(found) },
    };
  }

  /** Throws a SpecError where another copy of the scenario's module behaves differently. */
  compareWith(copy: Scenario): void {
    this.#part.verdicts.compareWith(copy);
  }

  /** The evaluations and the store, for a caller that ends the simulation from outside. */
  get underWay(): Pick<KnownGraph['machine'], 'evaluator' | 'visited'> {
    return this.#part.graph.machine;
  }

  /** Whether a property was violated before states were forgotten. */
  #isFound({ name }: PropertyResult): boolean {
    return this.#results.some(({ simulated }) => Object.hasOwn(simulated?.found ?? {}, name));
  }

  #simulated(found: Simulated['found']): Simulated {
    const { graph, runner } = this.#part;
    const { facts, pct } = runner;
    const coverage = coverageOf(graph, runner, this.#past);
    return { ...facts, coverage, ...(pct === undefined ? {} : { pct }), found };
  }

  #found(stopReason: StopReason): Found {
    const { graph, runner } = this.#part;
    const { steps, parts } = graph;
    return {
      complete: false,
      stopReason,
      endsStopReason: stopReason,
      generated: parts.initial.length + steps,
      levels: runner.longest + 1,
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
  for (;;) {
    while (!simulation.advance(1 << 20));
    if (!simulation.isFull) return simulation.result();
    simulation.forget();
  }
}
