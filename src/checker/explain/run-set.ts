import { type GraphAction, operationOfProcess, type RunGraph } from './run-graph.ts';

/** The n-th time that a step is taken. The step is named without picks, and n counts from 1. */
export interface StepTime {
  readonly name: string;
  readonly agent: string;
  readonly nth: number;
}

/**
 * A set of runs. A run begins in an initial state, takes one step after another, and may end
 * anywhere.
 */
export type RunsMeant =
  /** Runs in which one step comes before another, which may never come. */
  | { readonly kind: 'order'; readonly earlier: StepTime; readonly later: StepTime }
  /** Runs without these steps, compared with their picks. */
  | { readonly kind: 'without'; readonly entries: readonly string[] }
  /** Runs without a fault. */
  | { readonly kind: 'no_fault' }
  /** Runs in which neither operation takes a step while the other has begun and is not done. */
  | { readonly kind: 'apart'; readonly operations: readonly [string, string] }
  /** Runs in which `second` takes a step only where `first` is done. */
  | { readonly kind: 'after'; readonly first: string; readonly second: string };

/**
 * A set of runs, possibly narrowed: to runs with steps of some actors only, or with a given
 * beginning.
 */
export interface Runs {
  readonly meant: RunsMeant | undefined;
  /**
   * The operations, actions and faults that take all steps of the runs; undefined where all may.
   */
  readonly only?: readonly string[] | undefined;
  /**
   * The initial state and the steps with which the runs begin. `meant` applies to what comes after
   * them.
   */
  readonly begins?: { readonly init: number; readonly schedule: readonly string[] } | undefined;
}

/**
 * Follows a run and tells whether it is in a set. What it has seen is a number below `size`, or -1
 * once no continuation is in the set.
 */
export interface Watcher {
  readonly size: number;
  readonly start: number;
  /** What has been seen after an action that is taken in this state. */
  after(seen: number, action: number, state: number): number;
  /**
   * Whether a run that ends here is in the set. If it is, so are all its continuations that do not
   * lead to -1.
   */
  has(seen: number): boolean;
  /**
   * Whether a run has done what the description of the set says, so that the set is worth naming.
   */
  isTold(seen: number): boolean;
}

/** The operation that takes the step. An action is an operation by itself. */
export function operationOf({
  kind,
  agent,
  name,
}: Pick<GraphAction, 'kind' | 'agent' | 'name'>): string {
  return kind === 'process' ? operationOfProcess(agent.slice('process '.length)) : name;
}

/** The watcher of a set of runs. It begins after the steps with which they all begin. */
export function watcherOf(graph: RunGraph, { meant, only }: Runs): Watcher {
  const watcher = meant === undefined ? everything : meaning(graph, meant);
  if (only === undefined) return watcher;
  const isOther = remembered(graph, (action) => Number(!only.includes(operationOf(action))));
  return {
    ...watcher,
    after: (seen, action, state) =>
      isOther(action) === 1 ? -1 : watcher.after(seen, action, state),
  };
}

const everything: Watcher = {
  size: 1,
  start: 0,
  after: () => 0,
  has: () => true,
  isTold: () => true,
};

function meaning(graph: RunGraph, meant: RunsMeant): Watcher {
  switch (meant.kind) {
    case 'order':
      return order(graph, meant.earlier, meant.later);
    case 'without':
      return avoiding(graph, ({ entry }) => meant.entries.includes(entry));
    case 'no_fault':
      return avoiding(graph, ({ kind }) => kind === 'fault');
    case 'apart':
      return apart(graph, meant.operations);
    case 'after':
      return inTurn(graph, meant.first, meant.second);
  }
}

/** Computes a number for each action once. */
function remembered(
  graph: RunGraph,
  of: (action: GraphAction) => number,
): (action: number) => number {
  const known: number[] = [];
  return (action) => {
    const number = known[action] ?? of(graph.action(action));
    known[action] = number;
    return number;
  };
}

function avoiding(graph: RunGraph, isAvoided: (action: GraphAction) => boolean): Watcher {
  const avoided = remembered(graph, (action) => Number(isAvoided(action)));
  return { ...everything, after: (_, action) => (avoided(action) === 1 ? -1 : 0) };
}

/**
 * Counts both steps until one is taken for the n-th time. Numbers below `open` mean that neither
 * was; from `open` on the earlier one was, and the later one is still counted.
 */
function order(graph: RunGraph, earlier: StepTime, later: StepTime): Watcher {
  const isStep = (action: GraphAction, { name, agent }: StepTime): boolean =>
    action.name === name && action.agent === agent;
  const role = remembered(graph, (action) =>
    isStep(action, earlier) ? 1 : isStep(action, later) ? 2 : 0,
  );
  const open = earlier.nth * later.nth;
  const both = open + later.nth;
  return {
    size: both + 1,
    start: 0,
    after: (seen, action) => {
      const which = role(action);
      if (which === 0 || seen === both) return seen;
      if (seen >= open) return which === 2 ? seen + 1 : seen;
      const early = Math.floor(seen / later.nth);
      const late = seen % later.nth;
      if (which === 1) {
        return early + 1 === earlier.nth ? open + late : (early + 1) * later.nth + late;
      }
      return late + 1 === later.nth ? -1 : seen + 1;
    },
    has: (seen) => seen >= open,
    isTold: (seen) => seen === both,
  };
}

/**
 * Allows an operation a step only while the other has not begun or is done. An operation is open
 * while one of its processes is not done.
 */
function apart(graph: RunGraph, operations: readonly [string, string]): Watcher {
  return bothTold(graph, operations, (operation, seen, state) => {
    const other = 1 - operation;
    const hasBegun = (seen & (1 << other)) !== 0;
    return hasBegun && graph.openIn(state).has(operations[other] as string);
  });
}

function inTurn(graph: RunGraph, first: string, second: string): Watcher {
  return bothTold(
    graph,
    [first, second],
    (operation, _, state) => operation === 1 && graph.openIn(state).has(first),
  );
}

/** Adds to a watcher, with one bit each, which of two operations have taken a step. */
function bothTold(
  graph: RunGraph,
  operations: readonly [string, string],
  isRefused: (operation: number, seen: number, state: number) => boolean,
): Watcher {
  const which = remembered(graph, (action) => operations.indexOf(operationOf(action)));
  return {
    size: 4,
    start: 0,
    after: (seen, action, state) => {
      const operation = which(action);
      if (operation < 0) return seen;
      return isRefused(operation, seen, state) ? -1 : seen | (1 << operation);
    },
    has: () => true,
    isTold: (seen) => seen === 3,
  };
}
