import type { Change, WorldState } from '../checker/result/result.ts';
import type { SourceRecord, TraceRecord } from '../report/document.ts';
import { worldsOf } from '../report/worlds.ts';
import type { Plain } from '../spec/plain.ts';

/** A step of a walk, with the state after it. */
export interface WalkStep {
  /**
   * A process id, the actor of an action, or 'fault'; undefined for an action of the whole system.
   */
  readonly actor: string | undefined;
  readonly label: string;
  readonly picks: { readonly [name: string]: Plain };
  readonly changes: readonly Change[];
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly entry: string;
  readonly state: WorldState;
  /** The properties that fail after this step; missing where they were not evaluated. */
  readonly fails?: readonly string[] | undefined;
  /** Where the model defines the step, if a report says. */
  readonly source?: SourceRecord | undefined;
}

/** A run that the page shows: a counterexample, or the steps that a user takes. */
export interface Walk {
  readonly init: WorldState;
  readonly initIndex: number;
  readonly steps: readonly WalkStep[];
  /** The properties that fail in the initial state; missing where they were not evaluated. */
  readonly fails?: readonly string[] | undefined;
  /** The number of steps before the part that repeats for ever. */
  readonly loopsTo?: number | undefined;
  /** True for a run that stops: it stays in its last state for ever. */
  readonly stops?: true | undefined;
}

/** The walk along the run of a report. */
export function walkOf(trace: TraceRecord): Walk {
  const worlds = worldsOf(trace);
  const steps = trace.steps.map((step, i): WalkStep => {
    const { actor, label, picks, reads, writes, fails = [], source } = step;
    const changes = step.changes.map(({ path, keys, before, after }) => ({
      path,
      keys: keys ?? keysOf(path),
      before,
      after,
    }));
    const entry = trace.schedule[i] ?? label;
    const state = worlds[i + 1] ?? trace.init;
    return {
      actor: actor ?? undefined,
      label,
      picks,
      changes,
      reads,
      writes,
      entry,
      state,
      fails,
      source,
    };
  });
  const { init, initIndex, fails = [], loopsTo, stops } = trace;
  return { init, initIndex, steps, fails, loopsTo, stops };
}

/** The parts of a path that can be split at its dots. */
function keysOf(path: string): readonly string[] {
  const [top = '', ...rest] = path.split('.');
  return [top === 'processes' || top === 'faults' ? `#${top}` : top, ...rest];
}

/** The state after `at` steps. */
export function stateAt(walk: Walk, at: number): WorldState {
  return at === 0 ? walk.init : (walk.steps[at - 1]?.state ?? walk.init);
}

/** The first `at` steps and one more; the later ones are dropped. */
export function branched(walk: Walk, at: number, step: WalkStep): Walk {
  const { init, initIndex, fails } = walk;
  return { init, initIndex, fails, steps: [...walk.steps.slice(0, at), step] };
}

/** The schedule of a walk. */
export function scheduleOf({ steps }: Walk): readonly string[] {
  const known = schedulesBySteps.get(steps);
  if (known !== undefined) return known;
  const schedule = steps.map(({ entry }) => entry);
  schedulesBySteps.set(steps, schedule);
  return schedule;
}

/** Keeps one list for each walk, so that texts made from it can be kept, too. */
const schedulesBySteps = new WeakMap<Walk['steps'], readonly string[]>();

/** The numbers of the steps, from 1, whose entry or changes contain all words of `query`. */
export function stepsMatching({ steps }: Walk, query: string): readonly number[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (step: WalkStep): boolean => {
    const text = searchText(step);
    return wanted.every((word) => text.includes(word));
  };
  return steps.flatMap((step, i) => (wanted.length === 0 || matches(step) ? [i + 1] : []));
}

function searchText({ entry, changes }: WalkStep): string {
  const changed = changes.map(
    ({ path, before, after }) =>
      `${path} ${JSON.stringify(before) ?? ''} ${JSON.stringify(after) ?? ''}`,
  );
  return [entry, ...changed].join('\n').toLowerCase();
}

/**
 * How a walk goes on for ever, if the model follows the whole schedule and returns to where it
 * repeats.
 */
export function goesOn(
  walk: Walk,
  run: Pick<TraceRecord, 'schedule' | 'loopsTo' | 'stops'> | undefined,
): Pick<Walk, 'loopsTo' | 'stops'> {
  const last = walk.steps.length;
  if (run === undefined || run.schedule.length !== last) return {};
  const { loopsTo, stops } = run;
  if (stops === true) return { stops };
  if (loopsTo === undefined) return {};
  const [before, after] = [stateAt(walk, loopsTo), stateAt(walk, last)];
  return JSON.stringify(before) === JSON.stringify(after) ? { loopsTo } : {};
}
