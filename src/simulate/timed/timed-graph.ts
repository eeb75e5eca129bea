import { actorName } from '../../checker/evaluate/actors.ts';
import { nameText, subjectOf } from '../../checker/result/schedule-entry.ts';
import { UsageError } from '../../checker/result/usage-error.ts';
import { ABSENT, PROCESSES } from '../../checker/state/slots.ts';
import type { Durations } from '../../spec/duration.ts';
import type { StateProperty } from '../../spec/property.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { goalOf } from '../goal.ts';
import { type GraphOptions, KnownGraph } from '../known-graph.ts';

/** Something that happens after a time: a request arrives, or a step ends. */
export interface Clock {
  /** The process that gets a request; undefined for a step. */
  readonly request: number | undefined;
  /** The step, as in `durations`; undefined for a request. */
  readonly step: string | undefined;
  /** A fault is awaited by nothing. */
  readonly isFault: boolean;
  /** Tells clocks of one node from each other. */
  readonly key: string;
  /** The nodes that may follow, each with the same probability. */
  readonly next: readonly number[];
}

/** A state of the system, with the requests that have arrived and not begun. */
interface Node {
  readonly state: number;
  /** A bit for each process: 1 once its request has arrived. */
  readonly arrived: number;
  /** What can happen next; undefined before it is asked for. */
  clocks: readonly Clock[] | undefined;
  end?: RoundEnd | 'none';
}

/** Why nothing follows a node. `stuck`: a request is under way that nothing can end. */
export type RoundEnd = 'over' | 'stuck';

/** Requests are kept as bits of a word. */
const processesMax = 30;

/**
 * The states that requests and steps lead through. Each process of the scenario is an operation on
 * entities of its own: its first step waits for a request, as it does again when the process is
 * back where it began. Once no operation is under way, the entities return to their start, and
 * node 0 comes again. No step leads to node 0, although one may lead to its state.
 */
export class TimedGraph {
  /** The processes that requests start. */
  readonly processes: readonly string[];
  /** The properties of states that are asked: every `always` and `never`. */
  readonly properties: readonly StateProperty[];
  readonly #graph: KnownGraph;
  readonly #durations: Durations;
  readonly #nodes: Node[] = [];
  readonly #numberOf = new Map<string, number>();
  readonly #slots: readonly number[];
  readonly #isViolated: readonly ((state: number) => boolean)[];
  /** By slot of a process: its first value. */
  readonly #first: readonly number[];

