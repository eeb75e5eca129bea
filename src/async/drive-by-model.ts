import { check } from '../checker/check.ts';
import type { Trace } from '../checker/result/result.ts';
import { parseEntry } from '../checker/result/schedule-entry.ts';
import { type CodeModel, withoutPicks } from './conform/code-model.ts';
import { kitOf } from './kit/kit.ts';
import { type Body, type ExploreOptions, type Settings, settingsOf } from './options.ts';
import { failureText } from './report/failure-text.ts';
import { entryOf, preferred } from './schedule/entry.ts';
import type { Choice } from './schedule/parked.ts';
import type { Chooser, Run } from './schedule/run.ts';
import { runSchedule } from './schedule/run-schedule.ts';

/** What the code does in the order of a counterexample of the model. */
export interface DrivenRun {
  /** The property of the model that the counterexample violates. */
  readonly property: string;
  /** The schedule of the model. */
  readonly modelSchedule: readonly string[];
  /** The schedule of the code, as far as it went. */
  readonly schedule: readonly string[];
  /**
   * `seen`: the code follows to the end, and is then in the state of the counterexample.
   * `refuted`: it cannot follow, comes to another state, or goes on where the run of the model
   * stops for ever. `undecided`: it follows a run that repeats steps for ever as far as it goes.
   */
  readonly outcome: 'seen' | 'refuted' | 'undecided';
  /** Why it is not seen, or how the body fails at the end; empty where it passes. */
  readonly why: string;
}

export interface DrivenRuns {
  /** The verdict of the model: where it `holds` there is nothing to follow. */
  readonly verdict: 'holds' | 'violated' | 'undecided';
  readonly runs: readonly DrivenRun[];
}

/**
 * Checks the model, and runs the body in the order of each counterexample. The body calls
 * `kit.conforms(model, …)`, so that states can be compared.
 *
 * Throws what `check` throws, and a UsageError for wrong options.
 */
export async function driveByModel(
  model: CodeModel,
  body: Body,
  options: Pick<ExploreOptions, 'callTimeout' | 'stepsMax'> = {},
): Promise<DrivenRuns> {
  const settings = settingsOf(options);
  const { parameters, faults } = model.options;
  const result = check(model.scenario, {
    ...(parameters === undefined ? {} : { parameters }),
    ...(faults === undefined ? {} : { faults }),
  });
  const runs: DrivenRun[] = [];
  for (const { name, kind, verdict, trace } of result.properties) {
    if (verdict !== 'violated' || trace === undefined) continue;
    const counterexample = { property: name, isStuck: kind === 'deadlock', trace };
    runs.push(await drive(model, body, counterexample, settings));
  }
  return { verdict: result.verdict, runs };
}

interface Counterexample {
  readonly property: string;
  /** True where the model can never come to its end. */
  readonly isStuck: boolean;
  readonly trace: Trace;
}

async function drive(
  model: CodeModel,
  body: Body,
  counterexample: Counterexample,
  { callTimeout, stepsMax }: Settings,
): Promise<DrivenRun> {
  const { property, trace } = counterexample;
  const driver = new Driver(model, trace.schedule);
  const run = await runSchedule((schedule) => body(kitOf(schedule, () => {})), driver, {
    faults: {},
    ticks: Number.POSITIVE_INFINITY,
    isWatched: true,
    callTimeout,
    stepsMax,
  });
  const schedule = run.steps.map(({ entry }) => entry);
  const refuted = whyRefuted(run, driver, trace) ?? whyGoesOn(run, driver, counterexample);
  const end = run.failure === undefined ? '' : failureText(run.failure);
  const common = { property, modelSchedule: trace.schedule, schedule };
  if (refuted !== undefined) return { ...common, outcome: 'refuted', why: refuted };
  if (trace.loopsTo !== undefined) return { ...common, outcome: 'undecided', why: LOOPS };
  return { ...common, outcome: 'seen', why: end };
}

const LOOPS =
  'the model repeats its last steps for ever; the code took them once, and its schedule ends';

/** Why the code goes on where the model stops for ever, or cannot come to its end. */
function whyGoesOn(
  run: Run,
  driver: Driver,
  { isStuck, trace }: Counterexample,
): string | undefined {
  if (trace.stops === true && driver.goesOn !== undefined) {
    return `the model stops for ever, and the code goes on with ${driver.goesOn}`;
  }
  if (!isStuck || run.failure?.kind === 'deadlock') return undefined;
  return `the model cannot come to its end, and the code does: ${failureText(run.failure)}`;
}

/** Why a run of the code is not the one of the counterexample; undefined where it is. */
function whyRefuted(run: Run, driver: Driver, trace: Trace): string | undefined {
  if (driver.missing !== undefined) return driver.missing;
  const [next] = driver.left();
  if (next !== undefined) {
    const after = failureText(run.failure);
    return `the run of the code ends before ${next}: ${after}`;
  }
  const code = run.states[driver.lastAt ?? 0];
  if (code === undefined) return 'the body does not call kit.conforms, so that no states are known';
  const last = trace.steps.at(-1)?.state ?? trace.init;
  const odd = Object.entries(code).find(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(last.state[field]),
  );
  if (odd === undefined) return undefined;
  const [field, value] = odd;
  return `${field} is ${JSON.stringify(value)} in the code, and ${JSON.stringify(last.state[field])} in the model`;
}

/** Follows the steps of the model that the code shows, and takes unmodelled ones where needed. */
class Driver implements Chooser {
  readonly #model: CodeModel;
  readonly #left: string[];
  /** Why the code cannot follow. */
  missing: string | undefined;
  /** The first step of the model that the code takes after the counterexample. */
  goesOn: string | undefined;
  /** The number of steps of the code after which the counterexample has ended. */
  lastAt: number | undefined;

  constructor(model: CodeModel, schedule: readonly string[]) {
    this.#model = model;
    this.#left = schedule.map(withoutPicks);
  }

  /** The steps that the code has not taken and should have. */
  left(): readonly string[] {
    return this.#left.filter((entry) => !this.#model.isSilent({ entry }));
  }

  choose(choices: readonly Choice[], steps: Run['steps']): Choice | undefined {
    const named = choices.map((choice) => [choice, this.#model.entryOf(entryOf(choice))] as const);
    const isPossible = (entry: string) => named.some(([, name]) => name === entry);
    let next = this.#left[0];
    // The code may show a silent step all the same.
    while (next !== undefined && this.#model.isSilent({ entry: next }) && !isPossible(next)) {
      this.#left.shift();
      next = this.#left[0];
    }
    if (next === undefined) {
      const chosen = preferred(choices, steps.at(-1)?.choice.parked);
      if (chosen !== undefined) this.goesOn ??= this.#model.entryOf(entryOf(chosen));
      return chosen;
    }
    const meant = named.find(([, name]) => name === next)?.[0];
    if (meant !== undefined) {
      this.#left.shift();
      this.lastAt = steps.length + 1;
      return meant;
    }
    const free = named.filter(([, name]) => name === undefined).map(([choice]) => choice);
    const { actor } = parseEntry(next) ?? {};
    const chosen = free.find(({ parked }) => parked.task === actor) ?? free[0];
    if (chosen !== undefined) return chosen;
    const possible = choices.map(entryOf).join(' ');
    this.missing = `the code cannot take ${next} after ${steps.length} steps; it can take ${possible}`;
    return undefined;
  }
}
