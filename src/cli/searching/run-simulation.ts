import { setImmediate } from 'node:timers/promises';
import type { Result } from '../../checker/result/result.ts';
import type { Coverage } from '../../checker/result/simulated.ts';
import type { StopReason } from '../../checker/result/stop-reason.ts';
import { count } from '../../report/figures.ts';
import type { SimulateOptions } from '../../simulate/options.ts';
import { Simulation } from '../../simulate/simulation.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { Headroom } from '../system/headroom.ts';
import { makeMeter } from '../system/meter.ts';
import { muted } from '../system/muted.ts';
import type { Stop } from '../system/stop.ts';
import { bounded } from './bounded.ts';
import type { Job } from './jobs.ts';
import { problemAt, problemFrom } from './problem.ts';
import type { Outcome } from './run-one.ts';
import { runSearch } from './run-search.ts';
import type { Searched } from './search-run.ts';

export interface SimulationOptions {
  readonly simulate: SimulateOptions;
  /** Seconds of wall time for the runs. */
  readonly secondsMax: number | undefined;
  /** The largest number of states that an exhaustive search counts afterwards; 0 for none. */
  readonly exactStatesMax: number;
  /** Loads the scenario from a second copy of its module, which is compared. */
  readonly copy: () => Promise<Scenario | undefined>;
}

/** What a simulation found, and the error that ended it, if one did. */
interface Simulated {
  readonly timed: Searched | undefined;
  readonly error?: unknown;
}

/** Simulates one point. Throws CliUsageError only: what breaks it is told beside what it found. */
export async function simulated(
  job: Job,
  options: () => SimulationOptions,
  stop: Stop,
): Promise<Outcome> {
  try {
    const { timed, error } = await runSimulation(job, options(), stop);
    return {
      ...(timed === undefined ? {} : { searched: timed }),
      ...(error === undefined ? {} : { problem: problemAt(job, problemFrom(error)) }),
    };
  } catch (error) {
    if (error instanceof CliUsageError) throw error;
    return { problem: problemAt(job, problemFrom(error)) };
  }
}

/** The number of steps of the first piece, because one step may take a second. */
const pieceFirst = 1;
/** The intended length of a piece in seconds; signals and timers get their turn between pieces. */
const pieceSeconds = 0.05;
/** Seconds for the parts that draw up the result; each has this time for itself. */
const resultSeconds = 120;
/** Seconds for the exhaustive search that counts states. */
const exactSeconds = 20;

/**
 * Takes the runs of a simulation in pieces, until they end, `secondsMax` have passed, `stop` is
 * requested or memory is short. Throws what the simulation throws before its first step.
 */
async function runSimulation(
  { scenario }: Job,
  options: SimulationOptions,
  stop: Stop,
): Promise<Simulated> {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const simulation = bounded(() => new Simulation(scenario, options.simulate), 'the first state');
  try {
    const stopReason = await advanced(simulation, options, stop, seconds);
    const copy = await options.copy();
    if (copy !== undefined) {
      await muted(() => bounded(() => simulation.compareWith(copy), 'the comparison'));
    }
    const took = seconds();
    const result = bounded(() => simulation.result(stopReason), 'the result', resultSeconds + took);
    const counted = await withExact(scenario, result, options, stop);
    return { timed: timedOf(counted, took) };
  } catch (error) {
    return { timed: decidedOf(timedOf(simulation.known(), seconds())), error };
  }
}

async function advanced(
  simulation: Simulation,
  { secondsMax = Number.POSITIVE_INFINITY }: SimulationOptions,
  stop: Stop,
  seconds: () => number,
): Promise<StopReason | undefined> {
  const headroom = new Headroom();
  const meter = makeMeter();
  try {
    for (let piece = pieceFirst; ; ) {
      const before = seconds();
      if (hasEnded(simulation, piece, seconds)) return undefined;
      const took = seconds() - before;
      if (took > pieceSeconds) piece = Math.max(1, piece >> 1);
      else if (took < pieceSeconds / 2) piece *= 2;
      const { runs, steps, states } = simulation.progress();
      meter.show(() =>
        [count(runs, 'run'), count(steps, 'step'), count(states, 'state')].join(', '),
      );
      await setImmediate();
      if (stop.requested) return 'interrupted';
      if (seconds() > secondsMax) return undefined;
      const shortage = headroom.shortage(simulation.underWay.visited.growthBytes);
      if (shortage !== undefined) return shortage;
    }
  } finally {
    meter.clear();
  }
}

/** Takes some steps. Makes room where there is none. Returns true when all runs have ended. */
function hasEnded(simulation: Simulation, steps: number, seconds: () => number): boolean {
  if (!bounded(() => simulation.advance(steps), 'a step')) return false;
  if (!simulation.isFull) return true;
  bounded(() => simulation.forget(), 'the result', resultSeconds + seconds());
  return false;
}

/** The result with the exact numbers of states, where a search finds them within its budget. */
async function withExact(
  scenario: Scenario,
  result: Result,
  { exactStatesMax, simulate: { parameters, faults } }: SimulationOptions,
  stop: Stop,
): Promise<Result> {
  const { simulated } = result;
  if (simulated === undefined || simulated.coverage.judged > exactStatesMax || stop.requested) {
    return result;
  }
  const options = {
    ...(parameters === undefined ? {} : { parameters }),
    ...(faults === undefined ? {} : { faults }),
    statesMax: exactStatesMax,
    secondsMax: exactSeconds,
  };
  const search = await runSearch(scenario, options, stop, () => undefined);
  if (!search.result.complete) return result;
  const { atLeast: _bound, ...coverage } = simulated.coverage;
  const exact = exactOf(result, coverage, search);
  return { ...result, simulated: { ...simulated, coverage: { ...coverage, exact } } };
}

function exactOf(
  { generated, properties }: Result,
  { transitions, labels }: Coverage,
  { result, labels: all = labels }: Searched,
): NonNullable<Coverage['exact']> {
  // Both count the initial states among what was generated.
  const initial = generated - transitions;
  const open = new Set(
    properties.filter(({ verdict }) => verdict === 'undecided').map(({ name }) => name),
  );
  return {
    states: result.states,
    transitions: result.generated - initial,
    labels: all,
    missed: result.properties
      .filter(({ name, verdict }) => verdict === 'violated' && open.has(name))
      .map(({ name }) => name),
  };
}

const timedOf = (result: Result, seconds: number): Searched => ({
  result,
  seconds,
  slotsRead: new Set(),
});

/** Undefined where no property was decided before the error. */
function decidedOf(timed: Searched): Searched | undefined {
  const isDecided = timed.result.properties.some(({ verdict }) => verdict !== 'undecided');
  return isDecided ? timed : undefined;
}
