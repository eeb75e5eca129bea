import { actorName } from '../checker/evaluate/actors.ts';
import { PlainExpansion } from '../checker/expansion/plain-expansion.ts';
import type { EdgeAction, Edges } from '../checker/liveness/edges.ts';
import { Liveness } from '../checker/liveness/liveness.ts';
import type { CheckOptions } from '../checker/result/options.ts';
import { type Assembled, assemble } from '../checker/search/assemble.ts';
import type { Machine } from '../checker/transitions/machine.ts';
import type { Scenario } from '../spec/scenario.ts';
import { AnyOrder } from './any-order.ts';

/** The options that decide which graph it is. */
export type GraphOptions = Pick<CheckOptions, 'parameters' | 'faults' | 'deadlock'>;

/**
 * The state graph of a scenario, as far as it was asked for. A state is expanded once: its steps
 * are judged, and all successors are stored and judged, whether or not a run goes there. After that
 * a step of a run costs a look into an array.
 */
export class KnownGraph {
  readonly options: GraphOptions;
  readonly parts: Assembled;
  readonly machine: Machine;
  /** Always kept here, because runs follow its edges. */
  readonly liveness: Liveness;
  /** The steps that change something. A state without `isExpanded` has none yet. */
  readonly edges: Edges;
  readonly order: AnyOrder;
  /** The numbers of the initial states, each once. */
  readonly initial: readonly number[];
  /** The number of expanded states. */
  expanded = 0;
  readonly #expansion: PlainExpansion;
  readonly #counts = { generated: 0 };

  /**
   * Throws a SpecError when the model is broken before its first state, and a UsageError for
   * unknown parameters or faults.
   */
  constructor(scenario: Scenario, options: GraphOptions) {
    const parts = assemble(scenario, options);
    const { system, machine, clauses, steps, constraint, stateChecker } = parts;
    this.options = options;
    this.parts = parts;
    this.machine = machine;
    this.liveness = new Liveness({ system, machine, clauses, steps, constraint });
    this.edges = this.liveness.edges;
    this.order = new AnyOrder(this.edges);
    this.#expansion = new PlainExpansion({
      ...parts,
      liveness: this.liveness,
      frontier: this.order,
      statesMax: Number.POSITIVE_INFINITY,
      counts: this.#counts,
      cutOff: () => undefined,
    });
    this.initial = [...new Set(parts.initial.map((numbers, i) => machine.addInitial(numbers, i)))];
    for (const state of this.initial) stateChecker.judgeInitial(state);
  }

  /** The number of stored states: expanded ones, and successors of them. */
  get states(): number {
    return this.machine.visited.count;
  }

  /** The number of steps of expanded states, those that change nothing included. */
  get steps(): number {
    return this.#counts.generated;
  }

  /** Judges a state and stores its successors, unless that was done. Throws a SpecError. */
  expand(state: number): void {
    if (this.edges.isExpanded(state)) return;
    // A state outside of the constraint of the system is judged, and runs end there.
    if (this.parts.constraint?.excludes(state, this.states)) return;
    this.machine.beginExpansion();
    this.#expansion.expand(state);
    this.expanded += 1;
    if (this.expanded >= this.parts.samples.next) this.#sample(state);
  }

  /** The names of the violated properties, and of the `reachable` ones that were reached. */
  get decided(): number {
    const { stateChecker, stepChecker, ends } = this.parts;
    const steps = stepChecker?.discoveries.size ?? 0;
    return stateChecker.discoveries.size + steps + ends.violated.length;
  }

  /** A text that tells the actor of an action from all others. */
  actorName(action: number): string {
    const { actor } = this.edges.actions[action] as EdgeAction;
    return JSON.stringify([actor.kind, actorName(actor)]);
  }

  /** Evaluates a state again. `next` of the samples counts expansions here. */
  #sample(state: number): void {
    const { samples } = this.parts;
    samples.take(state);
    samples.next = 2 * this.expanded;
  }
}
