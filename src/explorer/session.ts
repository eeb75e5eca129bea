import { shellWord } from '../report/shell-words.ts';
import type { AnyPoint } from '../spec/parameters.ts';
import { type Found, runsOf } from './found-runs.ts';
import { messageOf } from './message-of.ts';
import type { Models } from './models.ts';
import type { PageData, PageResult, PageTrace } from './page-data.ts';
import type { Budgets } from './read-address.ts';
import { type Place, pointFrom, type ReadPlace, settingsOf } from './share-link.ts';
import { branched, goesOn, type Walk, type WalkStep, walkOf, wordsOf } from './walk.ts';
import type { Refused, Walker } from './walker.ts';

/** What the page looks at: a model at a point, a walk through it, and a place in that walk. */
export interface Session {
  /** Its id. */
  readonly model: string;
  readonly point: AnyPoint;
  /** Budgets of faults that were chosen in place of the scenario's own. */
  readonly faults: Budgets;
  /** Undefined where the model is not in the page, or not yet; and where there is no such point. */
  readonly walker: Walker | undefined;
  readonly walk: Walk;
  readonly at: number;
  /** The run that is being looked at, with its own steps; undefined while exploring. */
  readonly found: { readonly run: Found; readonly walk: Walk } | undefined;
  /** What could not be done, in a sentence. */
  readonly notice: string | undefined;
}

/**
 * The session with which a page begins: at the place that its address names, else at the first run.
 * Without the models, which come later, a run can be looked at if the page tells its steps;
 * anything else is empty until `withModels`.
 */
export function firstSession(
  data: PageData,
  models: Models | undefined,
  read: ReadPlace | undefined,
): Session {
  const [first] = runsOf(data.results);
  if (read === undefined && first !== undefined) return openRun(models, first);
  const model = read === undefined ? data.model : (first?.result.model ?? data.model);
  const scenario = models?.scenarios.get(model);
  const { place, problems = [] } = read ?? {};
  const asked = scenario === undefined ? undefined : pointFrom(scenario, place?.set ?? {});
  const all = [...problems, ...(asked?.problems ?? [])];
  if (all.length > 0) return noSuchPlace(model, all);
  const setup = { model, point: asked?.point ?? {}, faults: place?.faults ?? {} };
  return openPoint(models, setup, place);
}

/** Nothing is looked at: any other place could be taken for the one that the address names. */
function noSuchPlace(model: string, problems: readonly string[]): Session {
  const notice = `The address of this page names a place that does not exist: ${problems.join('; ')}.`;
  return { ...nothing, model, point: {}, faults: {}, notice };
}

/**
 * The same session when the models have come: now one can walk in it. `place` is what the address
 * of the page named.
 */
export function withModels(
  session: Session,
  models: Models,
  data: PageData,
  read: ReadPlace | undefined,
): Session {
  const { found } = session;
  if (found === undefined) return firstSession(data, models, read);
  const { walker, notice } = openRun(models, found.run);
  return { ...session, walker, notice: session.notice ?? notice };
}

/** Looks at a model at a point, from its first state or along the words of a place. */
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

/** Looks at a run that a check found, at its end if it violates something. */
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

/** The same walk, looked at after another number of steps. */
export function goTo(session: Session, at: number): Session {
  const last = session.walk.steps.length;
  // Why nothing can be walked stays true.
  const notice = isNowhere(session) ? session.notice : undefined;
  return { ...session, at: Math.max(0, Math.min(at, last)), notice };
}

/**
 * Takes a step from where the walk is looked at. If the walk goes on with that very step, it is
 * kept.
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

/** Leaves the exploration and looks at the run from which it set out. */
export function backToFound(session: Session): Session {
  const { found } = session;
  if (found === undefined) return session;
  const at = Math.min(session.at, found.walk.steps.length);
  return { ...session, walk: found.walk, at, notice: undefined };
}

