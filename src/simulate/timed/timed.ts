import { pointOf } from '../../checker/evaluate/point.ts';
import type { CheckOptions } from '../../checker/result/options.ts';
import { UsageError } from '../../checker/result/usage-error.ts';
import type { Duration, Durations } from '../../spec/duration.ts';
import type { AnyPoint, Parameters } from '../../spec/parameters.ts';
import type { StateProperty } from '../../spec/property.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { RandomSource } from '../random-source.ts';
import { type Estimate, Sums } from './estimate.ts';
import { exactNodesMax, exactRound, isMarkov } from './exact.ts';
import { checkRate, type Load } from './load.ts';
import { roundOf } from './rounds.ts';
import { TimedGraph } from './timed-graph.ts';

export interface TimedOptions<P extends Parameters = Parameters>
  extends Pick<CheckOptions<P>, 'parameters' | 'faults'> {
  /** Requests an hour of all processes together; each has the same share. 200 by default. */
  readonly perHour?: number | undefined;
  /** The number of rounds; 100,000 by default. */
  readonly rounds?: number | undefined;
  /** A whole number from 0 to 2³² - 1; 1 by default. */
  readonly seed?: number | undefined;
  /** Durations that replace those of the scenario. */
  readonly durations?: Durations | undefined;
}

/** How often a property fails. */
export interface Likelihood {
  readonly property: string;
  /** True where no state of any round violates it, whatever the durations and the load. */
  readonly isNever: boolean;
  /** The number of rounds in which it failed. */
  readonly hits: number;
  readonly perRequest: Estimate;
  readonly perDay: Estimate;
  /** The exact values, where all durations are exponential; else undefined. */
  readonly exact: { readonly perRequest: number; readonly perDay: number } | undefined;
  /**
   * Seconds: the property fails as often as if a request always failed when one of another process
   * arrived within so many seconds, and never otherwise. Undefined for a single process.
   */
  readonly window: number | undefined;
  /**
   * The probability for a request with each duration halved and doubled in turn. Empty where the
   * property did not fail; undefined where the answer was stopped before.
   */
  readonly sensitivity: readonly Sensitivity[] | undefined;
}

export interface Sensitivity {
  readonly step: string;
  readonly duration: Duration;
  /** Violations for each request. Where they are exact, `low` and `high` are the same. */
  readonly halved: Estimate;
  readonly doubled: Estimate;
}

/** The answer of a timed simulation. */
export interface TimedAnswer {
  readonly scenario: string;
  readonly parameters: AnyPoint;
  readonly seed: number;
  readonly perHour: number;
  readonly rounds: number;
  /** Rounds that ended because a request under way could not go on; all returns to the start. */
  readonly stuck: number;
  readonly requests: number;
  /** The simulated time. */
  readonly days: number;
  readonly processes: readonly string[];
  readonly likelihoods: readonly Likelihood[];
}

const day = 86_400;

/** A timed simulation that runs in pieces, so that its caller stays responsive. */
export class TimedSimulation {
  readonly #scenario: Scenario;
  readonly #options: TimedOptions;
  readonly #graph: TimedGraph;
  readonly #load: Load;
  readonly #seed: number;
  readonly #rounds: number;
  readonly #random: RandomSource;
  readonly #sums: Sums;
  /** Whether all nodes of a round were looked at. */
  readonly #isWhole: boolean;
  readonly #isExact: boolean;

  /**
   * Throws a UsageError for a step without a duration and for a rate that is no number above 0, and
   * a SpecError when the model is broken.
   */
  constructor(scenario: Scenario, options: TimedOptions = {}) {
    const { parameters, faults, perHour = 200, seed = 1, rounds = 100_000 } = options;
    const durations = { ...scenario.durations, ...options.durations };
    this.#scenario = scenario;
    this.#options = options;
    this.#load = { perHour: checkRate(perHour), durations };
    this.#seed = seed;
    this.#rounds = checkRounds(rounds);
    this.#random = new RandomSource(seed);
    const asked = {
      ...(parameters === undefined ? {} : { parameters }),
      ...(faults === undefined ? {} : { faults }),
    };
    this.#graph = new TimedGraph(scenario, asked, durations);
    this.#isWhole = this.#graph.explore(exactNodesMax);
    this.#isExact = this.#isWhole && isMarkov(durations, this.#graph.steps);
    this.#sums = new Sums(this.#graph.properties.length);
  }

  /** Simulates up to so many rounds. Returns true when all are done. */
  advance(rounds: number): boolean {
    for (let i = 0; i < rounds && this.#sums.rounds < this.#rounds; i++) {
      this.#sums.add(roundOf(this.#graph, this.#load, this.#random));
    }
    return this.#sums.rounds === this.#rounds;
  }

  /** The answer from the rounds so far. */
  answer(): TimedAnswer {
    const answering = this.answering({ requested: false });
    for (;;) {
      const { done, value } = answering.next();
      if (done) return value;
    }
  }

