import { shellWord } from '../report/shell-words.ts';
import type { AnyPoint } from '../spec/parameters.ts';
import { type Found, runsOf } from './found-runs.ts';
import { messageOf } from './message-of.ts';
import type { Models } from './models.ts';
import type { PageData, PageResult, PageTrace } from './page-data.ts';
import type { Budgets } from './read-address.ts';
import { type Place, pointFrom, type ReadPlace, settingsOf } from './share-link.ts';
import { branched, goesOn, scheduleOf, type Walk, type WalkStep, walkOf } from './walk.ts';
import type { Refused, Walker } from './walker.ts';

/** What the page shows: a model at a point, a walk, and a place in that walk. */
export interface Session {
  /** The id of the model. */
  readonly model: string;
  readonly point: AnyPoint;
  /** Fault budgets that the user chose in place of the scenario's own. */
  readonly faults: Budgets;
  /** Undefined where the model is not loaded, and where the point does not exist. */
  readonly walker: Walker | undefined;
  readonly walk: Walk;
  readonly at: number;
  /** The run of a check that the page shows, with its own steps; undefined while exploring. */
  readonly found: { readonly run: Found; readonly walk: Walk } | undefined;
  /** One sentence about something that could not be done. */
  readonly notice: string | undefined;
}

/**
 * The session with which a page begins: at the place in its address, or at the first run. Until the
 * models are loaded it can show only a run whose steps the page contains. Otherwise it is empty
 * until `withModels`.
 */
export function firstSession(
  data: PageData,
  models: Models | undefined,
  read: ReadPlace | undefined,
): Session {
  const [first] = runsOf(data.results);
  if (read === undefined && first !== undefined) return openRun(models, first);
  const [result] = data.results;
  if (read === undefined && result !== undefined) return openResult(models, result);
  const model = read === undefined ? data.model : (first?.result.model ?? data.model);
  const scenario = models?.scenarios.get(model);
  const { place, problems = [] } = read ?? {};
  const asked = scenario === undefined ? undefined : pointFrom(scenario, place?.set ?? {});
  const all = [...problems, ...(asked?.problems ?? [])];
  if (all.length > 0) return noSuchPlace(model, all);
  const setup = { model, point: asked?.point ?? {}, faults: place?.faults ?? {} };
  return openPoint(models, setup, place);
}

/**
 * A session that shows nothing, because a user could take any other place for the one in the
 * address.
 */
function noSuchPlace(model: string, problems: readonly string[]): Session {
  const notice = `The address of this page names a place that does not exist: ${problems.join('; ')}.`;
  return { ...nothing, model, point: {}, faults: {}, notice };
}

/**
 * The session once the models are loaded, so that the user can take steps. `place` is the one in
 * the address.
 */
export function withModels(
  session: Session,
  models: Models,
  data: PageData,
  read: ReadPlace | undefined,
): Session {
  const { found } = session;
  if (found === undefined) {
    const result = data.results.find((each) => isAbout(each, session));
    const isChosen = read === undefined && result !== undefined;
    return isChosen ? openResult(models, result) : firstSession(data, models, read);
  }
  const { walker, notice } = openRun(models, found.run);
  return { ...session, walker, notice: session.notice ?? notice };
}

/** A session for a model at a point, in the initial state or along the schedule of a place. */
export function openPoint(
  models: Models | undefined,
  setup: Pick<Session, 'model' | 'point' | 'faults'>,
  place?: Place,
): Session {
  const scenario = models?.scenarios.get(setup.model);
  if (models === undefined || scenario === undefined) return { ...nothing, ...setup };
  try {
    const walker = models.walker(scenario, setup.point, setup.faults);
    const { length } = walker.initial;
    const init = place?.init ?? 0;
    if (init >= length) {
      const there = `there ${length === 1 ? 'is 1' : `are ${length}`}, counted from 0`;
      return noSuchPlace(setup.model, [`there is no initial state ${init}: ${there}`]);
    }
    const { walk, refused } = walker.follow(place?.schedule ?? [], init);
    return {
      ...nothing,
      ...setup,
      point: walker.point,
      walker,
      walk: { ...walk, ...goesOn(walk, place) },
      at: Math.min(place?.at ?? 0, walk.steps.length),
      notice: refused === undefined ? undefined : refusal(refused),
    };
  } catch (error) {
    return { ...nothing, ...setup, notice: messageOf(error) };
  }
}

/** A session for a run of a check; at its end where it violates a property. */
export function openRun(models: Models | undefined, run: Found): Session {
  const { result, trace, property } = run;
  const { model, parameters: point, faults = {} } = result;
  const scenario = models?.scenarios.get(model);
  let walker: Walker | undefined;
  let notice = trace.refused === undefined ? undefined : refusal(trace.refused);
  try {
    walker = scenario === undefined ? undefined : models?.walker(scenario, point, faults);
  } catch (error) {
    notice = messageOf(error);
  }
  const walk = givenWalk(trace) ?? followed(walker, trace);
  const at = property.verdict === 'violated' ? walk.steps.length : 0;
  return { model, point, faults, walker, walk, at, found: { run, walk }, notice };
}

/** A session for a point that was checked: at its first run, or in its initial state. */
export function openResult(models: Models | undefined, result: PageResult): Session {
  const [run] = runsOf([result]);
  if (run !== undefined) return openRun(models, run);
  const { model, parameters: point, faults = {} } = result;
  return openPoint(models, { model, point, faults });
}

