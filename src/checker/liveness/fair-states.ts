import { type AgainAndAgain, Components, type Part } from './components.ts';
import type { Condition } from './conditions.ts';
import type { Edges } from './edges.ts';

/**
 * The bits in a word of conditions. A graph with more conditions has several words for each action.
 */
const BITS = 31;

/** The fairness conditions of a graph, prepared for questions about states and edges. */
export class FairGraph {
  readonly edges: Edges;
  readonly conditions: readonly Condition[];
  readonly states: number;
  /** The number of words of condition bits. */
  readonly width: number;
  /** By action, `width` words: the conditions that a step of this action fulfils. */
  readonly actionBits: Int32Array;
  readonly weak: Int32Array;
  readonly strong: Int32Array;

  constructor(edges: Edges, states: number, conditions: readonly Condition[]) {
    this.edges = edges;
    this.states = states;
    this.conditions = conditions;
    this.width = Math.max(1, Math.ceil(conditions.length / BITS));
    this.actionBits = new Int32Array(edges.actions.length * this.width);
    this.weak = new Int32Array(this.width);
    this.strong = new Int32Array(this.width);
    for (const [i, { kind, actions }] of conditions.entries()) {
      const word = Math.floor(i / BITS);
      const bit = 1 << (i % BITS);
      const kinds = kind === 'weak' ? this.weak : this.strong;
      kinds[word] = (kinds[word] as number) | bit;
      for (const action of actions) {
        const at = action * this.width + word;
        this.actionBits[at] = (this.actionBits[at] as number) | bit;
      }
    }
  }

  /** One word of the conditions of which some step is enabled in this state. */
  enabled(state: number, word: number): number {
    const { begin, end, action } = this.edges;
    let bits = 0;
    for (let edge = begin[state] as number; edge < (end[state] as number); edge++) {
      bits |= this.actionBits[(action[edge] as number) * this.width + word] as number;
    }
    return bits;
  }
}

/** How a set of states and the edges within it fulfil the conditions. */
interface Account {
  readonly enabledSomewhere: Int32Array;
  readonly enabledEverywhere: Int32Array;
  readonly taken: Int32Array;
}

/**
 * Marks the states in which a fair run can stay for ever within a part of the graph, meeting again
 * and again what is `wanted`. Every run may stand still: a state of which no fairness condition
 * demands a step is a component by itself.
 *
 * It splits components until each is fair or cannot be (Emerson, Lei 1987; Lichtenstein, Pnueli
 * 1985). The answer has the number of a fair component by state, 0 for states in none.
 */
export function fairStates(graph: FairGraph, part: Part, wanted: AgainAndAgain = {}): Int32Array {
  const { states, edges } = graph;
  const fair = new Int32Array(states);
  const region = new Int32Array(states);
  const components = new Components(edges, states);
  const todo: { members: Int32Array; id: number }[] = [];
  let regions = 1;
  const all = Int32Array.from(membersOf(part.inside));
  for (const state of all) region[state] = regions;
  todo.push({ members: all, id: regions });
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const smaller: Int32Array[] = [];
    components.find(next.members, part, region, next.id, (members, component) => {
      const bad = unfair(graph, part, components, members, component, wanted);
      if (bad === undefined) return;
      if (bad.length === 0) for (const state of members) fair[state] = component;
      else smaller.push(members.filter((state) => !enabledAny(graph, state, bad)));
    });
    for (const members of smaller) {
      if (members.length === 0) continue;
      regions += 1;
      for (const state of members) region[state] = regions;
      todo.push({ members, id: regions });
    }
  }
  return fair;
}

/**
 * Undefined when no run can stay fairly in any part of the component. Otherwise the strong
 * conditions, as words, that demand a step which the component does not have; the component is fair
 * when there are none.
 */
function unfair(
  graph: FairGraph,
  part: Part,
  components: Components,
  members: Int32Array,
  id: number,
  { visits, takes }: AgainAndAgain,
): readonly number[] | undefined {
  if (visits !== undefined && !members.some((state) => visits[state] === 1)) return undefined;
  if (takes !== undefined && !hasEdge(graph, part, components, members, id, takes))
    return undefined;
  const account = accountOf(graph, part, components, members, id);
  const bad: number[] = [];
  for (let word = 0; word < graph.width; word++) {
    const untaken = ~(account.taken[word] as number);
    const weak = (graph.weak[word] as number) & (account.enabledEverywhere[word] as number);
    // A weak condition that is enabled everywhere and taken nowhere in the component fails in every
    // part of it, too.
    if ((weak & untaken) !== 0) return undefined;
    const strong = (graph.strong[word] as number) & (account.enabledSomewhere[word] as number);
    if ((strong & untaken) !== 0) bad[word] = strong & untaken;
  }
  return bad;
}

/** True if one of the marked edges lies within the component. */
function hasEdge(
  { edges }: FairGraph,
  { blocked }: Part,
  components: Components,
  members: Int32Array,
  id: number,
  marked: Uint8Array,
): boolean {
  return members.some((state) => {
    for (let edge = edges.begin[state] as number; edge < (edges.end[state] as number); edge++) {
      const within = components.componentOf(edges.target[edge] as number) === id;
      if (within && marked[edge] === 1 && blocked?.[edge] !== 1) return true;
    }
    return false;
  });
}

function accountOf(
  graph: FairGraph,
  { blocked }: Part,
  components: Components,
  members: Int32Array,
  id: number,
): Account {
  const { edges, width } = graph;
  const enabledSomewhere = new Int32Array(width);
  const enabledEverywhere = new Int32Array(width).fill(-1);
  const taken = new Int32Array(width);
  for (const state of members) {
    for (let word = 0; word < width; word++) {
      let enabled = 0;
      for (let edge = edges.begin[state] as number; edge < (edges.end[state] as number); edge++) {
        const bits = graph.actionBits[(edges.action[edge] as number) * width + word] as number;
        enabled |= bits;
        const target = edges.target[edge] as number;
        const within = components.componentOf(target) === id && blocked?.[edge] !== 1;
        if (within) taken[word] = (taken[word] as number) | bits;
      }
      enabledSomewhere[word] = (enabledSomewhere[word] as number) | enabled;
      enabledEverywhere[word] = (enabledEverywhere[word] as number) & enabled;
    }
  }
  return { enabledSomewhere, enabledEverywhere, taken };
}

function enabledAny(graph: FairGraph, state: number, conditions: readonly number[]): boolean {
  return conditions.some((bits, word) => (graph.enabled(state, word) & (bits ?? 0)) !== 0);
}

function* membersOf(inside: Uint8Array): Iterable<number> {
  for (let state = 0; state < inside.length; state++) if (inside[state] === 1) yield state;
}
