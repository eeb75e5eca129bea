import { setImmediate } from 'node:timers/promises';
import type { LoadCurve } from '../../report/diagram/load-svg.ts';
import { count } from '../../report/figures.ts';
import { problemLines } from '../../report/problem-text.ts';
import { headline } from '../../report/result-text.ts';
import { shownPoint } from '../../report/shown-point.ts';
import { timedLines } from '../../report/timed-text.ts';
import { type TimedAnswer, TimedSimulation } from '../../simulate/timed/timed.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { faultBudgets } from '../arguments/fault-budgets.ts';
import { refuseSameFile } from '../arguments/same-file.ts';
import { fileOf } from '../loading/find-scenarios.ts';
import { writeText } from '../reports/write-report.ts';
import { bounded } from '../searching/bounded.ts';
import type { Job } from '../searching/jobs.ts';
import { problemAt, problemFrom } from '../searching/problem.ts';
import { type ExitCode, exitCodes, worstOf } from '../system/exit-code.ts';
import { makeMeter } from '../system/meter.ts';
import { type Stop, stopOnSignal } from '../system/stop.ts';
import { errorLook, outputLook, printError, printFound, printJson } from '../system/terminal.ts';
import { checkJobs } from './check-jobs.ts';
import type { SimulateFlags } from './simulate.ts';

/** The intended length of a piece in milliseconds; signals get their turn between pieces. */
const pieceMs = 50;
/** Seconds for one exact solution, or as many rounds as an answer needs. */
const answerSeconds = 600;
/** The loads of a curve, in requests an hour, by factors of the square root of ten. */
const loads = [1, 3.16, 10, 31.6, 100, 316, 1_000, 3_160, 10_000];

/**
 * `racewright simulate --timed`: how often each property of states fails, at each point. Throws
 * CliUsageError.
 */
export async function timedCommand(
  names: readonly string[],
  flags: SimulateFlags & { readonly seed: number },
): Promise<ExitCode> {
  refuseSameFile([{ name: 'svg', file: flags.svg }], names.map(fileOf));
  const { jobs, broken } = await checkJobs(names, { ...flags, require: [] });
  if (flags.svg !== undefined && jobs.length > 1) {
    throw new CliUsageError({
      what: 'a curve is drawn at one point only',
      where: '--svg',
      mend: 'Name one scenario, and give each parameter one value.',
    });
  }
  const stop = stopOnSignal();
  const answers: TimedAnswer[] = [];
  const problems = broken.map(({ problem }) => problem);
  for (const job of jobs) {
    if (stop.requested) break;
    try {
      answers.push(await answered(job, flags, stop));
      if (!flags.json && job !== jobs.at(-1)) printFound(['']);
    } catch (error) {
      if (error instanceof CliUsageError) throw error;
      problems.push(problemAt(job, problemFrom(error)));
    }
  }
  report(answers, problems, flags);
  return worstOf([
    ...answers.map(() => exitCodes.asExpected),
    ...problems.map(() => exitCodes.wrongUsage),
    ...(stop.requested ? [exitCodes.undecided] : []),
  ]);
}

/** Prints the answer of one point, and draws its curve. */
async function answered(
  job: Job,
  flags: SimulateFlags & { readonly seed: number },
  stop: Stop,
): Promise<TimedAnswer> {
  const simulation = await simulated(job, flags, stop);
  const answer = await finished(simulation, stop);
  if (!flags.json) printFound(linesOf(job, answer));
  if (flags.svg !== undefined) writeText(await curveOf(job, answer, simulation), flags.svg);
  return answer;
}

/** Draws up the answer in pieces, so that signals get their turn. */
async function finished(simulation: TimedSimulation, stop: Stop): Promise<TimedAnswer> {
  const answering = simulation.answering(stop);
  const meter = makeMeter();
  try {
    for (let pieces = 0; ; pieces++) {
      const { done, value } = bounded(() => answering.next(), 'the answer', answerSeconds);
      if (done) return value;
      meter.show(() => `${count(pieces, 'duration')} halved and doubled`);
      await setImmediate();
    }
  } finally {
    meter.clear();
  }
}

function report(
  answers: readonly TimedAnswer[],
  problems: readonly SpecProblem[],
  { json }: SimulateFlags,
): void {
  if (json) {
    const errors = problems.length === 0 ? {} : { errors: problems };
    printJson({ format: 'racewright/timed', version: 1, answers, ...errors });
  } else for (const problem of problems) printError(problemLines(problem, errorLook()));
}

async function simulated(
  { scenario, point }: Job,
  { runs, seed, rate, faults }: SimulateFlags & { readonly seed: number },
  stop: Stop,
): Promise<TimedSimulation> {
  const options = {
    parameters: point,
    ...(faults === undefined ? {} : { faults: faultBudgets(scenario, point, faults) }),
    perHour: rate,
    rounds: runs,
    seed,
  };
  const make = () => new TimedSimulation(scenario, options);
  const simulation = bounded(make, 'the search for timed states', answerSeconds);
  const meter = makeMeter();
  let done = 0;
  for (let piece = 1; ; ) {
    const began = performance.now();
    if (bounded(() => simulation.advance(piece), 'a round', answerSeconds)) break;
    done += piece;
    const took = performance.now() - began;
    if (took > pieceMs) piece = Math.max(1, piece >> 1);
    else if (took < pieceMs / 2) piece *= 2;
    meter.show(() => `${scenario.name}: ${count(done, 'round')}`);
    await setImmediate();
    if (stop.requested) break;
  }
  meter.clear();
  return simulation;
}

function linesOf({ scenario, point }: Job, answer: TimedAnswer): string[] {
  const look = outputLook();
  const head = headline(scenario.name, shownPoint(scenario, point), look);
  return [...head, ...timedLines(answer, look)];
}

async function curveOf(
  { scenario, point }: Job,
  { likelihoods }: TimedAnswer,
  simulation: TimedSimulation,
): Promise<string> {
  const { loadSvg } = await import('../../report/diagram/load-svg.ts');
  const curves = likelihoods.flatMap(({ property, perRequest, exact }, i): LoadCurve[] => {
    if ((exact?.perRequest ?? perRequest.value) === 0) return [];
    const at = (perHour: number) =>
      bounded(() => simulation.perRequest(i, { perHour }), 'a curve', answerSeconds).value;
    return [
      { name: property, points: loads.map((perHour) => ({ perHour, perRequest: at(perHour) })) },
    ];
  });
  const settings = Object.entries(shownPoint(scenario, point)).map(
    ([name, value]) => `${name}=${value}`,
  );
  if (curves.length === 0) {
    throw new CliUsageError({
      what: 'no property failed, so there is no curve to draw',
      where: '--svg',
    });
  }
  return loadSvg([scenario.name, ...settings].join(' '), curves);
}
