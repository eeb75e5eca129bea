import type { Scenario } from '../../src/spec/scenario.ts';
import type { AnySystem } from '../../src/spec/system.ts';
import { Interpreter, type World } from './interpreter.ts';

/**
 * A checker that is too simple to be wrong and shares nothing with src/checker: it holds whole
 * states as canonical JSON, copies them for every step, evaluates everything everywhere and
 * remembers nothing but what it has visited.
 */

/** The facts about one state. */
interface Visited {
  /** The number of steps that the shortest way to it takes. */
  readonly depth: number;
  /**
   * Properties that it violates, or witnesses when they are `reachable`; 'deadlock' if it is stuck
   * and must not be, and where no state is, if no end can be reached from it.
   */
  readonly decides: string[];
  /** The different states one step further, canonical. */
  readonly successors: ReadonlySet<string>;
  /** The number of successors, with equal ones counted as often as they are produced. */
  readonly generated: number;
  /** Those of them to which a step leads that is no fault. */
  readonly own: ReadonlySet<string>;
  /** Nothing but a fault can happen here, be that legal or not. */
  readonly terminal: boolean;
  /** A run may end here. */
  readonly isEnd: boolean;
  /** There is a process here, or one step further. */
  readonly hasProcess: boolean;
}

/** The facts about a system. */
export interface Reference {
  /** All reachable states, by what `canonical` makes of them. */
  readonly states: ReadonlyMap<string, Visited>;
  /** The number of initial states, with equal ones counted as often as they are listed. */
  readonly initial: number;
  /** States on the longest shortest path. */
  readonly levels: number;
  /** From the name of a property that some state decides to the least depth of such a state. */
  readonly decided: ReadonlyMap<string, number>;
  /** The system says where runs may end, or that they may end anywhere. */
  readonly final: AnySystem['final'];
}

/** The facts about the ends of runs, from a look of so many steps. */
export interface KnownEnds {
  /** The question. */
  readonly question: string | undefined;
  /**
   * The least depth of a state that is stuck, or where there is none, of one from which no end can
   * be reached.
   */
  readonly shortest: number | undefined;
  /** The states in which a counterexample may end. */
  readonly dead: ReadonlySet<string>;
}

/** Equal for equal plain data, whatever the order of keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/**
 * Visits everything, level by level. Throws a RangeError when that is more than `statesMax` states.
 */
export function reference(system: AnySystem, statesMax = Number.POSITIVE_INFINITY): Reference {
  const model = new Interpreter(system);
  const states = new Map<string, Visited>();
  const decided = new Map<string, number>();
  let level = model.init().map(canonical);
  const initial = level.length;
  let depth = 0;
  for (; level.length > 0; depth++) {
    const next: string[] = [];
    for (const key of new Set(level)) {
      if (states.size === statesMax) throw new RangeError(`more than ${statesMax} states`);
      const { after, ...found } = visit(model, JSON.parse(key));
      states.set(key, { depth, ...found, successors: new Set(after), generated: after.length });
      for (const name of found.decides) if (!decided.has(name)) decided.set(name, depth);
      next.push(...after);
    }
    level = next.filter((key) => !states.has(key));
  }
  const found = { states, initial, levels: depth, decided, final: system.final };
  decideEnds(found, decided);
  return found;
}

function decideEnds(found: Reference, decided: Map<string, number>): void {
  const { shortest, dead } = endsWithin(found);
  if (shortest !== undefined) decided.set('deadlock', shortest);
  for (const key of dead) found.states.get(key)?.decides.push('deadlock');
}

const answers = new WeakMap<Reference, Map<number, KnownEnds>>();

/** From the definitions: what was not visited may lead anywhere. */
export function endsWithin(known: Reference, depthMax = Number.POSITIVE_INFINITY): KnownEnds {
  const before = answers.get(known) ?? new Map<number, KnownEnds>();
  answers.set(known, before);
  const found = before.get(depthMax) ?? endsOf(known, depthMax);
  before.set(depthMax, found);
  return found;
}

function endsOf({ states, final }: Reference, depthMax: number): KnownEnds {
  const near = [...states].filter(([, { depth }]) => depth <= depthMax);
  const asksForEnds = typeof final === 'function' || near.some(([, { hasProcess }]) => hasProcess);
  const depths = (some: typeof near) => some.map(([, { depth }]) => depth);
  const answer = (question: string | undefined, some: typeof near): KnownEnds => ({
    question,
    shortest: some.length === 0 ? undefined : Math.min(...depths(some)),
    dead: new Set(some.map(([key]) => key)),
  });
  if (final === 'anywhere') return answer(undefined, []);
  const [strong, weak] = ['every run can go on until it is done', 'something can always happen'];
  const stuck = near.filter(([, { terminal, isEnd }]) => terminal && !isEnd);
  if (!asksForEnds) return answer(weak, stuck);
  if (stuck.length > 0) return answer(strong, stuck);
  // Where no process is ever done, and the system does not say that one should be, nothing is out
  // of reach.
  if (final === undefined && !near.some(([, { isEnd }]) => isEnd)) {
    return answer(near.length === states.size ? weak : strong, []);
  }
  const hopeful = new Set(near.filter(([, { isEnd }]) => isEnd).map(([key]) => key));
  const isKnown = (key: string) => (states.get(key)?.depth ?? 0) <= depthMax;
  for (let before = -1; before < hopeful.size; ) {
    before = hopeful.size;
    for (const [key, { own }] of near) {
      if ([...own].some((next) => !isKnown(next) || hopeful.has(next))) hopeful.add(key);
    }
  }
  return answer(
    strong,
    near.filter(([key]) => !hopeful.has(key)),
  );
}

function visit(model: Interpreter, world: World) {
  const { steps, faults } = model.successors(world);
  const after = [...steps, ...faults];
  const hasSome = ({ processes }: World) => Object.keys(processes).length > 0;
  return {
    decides: model.decides(world),
    terminal: steps.length === 0,
    isEnd: model.isFinal(world),
    hasProcess: model.hasProcesses || [world, ...after].some(hasSome),
    own: new Set(steps.map(canonical)),
    after: after.map(canonical),
  };
}

/**
 * The same of a scenario without parameters; undefined when it has more than `statesMax` states.
 */
export function referenceWithin(scenario: Scenario, statesMax: number): Reference | undefined {
  try {
    return reference(scenario.system({}), statesMax);
  } catch (problem) {
    if (problem instanceof RangeError) return undefined;
    throw problem;
  }
}