  /**
   * Throws a UsageError for a scenario without processes, or with several initial states, and a
   * SpecError when the model is broken.
   */
  constructor(scenario: Scenario, options: GraphOptions, durations: Durations) {
    const graph = new KnownGraph(scenario, options);
    const { system } = graph.parts;
    this.#graph = graph;
    this.#durations = durations;
    this.processes = Object.keys(system.processes ?? {});
    const [start, ...others] = graph.initial;
    if (start === undefined || others.length > 0 || this.processes.length === 0) {
      throw new UsageError(
        `scenario '${scenario.name}' cannot be timed: requests start processes, in one initial state`,
        'Give it processes, and one initial state.',
      );
    }
    if (this.processes.length > processesMax) {
      throw new UsageError(`there are more than ${processesMax} processes`);
    }
    const { slots } = graph.machine;
    const field = slots.fields.get(PROCESSES);
    this.#slots = this.processes.map((pid) => field?.slots.get(pid) ?? -1);
    graph.machine.lookAt(start);
    this.#first = this.#slots.map((slot) => graph.machine.numberOf(slot));
    this.properties = (system.properties ?? []).filter(
      (property): property is StateProperty =>
        property.kind === 'always' || property.kind === 'never',
    );
    this.#isViolated = this.properties.map(
      (property) => goalOf(graph, property, start)?.isMet ?? (() => false),
    );
    this.#nodes.push({ state: start, arrived: 0, clocks: undefined });
  }

  /** The steps that were enabled in some node so far. */
  readonly steps = new Set<string>();

  /**
   * Looks at every node of a round. Returns false where there are more than `nodesMax`. Throws a
   * UsageError for a step without a duration, and where rounds may never end.
   */
  explore(nodesMax: number): boolean {
    const met = new Set([0]);
    const before: number[][] = [];
    // The list grows while it is gone through.
    for (const node of met) {
      if (met.size > nodesMax) return false;
      for (const to of this.nextOf(node)) {
        met.add(to);
        before[to] ??= [];
        before[to].push(node);
      }
    }
    const ending = new Set([...met].filter((node) => this.endOf(node) !== undefined));
    for (const node of ending) for (const from of before[node] ?? []) ending.add(from);
    const endless = [...met].find((node) => !ending.has(node));
    if (endless !== undefined) throw this.#endless(endless);
    return true;
  }

  /** The nodes that may follow; none where a round ends. */
  nextOf(node: number): number[] {
    return this.endOf(node) === undefined ? this.clocks(node).flatMap(({ next }) => next) : [];
  }

  /** The error for a node from which no round ends. */
  #endless(node: number): UsageError {
    const steps = this.clocks(node).flatMap(({ step }) => (step === undefined ? [] : [step]));
    const names = [...new Set(steps)].map((step) => `'${step}'`).join(', ');
    return new UsageError(
      `a round may never end: after some requests there is always a step to take (now ${names})`,
      'Let each request come to an end, and let actions stop when no request is under way.',
    );
  }

  get count(): number {
    return this.#nodes.length;
  }

  /** Whether property number `property` fails in a node. */
  isViolated(property: number, node: number): boolean {
    return this.#isViolated[property]?.((this.#nodes[node] as Node).state) === true;
  }

  /** Whether a property fails in some node that was looked at. */
  mayFail(property: number): boolean {
    return this.#nodes.some((_, node) => this.isViolated(property, node));
  }

  /**
   * What can happen next in a node; only requests where no operation is under way. Throws a
   * UsageError for a step without a duration.
   */
  clocks(number: number): readonly Clock[] {
    const node = this.#nodes[number] as Node;
    node.clocks ??= this.#clocksOf(node);
    return node.clocks;
  }

  /**
   * Why a round ends in a node; undefined where it goes on. Steps that are enabled are awaited,
   * faults only by a request that is under way, and so are further requests.
   */
  endOf(number: number): RoundEnd | undefined {
    const node = this.#nodes[number] as Node;
    node.end ??= number === 0 ? 'none' : this.#endOf(node, this.clocks(number));
    return node.end === 'none' ? undefined : node.end;
  }

  #endOf(node: Node, clocks: readonly Clock[]): RoundEnd | 'none' {
    if (clocks.some(({ request, isFault }) => request === undefined && !isFault)) return 'none';
    if (!this.#isUnderWay(node)) return 'over';
    return clocks.length === 0 ? 'stuck' : 'none';
  }

  /** Whether a request has arrived that has not ended. */
  #isUnderWay({ state, arrived }: Node): boolean {
    const { machine } = this.#graph;
    const waiting = this.#waiting(state, arrived);
    const slots = machine.slots.fields.get(PROCESSES)?.slots ?? new Map<string, number>();
    machine.lookAt(state);
    return [...slots].some(([pid, slot]) => {
      const value = machine.slots.values[slot]?.[machine.numberOf(slot)];
      const isOpen = value !== ABSENT && (value as { readonly at: string }).at !== 'done';
      return isOpen && !waiting.has(this.processes.indexOf(pid));
    });
  }

  #clocksOf({ state, arrived }: Node): readonly Clock[] {
    const waiting = this.#waiting(state, arrived);
    const requests = [...waiting].map(
      (process): Clock => ({
        request: process,
        step: undefined,
        isFault: false,
        key: `request ${process}`,
        next: [this.#number(state, arrived | (1 << process))],
      }),
    );
    return [...requests, ...this.#steps(state, arrived, waiting)];
  }

  /** The numbers of processes whose request has not arrived. */
  #waiting(state: number, arrived: number): ReadonlySet<number> {
    const { machine } = this.#graph;
    machine.lookAt(state);
    const all = this.processes.map((_, process) => process);
    return new Set(
      all.filter(
        (process) =>
          (arrived & (1 << process)) === 0 &&
          machine.numberOf(this.#slots[process] as number) === this.#first[process],
      ),
    );
  }

  #steps(state: number, arrived: number, waiting: ReadonlySet<number>): readonly Clock[] {
    this.#graph.expand(state);
    const { begin, end, action, target, actions } = this.#graph.edges;
    const byKey = new Map<string, { step: string; isFault: boolean; next: number[] }>();
    for (let edge = begin[state] ?? 0; edge < (end[state] ?? 0); edge++) {
      const { actor, flow, label } = actions[action[edge] as number] as (typeof actions)[number];
      const name = actorName(actor);
      const process = actor.kind === 'process' ? this.processes.indexOf(actor.pid) : -1;
      if (waiting.has(process)) continue;
      const step = subjectOf(actor.kind === 'process' ? flow : name, label);
      const key = JSON.stringify([actor.kind, name, label]);
      const clock = byKey.get(key) ?? {
        step: this.#timed(step, nameText(label)),
        isFault: actor.kind === 'fault',
        next: [],
      };
      byKey.set(key, clock);
      const left = process < 0 ? arrived : arrived & ~(1 << process);
      clock.next.push(this.#number(target[edge] as number, left));
    }
    return [...byKey].map(([key, clock]) => ({ request: undefined, key, ...clock }));
  }

  /** The name under which a step has a duration: its own, or that of its label in all flows. */
  #timed(step: string, label: string): string {
    const name = [step, label].find((each) => Object.hasOwn(this.#durations, each));
    if (name !== undefined) {
      this.steps.add(name);
      return name;
    }
    throw new UsageError(
      `the step '${step}' has no duration`,
      `Add it to the durations of the scenario: '${step}': exponential(2, { assumed: 'why' })`,
    );
  }

  #number(state: number, arrived: number): number {
    const key = `${state} ${arrived}`;
    const known = this.#numberOf.get(key);
    if (known !== undefined) return known;
    const number = this.#nodes.push({ state, arrived, clocks: undefined }) - 1;
    this.#numberOf.set(key, number);
    return number;
  }
}