/** The same walk, at another step. */
export function goTo(session: Session, at: number): Session {
  const last = session.walk.steps.length;
  // The reason why there is no walk stays true.
  const notice = isNowhere(session) ? session.notice : undefined;
  return { ...session, at: Math.max(0, Math.min(at, last)), notice };
}

/**
 * Takes a step from the current one. If it is the next step of the walk, the walk stays as it is.
 */
export function take(session: Session, step: WalkStep): Session {
  const { walk, at } = session;
  const same = walk.steps[at]?.entry === step.entry;
  return {
    ...session,
    walk: same ? walk : branched(walk, at, step),
    at: at + 1,
    notice: undefined,
  };
}

/** Returns from exploring to the run at which it began. */
export function backToFound(session: Session): Session {
  const { found } = session;
  if (found === undefined) return session;
  const at = Math.min(session.at, found.walk.steps.length);
  return { ...session, walk: found.walk, at, notice: undefined };
}

/** True where the session shows nothing, because the point or the model is missing. */
export function isNowhere({ walker, found }: Session): boolean {
  return walker === undefined && found === undefined;
}

/** True while the walk equals the run of the check. */
export function isAsFound({ walk, found }: Session): boolean {
  return found !== undefined && walk === found.walk;
}

/**
 * The number of the first step that differs from the run of the check; undefined when none does, or
 * without such a run.
 */
export function ownFrom({ walk, found }: Session): number | undefined {
  if (found === undefined || walk === found.walk) return undefined;
  const own = walk.steps.findIndex((step, i) => step.entry !== found.walk.steps[i]?.entry);
  return own < 0 ? undefined : own + 1;
}

/** The role of a step in why the run fails; undefined where that is unknown. */
export function roleOf(session: Session, at: number): 'races' | 'irrelevant' | undefined {
  const why = session.found?.run.trace.why;
  const own = ownFrom(session);
  if (why === undefined || (own !== undefined && at >= own)) return undefined;
  if (why.races.some(({ first, second }) => first === at || second === at)) return 'races';
  return why.irrelevant.includes(at) ? 'irrelevant' : undefined;
}

/** True when some property fails after `at` steps, as far as the page knows. */
export function isBad(session: Session, at: number): boolean {
  const { walker, walk } = session;
  if (isAsFound(session) && at === failingStep(session)) return true;
  // A report already has the failing properties along its own runs.
  const told = at === 0 ? walk.fails : walk.steps[at - 1]?.fails;
  if (told !== undefined || walker === undefined) return (told ?? []).length > 0;
  const step = walk.steps[at - 1] ?? walk.init;
  const memo = badStates.get(walker) ?? new WeakMap<object, boolean>();
  badStates.set(walker, memo);
  const bad = memo.get(step) ?? anyFails(walker, walk, at);
  memo.set(step, bad);
  return bad;
}

/** True if a check asked about the point of this session. */
export function isAbout({ model, parameters, faults = {} }: PageResult, session: Session): boolean {
  return (
    model === session.model &&
    Object.entries(parameters).every(([name, value]) => session.point[name] === value) &&
    sameBudgets(faults, session.faults)
  );
}

function sameBudgets(some: Budgets, others: Budgets): boolean {
  const names = new Set([...Object.keys(some), ...Object.keys(others)]);
  return [...names].every((name) => some[name] === others[name]);
}

/** Keeps the answer for each step, because the list draws its rows again at every scroll. */
const badStates = new WeakMap<Walker, WeakMap<object, boolean>>();

function anyFails(walker: Walker, walk: Walk, at: number): boolean {
  try {
    return walker.truths(walk, at).some(({ truth }) => truth === 'fails');
  } catch {
    // `truths` shows this error when the user goes to the step.
    return false;
  }
}

/** The last step of a counterexample, if that is finite. */
function failingStep({ found }: Session): number | undefined {
  if (found === undefined || found.run.property.verdict !== 'violated') return undefined;
  return found.walk.loopsTo === undefined ? found.walk.steps.length : undefined;
}

/** The place to which a link leads back. */
export function placeOf({ walker, point, faults, walk, at }: Session): Place {
  const set = walker === undefined ? {} : settingsOf(walker.scenario, point);
  const { initIndex: init, loopsTo, stops } = walk;
  return {
    ...{ set, faults, init, at, schedule: scheduleOf(walk) },
    ...(loopsTo === undefined ? {} : { loopsTo }),
    ...(stops === undefined ? {} : { stops }),
  };
}

const emptyWalk: Walk = {
  init: { state: {}, processes: {}, faults: {} },
  initIndex: 0,
  steps: [],
};

/** The fields of a session that shows nothing. */
const nothing = {
  walker: undefined,
  walk: emptyWalk,
  at: 0,
  found: undefined,
  notice: undefined,
};

/** The steps as the report has them; undefined when it has only a schedule. */
function givenWalk(trace: PageTrace): Walk | undefined {
  const { init, steps } = trace;
  return init === undefined || steps === undefined ? undefined : walkOf({ ...trace, init, steps });
}

/** The run of a schedule, as far as the model follows it. */
function followed(
  walker: Walker | undefined,
  { schedule, initIndex, loopsTo, stops }: PageTrace,
): Walk {
  const walk = walker?.follow(schedule, initIndex).walk ?? emptyWalk;
  return { ...walk, ...goesOn(walk, { schedule, loopsTo, stops }) };
}

function refusal({ step, entry, enabled }: Refused): string {
  const instead =
    enabled.length === 0
      ? 'Nothing is: no run goes on from there.'
      : `Enabled there: ${enabled.map(shellWord).join(' ')}`;
  return `This schedule does not replay on the present model: step ${step}, '${entry}', is not enabled. ${instead}`;
}
