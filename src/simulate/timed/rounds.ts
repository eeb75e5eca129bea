import { UsageError } from '../../checker/result/usage-error.ts';
import type { Duration } from '../../spec/duration.ts';
import type { RandomSource } from '../random-source.ts';
import type { Load } from './load.ts';
import type { Clock, TimedGraph } from './timed-graph.ts';

/** A round with more events is one that never ends. */
const eventsMax = 1_000_000;

/** What happened in one round, from the start until no operation was under way. */
export interface Round {
  /** By property, 1 if it failed in some state of the round, else 0. */
  readonly violated: readonly number[];
  readonly requests: number;
  readonly seconds: number;
  /** True where it ended because a request that was under way could not go on. */
  readonly isStuck: boolean;
}

/**
 * Simulates one round, event by event. A step that is enabled ends after a random time, unless it
 * is disabled before; then its time begins anew when it is enabled again. Throws a UsageError for a
 * round that does not end after a million events.
 */
export function roundOf(graph: TimedGraph, load: Load, random: RandomSource): Round {
  const violated = graph.properties.map(() => 0);
  const due = new Map<string, number>();
  let requests = 0;
  let now = 0;
  let node = 0;
  for (let events = 0; events < eventsMax; events++) {
    for (let i = 0; i < violated.length; i++) {
      if (violated[i] === 0 && graph.isViolated(i, node)) violated[i] = 1;
    }
    const end = graph.endOf(node);
    const clock = end === undefined && firstOf(graph, node, due, now, load, random);
    if (!clock) return { violated, requests, seconds: now, isStuck: end === 'stuck' };
    now = due.get(clock.key) as number;
    due.delete(clock.key);
    if (clock.request !== undefined) requests += 1;
    node = clock.next[random.below(clock.next.length)] as number;
  }
  throw new UsageError(
    `a round does not end after ${eventsMax} events`,
    'Let each request come to an end, and let actions stop when no request is under way.',
  );
}

/** The clock that runs out first. Keeps those of enabled steps in `due`, and no others. */
function firstOf(
  graph: TimedGraph,
  node: number,
  due: Map<string, number>,
  now: number,
  load: Load,
  random: RandomSource,
): Clock | undefined {
  const clocks = graph.clocks(node);
  let first: Clock | undefined;
  let earliest = Number.POSITIVE_INFINITY;
  for (const clock of clocks) {
    let end = due.get(clock.key);
    if (end === undefined) {
      end = now + lengthOf(clock, graph, load, random);
      due.set(clock.key, end);
    }
    if (end >= earliest) continue;
    earliest = end;
    first = clock;
  }
  if (due.size > clocks.length) {
    const keys = new Set(clocks.map(({ key }) => key));
    for (const key of due.keys()) if (!keys.has(key)) due.delete(key);
  }
  return first;
}

/** A random time until a clock runs out, in seconds. */
function lengthOf(
  { step }: Clock,
  graph: TimedGraph,
  { perHour, durations }: Load,
  random: RandomSource,
): number {
  if (step === undefined) {
    return (-Math.log(random.unit()) * 3600 * graph.processes.length) / perHour;
  }
  return sampleOf(durations[step] as Duration, random);
}

function sampleOf(duration: Duration, random: RandomSource): number {
  switch (duration.kind) {
    case 'constant':
      return duration.mean;
    case 'exponential':
      return -Math.log(random.unit()) * duration.mean;
    case 'uniform':
      return duration.from + random.unit() * (duration.to - duration.from);
  }
}
