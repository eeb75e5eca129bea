import type { FoundBy } from '../checker/result/simulated.ts';
import { causalPast } from './causal-past.ts';
import type { Goal } from './goal.ts';
import type { KnownGraph } from './known-graph.ts';
import { followed, lastOf, nearest, statesOf, type Way } from './ways.ts';

/** The states around each state of a run in which a shorter way is looked for. */
const windowStates = 500;
/** The largest number of steps that are followed to see which can be left out. */
const triesMax = 20_000_000;

/** A shorter run, and what is known of it. */
export interface Shortened {
  readonly way: Way;
  readonly causal: number;
  readonly minimal: FoundBy['minimal'];
}

/**
 * Makes a run to a goal shorter: leaves out what is outside of its causal past, then what can be
 * left out otherwise, and looks for a shorter way breadth first: from the initial states, and where
 * that needs more than `statesMax` states, between the states of the run. Throws a SpecError when
 * the model is broken.
 */
export function shorten(
  graph: KnownGraph,
  found: Way,
  goal: Goal,
  statesMax: number,
): Shortened | undefined {
  const tries = { left: triesMax };
  const follow: Follow = (start, actions) => followed(graph, start, actions, goal.isMet, tries);
  const whole = follow(found.start, actionsOf(graph, found));
  if (whole === undefined) return undefined;
  const past = causalPast(graph, whole);
  const actions = actionsOf(graph, whole);
  const related = follow(
    whole.start,
    past.map((i) => actions[i] as number),
  );
  const before = related ?? whole;
  const causal = before.edges.length;
  let best = without(graph, straightened(graph, before), follow, tries);
  const bounds = { below: best.edges.length, statesMax };
  const shortest = nearest(graph, graph.initial, goal.isMet, bounds);
  if (shortest.isComplete) {
    const minimal = goal.isWhole ? 'shortest' : 'locally';
    return { way: shortest.way ?? best, causal, minimal };
  }
  for (let length = Number.POSITIVE_INFINITY; best.edges.length < length && tries.left > 0; ) {
    length = best.edges.length;
    best = without(graph, straightened(graph, best), follow, tries);
  }
  return { way: best, causal, minimal: tries.left > 0 ? 'locally' : 'no' };
}

const actionsOf = ({ edges }: KnownGraph, way: Way): readonly number[] =>
  way.edges.map((edge) => edges.action[edge] as number);

type Follow = (start: number, actions: readonly number[]) => Way | undefined;

/**
 * Leaves out as many steps as possible: first half of them at once, at last each alone. Source: A.
 * Zeller, R. Hildebrandt, Simplifying and isolating failure-inducing input (2002).
 */
function without(
  graph: KnownGraph,
  way: Way,
  follow: Follow,
  tries: { readonly left: number },
): Way {
  let best = way;
  for (let size = best.edges.length >> 1; size >= 1 && tries.left > 0; ) {
    let isShorter = false;
    for (let end = best.edges.length; end > 0 && tries.left > 0; end -= size) {
      const kept = best.edges.slice(0, Math.max(0, end - size));
      const from = lastOf(graph, { start: best.start, edges: kept });
      const rest = follow(from, actionsOf(graph, best).slice(end));
      if (rest === undefined) continue;
      best = { start: best.start, edges: [...kept, ...rest.edges] };
      isShorter = true;
    }
    // After single steps were left out, others may have become needless.
    if (size > 1) size >>= 1;
    else if (!isShorter) break;
  }
  return best;
}

/** Replaces parts of a run by shorter ways between the same two states, near each state. */
function straightened(graph: KnownGraph, way: Way): Way {
  let best = way;
  for (let i = 0; i < best.edges.length - 1; i++) {
    const states = statesOf(graph, best);
    const places = new Map(states.map((state, place) => [state, place]));
    // The largest saving near this state, and not just the first one.
    let saving = 0;
    let to = -1;
    const look = (state: number, depth: number): boolean => {
      const saved = (places.get(state) ?? 0) - i - depth;
      if (saved > saving) [saving, to] = [saved, state];
      return false;
    };
    const bounds = { below: best.edges.length - i, statesMax: windowStates };
    nearest(graph, [states[i] as number], look, bounds);
    if (to < 0) continue;
    const shortcut = nearest(graph, [states[i] as number], (state) => state === to, {
      ...bounds,
      statesMax: Number.POSITIVE_INFINITY,
    }).way;
    if (shortcut === undefined) continue;
    const rest = best.edges.slice(places.get(to));
    best = { ...best, edges: [...best.edges.slice(0, i), ...shortcut.edges, ...rest] };
  }
  return best;
}
