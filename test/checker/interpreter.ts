import type { AnyAction } from '../../src/spec/action.ts';
import type { AnyFlow, AnyStep, Process, Processes, ProcessState } from '../../src/spec/process.ts';
import type { AnySystem } from '../../src/spec/system.ts';
import { evaluateBody, stateProperty } from './evaluate-body.ts';

/** A whole state, of the same shape as the checker's WorldState, but open to change. */
export interface World {
  state: { [field: string]: unknown };
  processes: { [pid: string]: { flow: string; at: string; vars: ProcessState['vars'] } };
  faults: { [name: string]: number };
}

/**
 * The last argument but one of a recipe, as the types of src/spec have it once the state type is
 * forgotten.
 */
type AnyPick = Parameters<AnyStep['do']>[2];

/** Thrown out of a recipe by a pick that has no options. */
const nothingToPick = new Error('nothing to pick');

/** One way in which a step can go. */
interface Way {
  readonly after: World;
  /** The picks, in turn. */
  readonly picks: readonly (readonly [name: string, value: unknown])[];
}

/** The record of a step, with its actor. */
export interface Done {
  readonly kind: 'process' | 'action' | 'fault';
  readonly actor: string | undefined;
  readonly flow: string | undefined;
  readonly label: string;
}

/**
 * The meaning of the text of a system, in the plainest form: every recipe runs on a copy of the
 * whole world.
 */
export class Interpreter {
  readonly #system: AnySystem;
  readonly #faults: readonly AnyAction[];
  readonly #flows = new Map<string, AnyFlow>();

  constructor(system: AnySystem) {
    this.#system = system;
    this.#faults = (system.faults ?? []).filter(({ times }) => times > 0); // 0 switches a fault off
  }

