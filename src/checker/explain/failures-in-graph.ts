import type { AnySystem } from '../../spec/system.ts';
import { failingAt } from '../properties/failing-at.ts';
import type { PropertyResult } from '../result/result.ts';
import { EndsInGraph } from './ends-in-graph.ts';
import type { Onward, RunGraph } from './run-graph.ts';

type Asked = Pick<PropertyResult, 'name' | 'kind'>;

/** The places where one property fails in a graph. */
export interface Failures {
  /** Whether it fails in this state. */
  at(state: number): boolean;
  /** Whether it fails in step number `index` from this state, or in the state after it. */
  on(state: number, index: number, step: Onward): boolean;
}

/**
 * The places where properties of states or steps, or the question about ends, fail in a graph. All
 * are judged together once for each state, because its plain form costs more than the properties.
 */
export class FailuresInGraph {
  readonly #graph: RunGraph;
  readonly #ofStates: AnySystem;
  readonly #ofSteps: AnySystem;
  readonly #atState: (ReadonlySet<string> | undefined)[] = [];
  readonly #onSteps: (readonly ReadonlySet<string>[] | undefined)[] = [];
  readonly #ends: EndsInGraph;

  /** `asked` are the properties for which `of` will be called. */
  constructor(graph: RunGraph, asked: readonly Asked[]) {
    this.#graph = graph;
    this.#ends = new EndsInGraph(graph);
    const { system } = graph;
    const properties = (system.properties ?? []).filter(({ name }) =>
      asked.some((each) => each.name === name),
    );
    this.#ofStates = { ...system, properties: properties.filter(({ kind }) => kind !== 'step') };
    this.#ofSteps = { ...system, properties: properties.filter(({ kind }) => kind === 'step') };
  }

  get ends(): EndsInGraph {
    return this.#ends;
  }

  /**
   * Undefined for the question about ends where the graph has more states than the bound, because
   * everything that can follow decides whether an end is in reach.
   */
  of({ name, kind }: Asked): Failures | undefined {
    switch (kind) {
      case 'deadlock': {
        const lost = this.#ends.lost();
        return lost && { at: (state) => lost.has(state), on: (_, __, { to }) => lost.has(to) };
      }
      case 'step':
        return {
          at: () => false,
          on: (state, index) => (this.#on(state)[index] ?? nothing).has(name),
        };
      default:
        return {
          at: (state) => this.#at(state).has(name),
          on: (_, __, { to }) => this.#at(to).has(name),
        };
    }
  }

  #at(state: number): ReadonlySet<string> {
    const known = this.#atState[state];
    if (known !== undefined) return known;
    const world = this.#graph.stepper.world(this.#graph.vectorOf(state));
    const failing = namesOf(failingAt(this.#ofStates, world));
    this.#atState[state] = failing;
    return failing;
  }

  #on(state: number): readonly ReadonlySet<string>[] {
    const known = this.#onSteps[state];
    if (known !== undefined) return known;
    const { stepper } = this.#graph;
    const vector = this.#graph.vectorOf(state);
    const before = stepper.world(vector);
    const failing = stepper.enabled(vector).map((candidate) => {
      const step = stepper.describe(vector, candidate);
      return namesOf(failingAt(this.#ofSteps, step.state, { before, step }));
    });
    this.#onSteps[state] = failing;
    return failing;
  }
}

const nothing: ReadonlySet<string> = new Set();

function namesOf(failing: ReturnType<typeof failingAt>): ReadonlySet<string> {
  // Most states violate nothing and share one set.
  return failing.length === 0 ? nothing : new Set(failing.map(({ property }) => property.name));
}
