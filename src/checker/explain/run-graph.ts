import type { Scenario } from '../../spec/scenario.ts';
import type { AnySystem } from '../../spec/system.ts';
import { actorName } from '../evaluate/actors.ts';
import type { ReplayOptions } from '../runs/replay.ts';
import { type Candidate, type Stepper, stepperFor, type Vector } from '../runs/stepper.ts';
import { vectorKey } from '../state/vector-key.ts';

/** The action of a step, and who takes it. */
export interface GraphAction {
  readonly kind: 'process' | 'action' | 'fault';
  /** The unit that takes steps by itself: a process, an action or a fault. */
  readonly agent: string;
  /** The entry of the step without its picks: `attach1.connect_volume`, `fault.crash`. */
  readonly name: string;
  readonly label: string;
  /** The flow of the process; undefined for an action. */
  readonly flow: string | undefined;
  readonly entry: string;
}

/** A step from one state to another, or to itself. */
export interface Onward {
  /** The number of the step's action. */
  readonly action: number;
  readonly to: number;
}

interface Node {
  readonly vector: Vector;
  onward: readonly Onward[] | undefined;
  open: ReadonlySet<string> | undefined;
}

/** The operation that started a process: `delete1` for `delete1/c-api`. */
export function operationOfProcess(pid: string): string {
  return pid.split('/')[0] ?? '';
}

/** The action of an enabled step. */
export function actionOf({ actor, evaluated, entry }: Candidate): GraphAction {
  const { flow, label } = evaluated;
  const subject = actorName(actor);
  const name = subject === undefined ? label : `${subject}.${label}`;
  const agent = actor.kind === 'process' ? `process ${actor.pid}` : `${actor.kind} ${name}`;
  return { kind: actor.kind, agent, name, label, flow, entry };
}

/**
 * The states of a scenario and the steps between them, as far as they are needed. Each state is
 * expanded once, and no more than `statesMax` are.
 */
export class RunGraph {
  readonly system: AnySystem;
  readonly stepper: Stepper;
  /** The initial states by their index in the scenario; two of them may be the same state. */
  readonly initial: readonly number[];
  readonly actions: GraphAction[] = [];
  readonly statesMax: number;
  #expanded = 0;
  readonly #nodes: Node[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #actionNumbers = new Map<string, number>();

  constructor(
    scenario: Scenario,
    options: Pick<ReplayOptions, 'parameters' | 'faults'> & { readonly statesMax: number },
  ) {
    const { stepper, initial, system } = stepperFor(scenario, options);
    this.stepper = stepper;
    this.system = system;
    this.statesMax = options.statesMax;
    this.initial = initial.map((vector) => this.#numberOf(vector));
  }

  /**
   * The steps that are enabled in a state; undefined when that state is beyond the bound, or
   * outside of the constraint of the system.
   */
  onward(state: number): readonly Onward[] | undefined {
    const node = this.#nodes[state] as Node;
    if (node.onward !== undefined) return node.onward;
    if (this.#expanded >= this.statesMax || this.stepper.isOutside(node.vector)) return undefined;
    this.#expanded += 1;
    node.onward = this.stepper.enabled(node.vector).map((candidate) => ({
      action: this.#actionNumber(candidate),
      to: this.#numberOf(this.stepper.after(node.vector, candidate.outcome)),
    }));
    return node.onward;
  }

  /** The operations with a process that is not done in this state. */
  openIn(state: number): ReadonlySet<string> {
    const node = this.#nodes[state] as Node;
    if (node.open === undefined) {
      const { processes } = this.stepper.world(node.vector);
      const open = Object.entries(processes).filter(([, { at }]) => at !== 'done');
      node.open = new Set(open.map(([pid]) => operationOfProcess(pid)));
    }
    return node.open;
  }

  /** The number of states found so far. */
  get count(): number {
    return this.#nodes.length;
  }

  /**
   * Visits every reachable state within the bound, so that all actions are known. Returns false
   * where the bound leaves some out.
   */
  explore(): boolean {
    for (let state = 0; state < this.#nodes.length; state++) {
      if (this.onward(state) === undefined) return false;
    }
    return true;
  }

  /** The number of a state, if it was found. */
  find(vector: Vector): number | undefined {
    return this.#numbers.get(vectorKey(vector));
  }

  vectorOf(state: number): Vector {
    return (this.#nodes[state] as Node).vector;
  }

  action(number: number): GraphAction {
    return this.actions[number] as GraphAction;
  }

  #numberOf(vector: Vector): number {
    const key = vectorKey(vector);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#nodes.length);
    return this.#nodes.push({ vector, onward: undefined, open: undefined }) - 1;
  }

  #actionNumber(candidate: Candidate): number {
    const action = actionOf(candidate);
    const key = `${action.agent}\n${action.flow}\n${action.entry}`;
    const known = this.#actionNumbers.get(key);
    if (known !== undefined) return known;
    this.#actionNumbers.set(key, this.actions.length);
    return this.actions.push(action) - 1;
  }
}