/** True where nothing is looked at: there is no such point, or no model to walk in. */
export function isNowhere({ walker, found }: Session): boolean {
  return walker === undefined && found === undefined;
}

/** True while the walk is the run that was found, from end to end. */
export function isAsFound({ walk, found }: Session): boolean {
  return found !== undefined && walk === found.walk;
}

/**
 * The first step, counted from 1, that is not the found run's; undefined when all are, or there is
 * none.
 */
export function ownFrom({ walk, found }: Session): number | undefined {
  if (found === undefined || walk === found.walk) return undefined;
  const own = walk.steps.findIndex((step, i) => step.entry !== found.walk.steps[i]?.entry);
  return own < 0 ? undefined : own + 1;
}

/**
 * What a step of the found run has to do with why it fails; undefined where nothing is known of it.
 */
export function roleOf(session: Session, at: number): 'races' | 'irrelevant' | undefined {
  const why = session.found?.run.trace.why;
  const own = ownFrom(session);
  if (why === undefined || (own !== undefined && at >= own)) return undefined;
  if (why.races.some(({ first, second }) => first === at || second === at)) return 'races';
  return why.irrelevant.includes(at) ? 'irrelevant' : undefined;
}

/** True when some property fails after `at` steps, as far as the page can tell. */
export function isBad(session: Session, at: number): boolean {
  const { walker, walk } = session;
  if (isAsFound(session) && at === failingStep(session)) return true;
  // A report tells what fails along its own runs.
  const told = at === 0 ? walk.fails : walk.steps[at - 1]?.fails;
  if (told !== undefined || walker === undefined) return (told ?? []).length > 0;
  const step = walk.steps[at - 1] ?? walk.init;
  const memo = badStates.get(walker) ?? new WeakMap<object, boolean>();
  badStates.set(walker, memo);
  const bad = memo.get(step) ?? anyFails(walker, walk, at);
  memo.set(step, bad);
  return bad;
}

/** A check that was made of what the session looks at. */
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

/** Evaluated once for each step: lists draw their rows again at every scroll. */
const badStates = new WeakMap<Walker, WeakMap<object, boolean>>();

function anyFails(walker: Walker, walk: Walk, at: number): boolean {
  try {
    return walker.truths(walk, at).some(({ truth }) => truth === 'fails');
  } catch {
    // What it throws is said where the step is looked at.
    return false;
  }
}

/** The last step of a counterexample of finite length. */
function failingStep({ found }: Session): number | undefined {
  if (found === undefined || found.run.property.verdict !== 'violated') return undefined;
  return found.walk.loopsTo === undefined ? found.walk.steps.length : undefined;
}

/** The place that a link to this session names. */
export function placeOf({ walker, point, faults, walk, at }: Session): Place {
  const set = walker === undefined ? {} : settingsOf(walker.scenario, point);
  const { initIndex: init, loopsTo, stops } = walk;
  return {
    ...{ set, faults, init, at, schedule: wordsOf(walk) },
    ...(loopsTo === undefined ? {} : { loopsTo }),
    ...(stops === undefined ? {} : { stops }),
  };
}

const emptyWalk: Walk = {
  init: { state: {}, processes: {}, faults: {} },
  initIndex: 0,
  steps: [],
};

/** What a session is made of where there is nothing to look at. */
const nothing = {
  walker: undefined,
  walk: emptyWalk,
  at: 0,
  found: undefined,
  notice: undefined,
};

/** The steps as the report has them; undefined when it has only words. */
function givenWalk(trace: PageTrace): Walk | undefined {
  const { init, steps } = trace;
  return init === undefined || steps === undefined ? undefined : walkOf({ ...trace, init, steps });
}

/** The run of a trace that is given in words only, as far as the model goes along. */
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
      ? 'Nothing is: the run ends here.'
      : `Enabled there: ${enabled.map(shellWord).join(' ')}`;
  return `This schedule does not replay on the present model: step ${step}, '${entry}', is not enabled. ${instead}`;
}