  /** It lists some. */
  get hasProcesses(): boolean {
    return Object.keys(this.#system.processes ?? {}).length > 0;
  }

  /** The initial states. */
  init(): World[] {
    // The text of a system does not list the fields of its states; a copy of a state has all of
    // them.
    const states = structuredClone([this.#system.init()].flat()) as World['state'][];
    return states.map((state) => {
      const world: World = { state, processes: {}, faults: {} };
      for (const [pid, process] of Object.entries(this.#system.processes ?? {})) {
        this.#processesOf(world).start(pid, process);
      }
      for (const { name, times } of this.#faults) world.faults[name] = times;
      return world;
    });
  }

  /** The worlds one step further, one for each way in which a step can go, equal ones included. */
  successors(world: World): { readonly steps: World[]; readonly faults: World[] } {
    const ofProcesses = Object.keys(world.processes).flatMap((pid) => this.#stepsOf(world, pid));
    const ofActions = this.#system.actions?.flatMap((action) => this.#actionsOf(world, action));
    const ofFaults = this.#faults.flatMap((fault) => this.#actionsOf(world, fault));
    return {
      steps: [...ofProcesses, ...(ofActions ?? [])].map(({ after }) => after),
      faults: ofFaults.map(({ after }) => after),
    };
  }

  /** The same with what was done, by whom, and what was picked. */
  actions(world: World): ({ readonly action: Done } & Way)[] {
    const did = (action: Done, ways: readonly Way[]) => ways.map((way) => ({ action, ...way }));
    const ofProcesses = Object.entries(world.processes).flatMap(([actor, { flow, at }]) =>
      did({ kind: 'process', actor, flow, label: at }, this.#stepsOf(world, actor)),
    );
    const all = [...(this.#system.actions ?? []), ...this.#faults];
    const ofActions = all.flatMap((action) => {
      const { kind, actor, name: label } = action;
      return did({ kind, actor, flow: undefined, label }, this.#actionsOf(world, action));
    });
    return [...ofProcesses, ...ofActions];
  }

  /**
   * The properties that this state alone decides: it violates them, or is the goal of a
   * `reachable`.
   */
  decides({ state, processes }: World): string[] {
    const decided = (this.#system.properties ?? []).filter((property) => {
      const { kind, body } = stateProperty(property);
      return evaluateBody(body, state, processes) === (kind !== 'always');
    });
    return decided.map(({ name }) => name);
  }

  /** May a run end here? */
  isFinal({ state, processes }: World): boolean {
    const { final } = this.#system;
    if (final === 'anywhere') return true;
    if (final !== undefined) return final(state, processes);
    const all = Object.values(processes);
    // A system without processes has no notion of being done.
    return (all.length > 0 || this.hasProcesses) && all.every(({ at }) => at === 'done');
  }

  #stepsOf(world: World, pid: string): Way[] {
    const process = world.processes[pid];
    const flow = this.#flows.get(process?.flow ?? '');
    const step = flow?.steps[process?.at ?? ''];
    if (process === undefined || flow === undefined || step === undefined) return []; // it is done
    const seen = structuredClone(world);
    if (step.when?.(seen.state, selfOf(seen, pid), seen.processes) === false) return [];
    return outcomes(world, (copy, pick) => {
      const label = step.do(copy.state, selfOf(copy, pid), pick, this.#processesOf(copy));
      const after = copy.processes[pid];
      const next = flow.labels[flow.labels.indexOf(process.at) + 1];
      if (after !== undefined) after.at = String(label ?? next ?? 'done'); // else it has stopped itself
    });
  }

  #actionsOf(world: World, action: AnyAction): Way[] {
    const { kind, name } = action;
    const left = world.faults[name] ?? 0;
    if (kind === 'fault' && left === 0) return [];
    const seen = structuredClone(world);
    if (action.when?.(seen.state, seen.processes) === false) return [];
    return outcomes(world, (copy, pick) => {
      if (kind === 'fault') copy.faults[name] = left - 1;
      action.do(copy.state, pick as never, this.#processesOf(copy)); // erased types, as in src/spec
    });
  }

  #processesOf({ processes }: World): Processes {
    const start = (pid: string, { flow, vars }: Process): void => {
      this.#flows.set(flow.name, flow);
      const at = flow.labels[0] ?? 'done';
      processes[pid] = structuredClone({ flow: flow.name, at, vars: { ...vars } });
    };
    return {
      get: (pid) => processes[pid],
      start,
      restart: start,
      vars: (pid) => processes[pid]?.vars as never,
      move: (pid, label) => {
        const process = processes[pid];
        if (process === undefined) throw new Error(`no process ${pid}`);
        process.at = label;
      },
      stop: (pid) => {
        delete processes[pid];
      },
      [Symbol.iterator]: () => Object.entries(processes)[Symbol.iterator](),
    };
  }
}

/**
 * The variables of a process with its id, which is not one of them: cloning and JSON leave it out.
 */
function selfOf(world: World, pid: string): object {
  const vars = world.processes[pid]?.vars ?? {};
  return Object.defineProperty(vars, 'pid', { value: pid });
}

/** Runs `act` on fresh copies of the world until every combination of picks has been tried. */
function outcomes(world: World, act: (copy: World, pick: AnyPick) => void): Way[] {
  const found: Way[] = [];
  const scripts: number[][] = [[]]; // which option to take at the first pick, at the second, …
  for (let script = scripts.pop(); script !== undefined; script = scripts.pop()) {
    const taken: number[] = [];
    const picks: [string, unknown][] = [];
    const pick = (name: string, options: readonly unknown[]) => {
      if (options.length === 0) throw nothingToPick;
      const index = script[taken.length] ?? 0;
      if (taken.length >= script.length) {
        for (let other = 1; other < options.length; other++) scripts.push([...taken, other]);
      }
      taken.push(index);
      picks.push([name, options[index]]);
      return options[index];
    };
    const copy = structuredClone(world);
    try {
      act(copy, pick as AnyPick); // AnyPick returns never, so that it can stand for every type of option
      found.push({ after: copy, picks });
    } catch (problem) {
      if (problem !== nothingToPick) throw problem;
    }
  }
  return found;
}
