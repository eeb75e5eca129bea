import type { ProcessState } from '../../src/spec/process.ts';
import type { AnySystem } from '../../src/spec/scenario.ts';

/**
 * A checker that is too simple to be wrong, and shares nothing with src/checker: it copies whole states, compares them as
 * canonical JSON, evaluates everything everywhere and remembers nothing. Breadth first only.
 */

/** A whole state, of the same shape as the checker's WorldState, but open to change. */
export interface World {
  state: { [field: string]: unknown };
  processes: { [pid: string]: { flow: string; at: string; vars: Record<string, unknown> } };
  faults: { [name: string]: number };
}

export interface ReferenceResult {
  /** From each state, written as canonical JSON, to the number of steps that the shortest way to it takes. */
  readonly depths: ReadonlyMap<string, number>;
  readonly generated: number;
  readonly levels: number;
  /** From a property that some state decides (violates it, or witnesses a `reachable`) to that state's least depth. */
  readonly decided: ReadonlyMap<string, number>;
  /** States in which the system is stuck and must not be. The least depth is under 'deadlock' in `decided`. */
  readonly deadlocks: number;
  /** States in which nothing but a fault can happen, legal or not. */
  readonly terminal: number;
  /** States whose successors are all themselves. */
  readonly selfOnly: number;
  /** Pairs of a state and a different or equal successor, each counted once. */
  readonly edges: number;
}

/** Equal for equal plain data, whatever the order of keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

export function reference(
  system: AnySystem,
  statesMax = Number.POSITIVE_INFINITY,
): ReferenceResult {
  const step = interpreter(system);
  const depths = new Map<string, number>();
  const decided = new Map<string, number>();
  const decide = (name: string, depth: number) => decided.has(name) || decided.set(name, depth);
  const counts = { levels: 0, generated: 0, deadlocks: 0, terminal: 0, selfOnly: 0, edges: 0 };
  const waiting: [key: string, world: World][] = [];
  const arrive = (world: World, depth: number): string => {
    const key = canonical(world);
    counts.generated += 1;
    if (!depths.has(key)) {
      if (depths.size >= statesMax) throw new Error(`more than ${statesMax} states`);
      depths.set(key, depth);
      counts.levels = depth + 1; // depths never fall: the search is breadth first
      waiting.push([key, world]);
    }
    return key;
  };
  for (const world of step.init()) arrive(world, 0);
  for (let next = 0; next < waiting.length; next++) {
    const [key, world] = waiting[next]!;
    delete waiting[next];
    const depth = depths.get(key)!;
    for (const name of step.decides(world)) decide(name, depth);
    const { steps, faults } = step.successors(world);
    const keys = new Set([...steps, ...faults].map((successor) => arrive(successor, depth + 1)));
    counts.edges += keys.size;
    if (keys.size === 1 && keys.has(key)) counts.selfOnly += 1;
    if (steps.length > 0) continue;
    counts.terminal += 1;
    if (step.isFinal(world)) continue;
    counts.deadlocks += 1;
    decide('deadlock', depth);
  }
  return { depths, decided, ...counts };
}

/** Thrown out of a recipe by a pick that has no options. */
const nothingToPick = new Error('nothing to pick');

