import type { AnySystem } from '../../src/spec/scenario.ts';
import { Interpreter, type World } from './interpreter.ts';

/**
 * A checker that is too simple to be wrong and shares nothing with src/checker: it holds whole states as canonical JSON,
 * copies them for every step, evaluates everything everywhere and remembers nothing but what it has visited.
 */

/** What is known of one state. */
interface Visited {
  /** The number of steps that the shortest way to it takes. */
  readonly depth: number;
  /** Properties that it violates, or witnesses when they are `reachable`; 'deadlock' if it is stuck and must not be. */
  readonly decides: readonly string[];
  /** The different states one step further, canonical. */
  readonly successors: ReadonlySet<string>;
  /** How many successors it has when equal ones are counted as often as they are produced. */
  readonly generated: number;
  /** Nothing but a fault can happen here, be that legal or not. */
  readonly terminal: boolean;
}

/** What is known of a system. */
export interface Reference {
  /** All reachable states, by what `canonical` makes of them. */
  readonly states: ReadonlyMap<string, Visited>;
  /** How many initial states there are when equal ones are counted as often as they are listed. */
  readonly initial: number;
  /** States on the longest shortest path. */
  readonly levels: number;
  /** From the name of a property that some state decides to the least depth of such a state. */
  readonly decided: ReadonlyMap<string, number>;
}

/** Equal for equal plain data, whatever the order of keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Visits everything, level by level. Throws a RangeError when that is more than `statesMax` states. */
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
  return { states, initial, levels: depth, decided };
}

function visit(model: Interpreter, world: World) {
  const { steps, faults } = model.successors(world);
  const terminal = steps.length === 0;
  const decides = model.decides(world);
  if (terminal && !model.isFinal(world)) decides.push('deadlock');
  return { decides, terminal, after: [...steps, ...faults].map(canonical) };
}