  /** The same in pieces. Once `stop` is requested, no further sensitivity is computed. */
  *answering(stop: { readonly requested: boolean }): Generator<undefined, TimedAnswer> {
    const sums = this.#sums;
    const { properties, processes } = this.#graph;
    const likelihoods: Likelihood[] = [];
    for (const [property] of properties.entries()) {
      likelihoods.push(yield* this.#likelihood(property, stop));
    }
    return {
      scenario: this.#scenario.name,
      parameters: pointOf(this.#scenario, this.#options.parameters),
      seed: this.#seed,
      perHour: this.#load.perHour,
      rounds: sums.rounds,
      stuck: sums.stuck,
      requests: sums.requests,
      days: sums.seconds / day,
      processes,
      likelihoods,
    };
  }

  /**
   * Violations of a property for each request at another load: exact where all durations are
   * exponential, else from as many rounds as the load of the simulation had, with the same seed.
   */
  perRequest(property: number, load: Partial<Load>): Estimate {
    const asked = { ...this.#load, ...load };
    const exact = this.#exact(property, asked)?.perRequest;
    if (exact !== undefined) return { value: exact, low: exact, high: exact };
    const random = new RandomSource(this.#seed);
    const sums = new Sums(this.#graph.properties.length);
    while (sums.rounds < this.#sums.rounds) sums.add(roundOf(this.#graph, asked, random));
    return sums.perRequest(property);
  }

  *#likelihood(
    property: number,
    stop: { readonly requested: boolean },
  ): Generator<undefined, Likelihood> {
    const { properties, processes } = this.#graph;
    const perRequest = this.#sums.perRequest(property);
    const exact = this.#exact(property, this.#load);
    yield;
    const likely = exact?.perRequest ?? perRequest.value;
    return {
      property: (properties[property] as StateProperty).name,
      isNever: this.#isWhole && !this.#graph.mayFail(property),
      hits: this.#sums.hits(property),
      perRequest,
      perDay: scaled(this.#sums.perSecond(property), day),
      exact,
      window: windowOf(likely, this.#load.perHour, processes.length),
      sensitivity: likely === 0 ? [] : yield* this.#sensitivity(property, stop),
    };
  }

  /** Undefined where a value is not known, or is too small to be told from 0. */
  #exact(property: number, load: Load): { perRequest: number; perDay: number } | undefined {
    if (!this.#isExact) return undefined;
    const round = exactRound(this.#graph, load, property);
    if (round === undefined) return undefined;
    const { violated, requests, seconds } = round;
    if (violated === 0 && this.#graph.mayFail(property)) return undefined;
    const exact = { perRequest: violated / requests, perDay: (violated / seconds) * day };
    return Object.values(exact).every(Number.isFinite) ? exact : undefined;
  }

  *#sensitivity(
    property: number,
    stop: { readonly requested: boolean },
  ): Generator<undefined, readonly Sensitivity[] | undefined> {
    const { durations } = this.#load;
    const all: Sensitivity[] = [];
    for (const step of this.#graph.steps) {
      if (stop.requested) return undefined;
      const duration = durations[step] as Duration;
      const at = (factor: number): Estimate =>
        this.perRequest(property, {
          durations: { ...durations, [step]: longer(duration, factor) },
        });
      all.push({ step, duration, halved: at(0.5), doubled: at(2) });
      yield;
    }
    return all;
  }
}

/** A duration that is longer by a factor. */
function longer(duration: Duration, factor: number): Duration {
  const mean = duration.mean * factor;
  if (duration.kind !== 'uniform') return { ...duration, mean };
  return { ...duration, mean, from: duration.from * factor, to: duration.to * factor };
}

function checkRounds(rounds: number): number {
  if (Number.isSafeInteger(rounds) && rounds >= 1) return rounds;
  throw new UsageError(`rounds is ${rounds}`, 'Give a whole number from 1 and up.');
}

/**
 * The seconds after a request within which one of another process arrives with this probability.
 */
function windowOf(probability: number, perHour: number, processes: number): number | undefined {
  const others = ((perHour / 3600) * (processes - 1)) / processes;
  return others === 0 ? undefined : -Math.log(1 - Math.min(probability, 1 - 1e-12)) / others;
}

const scaled = ({ value, low, high }: Estimate, by: number): Estimate => ({
  value: value * by,
  low: low * by,
  high: high * by,
});

/**
 * Simulates requests and steps with durations, event by event, and says how often each `always` and
 * `never` fails. Throws a UsageError for a step without a duration and for a rate that is no number
 * above 0, and a SpecError when the model is broken.
 */
export function simulateTimed<P extends Parameters>(
  scenario: Scenario<P>,
  options?: TimedOptions<NoInfer<P>>,
): TimedAnswer;
export function simulateTimed(scenario: Scenario, options: TimedOptions = {}): TimedAnswer {
  const simulation = new TimedSimulation(scenario, options);
  while (!simulation.advance(10_000));
  return simulation.answer();
}