/** What the text of a system means. */
function interpreter(system: AnySystem) {
  const flows = new Map(Object.values(system.processes ?? {}).map(({ flow }) => [flow.name, flow]));
  const actions = system.actions ?? [];
  const faults = system.faults ?? [];

  function init(): World[] {
    // The text of a system does not say what fields its states have; a copy of a state has whatever they are.
    const states = structuredClone([system.init()].flat()) as World['state'][];
    const processes = Object.entries(system.processes ?? {});
    return states.map((state) => {
      const world: World = { state, processes: {}, faults: {} };
      for (const [pid, process] of processes) handle(world).start(pid, process);
      for (const { name, times } of faults) world.faults[name] = times;
      return world;
    });
  }

  /** Runs `act` on fresh copies of the world until every combination of picks has been tried. */
  function outcomes(world: World, act: (copy: World, pick: never) => void): World[] {
    const found: World[] = [];
    const open: number[][] = [[]];
    for (let script = open.pop(); script !== undefined; script = open.pop()) {
      const copy = structuredClone(world);
      let asked = 0;
      const pick = (_name: string, options: readonly unknown[]) => {
        if (options.length === 0) throw nothingToPick;
        const index = asked++;
        if (index === script.length) {
          for (let i = 1; i < options.length; i++) open.push([...script, i]);
          script.push(0);
        }
        return options[script[index]!];
      };
      try {
        act(copy, pick as never);
        found.push(copy);
      } catch (problem) {
        if (problem !== nothingToPick) throw problem;
      }
    }
    return found;
  }

  function handle(world: World) {
    return {
      get: (pid: string) => world.processes[pid] as ProcessState | undefined,
      start(
        pid: string,
        { flow, vars }: { flow: { name: string; labels: readonly string[] }; vars: object },
      ) {
        flows.set(flow.name, flow as never);
        const at = flow.labels[0]!;
        world.processes[pid] = structuredClone({ flow: flow.name, at, vars: { ...vars } });
      },
      move(pid: string, label: string) {
        world.processes[pid]!.at = label;
      },
      stop(pid: string) {
        delete world.processes[pid];
      },
      [Symbol.iterator]: () =>
        Object.entries(world.processes as Record<string, ProcessState>)[Symbol.iterator](),
    };
  }

  /** The variables of a process with its id, which is not one of them: cloning and JSON leave it out. */
  function selfOf(world: World, pid: string): object {
    return Object.defineProperty(world.processes[pid]!.vars, 'pid', { value: pid });
  }

  function stepsOf(world: World, pid: string): World[] {
    const { flow: name, at } = world.processes[pid]!;
    const flow = flows.get(name)!;
    const step = flow.steps[at];
    if (step === undefined) return []; // it is done
    const seen = structuredClone(world);
    if (step.when?.(seen.state, selfOf(seen, pid), seen.processes as never) === false) return [];
    return outcomes(world, (copy, pick) => {
      const label = step.do(copy.state, selfOf(copy, pid), pick, handle(copy));
      const process = copy.processes[pid];
      if (process === undefined) return; // it has stopped itself
      process.at =
        (label as string | undefined) ?? flow.labels[flow.labels.indexOf(at) + 1] ?? 'done';
    });
  }

  function actionsOf(world: World, action: (typeof actions)[number]): World[] {
    const { kind, name } = action;
    if (kind === 'fault' && world.faults[name] === 0) return [];
    const seen = structuredClone(world);
    if (action.when?.(seen.state, seen.processes as never) === false) return [];
    return outcomes(world, (copy, pick) => {
      if (kind === 'fault') copy.faults[name]! -= 1;
      action.do(copy.state, pick, handle(copy));
    });
  }

  /** The properties that this state alone decides. */
  function decides({ state, processes }: World): string[] {
    const decided = (system.properties ?? []).filter(({ kind, body }) => {
      const holds =
        typeof body === 'function'
          ? body(state, processes as never)
          : Object.entries(state[body.table] as object).every(([id, entry]) =>
              body.test(entry, id, state, processes as never),
            );
      return kind === 'always' ? !holds : holds;
    });
    return decided.map(({ name }) => name);
  }

  function isFinal({ state, processes }: World): boolean {
    const { final } = system;
    if (final === 'anywhere') return true;
    if (final !== undefined) return final(state, processes as never);
    const all = Object.values(processes);
    return all.length > 0 && all.every(({ at }) => at === 'done');
  }

  const successors = (world: World) => ({
    steps: [
      ...Object.keys(world.processes).flatMap((pid) => stepsOf(world, pid)),
      ...actions.flatMap((action) => actionsOf(world, action)),
    ],
    faults: faults.flatMap((fault) => actionsOf(world, fault)),
  });
  return { init, successors, decides, isFinal };
}
