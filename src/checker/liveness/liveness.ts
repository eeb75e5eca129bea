import type {
  AnyBody,
  AnyProperty,
  LeadsToProperty,
  LivenessProperty,
} from '../../spec/property.ts';
import type { AnySystem } from '../../spec/system.ts';
import type { Actor } from '../evaluate/actors.ts';
import type { Evaluated, Outcome } from '../evaluate/evaluated.ts';
import type { Clauses } from '../properties/clauses.ts';
import type { Constraint } from '../properties/constraint.ts';
import type { StepTests, Taken } from '../properties/step-tests.ts';
import type { Machine } from '../transitions/machine.ts';
import { type Condition, conditionsOf, wheresOf } from './conditions.ts';
import { type Marks, type Question, violation } from './decide.ts';
import { Edges, OUTSIDE } from './edges.ts';
import { FairGraph } from './fair-states.ts';
import type { Lasso } from './lasso.ts';
import { mayLeave } from './may-leave.ts';

export type Live = LivenessProperty | LeadsToProperty;

export function isLive(property: AnyProperty): property is Live {
  return ['eventually', 'leadsTo', 'infinitelyOften', 'eventuallyAlways'].includes(property.kind);
}

/** The answer to one liveness property. */
export interface LiveFinding {
  /** A run that violates the property; undefined when it holds. */
  readonly lasso: Lasso | undefined;
  /** The failing entry, as `table.id`. */
  readonly part: string | undefined;
  /**
   * True if no run within the constraint violates the property, but one that leaves it may.
   */
  readonly leaves: boolean;
  /** True if the premise of a leads-to was never true, so that the property asked nothing. */
  readonly vacuous: boolean;
}

/** What liveness works on. */
interface Parts {
  readonly system: AnySystem;
  readonly machine: Machine;
  readonly clauses: Clauses;
  readonly steps: StepTests;
  readonly constraint: Constraint | undefined;
}

/** A test of a state, given by its number. */
type Test = (state: number) => boolean;

/** What messages call the conditions of fairness. */
const WHERE = 'fairness, where';

const NONE: readonly boolean[] = [];

const whereOf = (name: string): string => `property '${name}'`;

/**
 * Keeps the graph of a search for its liveness properties, and decides them on its strongly
 * connected components, with the fairness conditions on the edges. While some states are not
 * expanded, it considers only runs within the expanded ones, because the enabled steps of the
 * others are unknown.
 */
export class Liveness {
  readonly edges = new Edges();
  readonly properties: readonly Live[];
  readonly #system: AnySystem;
  readonly #machine: Machine;
  readonly #clauses: Clauses;
  readonly #steps: StepTests;
  readonly #constraint: Constraint | undefined;
  /** The conditions of fairness on steps. */
  readonly #wheres: readonly ((step: Taken) => boolean)[];

  constructor({ system, machine, clauses, steps, constraint }: Parts) {
    this.#system = system;
    this.#machine = machine;
    this.#clauses = clauses;
    this.#steps = steps;
    this.#constraint = constraint;
    this.#wheres = wheresOf(system).map((where) => steps.question(where, WHERE));
    this.properties = (system.properties ?? []).filter(isLive);
  }

  /**
   * Records a step from the state that `edges.from` named last, which is `state`. `target` is
   * negative for a state that was not stored.
   */
  record(target: number, state: number, actor: number, leaf: number, index: number): void {
    const { actors, leaves } = this.#machine;
    const evaluated = leaves.evaluated[leaf] as Evaluated;
    const outcome = leaves.outcomes[index] as Outcome;
    const step = { state, actor, evaluated, outcome };
    const meets = this.#wheres.length === 0 ? NONE : this.#wheres.map((where) => where(step));
    const by = actors[actor] as Actor;
    const action = this.edges.actionNumber(by, evaluated, outcome, index, meets);
    this.edges.add(target < 0 ? OUTSIDE : target, action);
  }

  /**
   * Records the steps from every expanded state again, because further states may be stored now.
   */
  recordAgain(): void {
    const { edges } = this;
    const machine = this.#machine;
    edges.forget();
    for (let state = 0; state < machine.visited.count; state++) {
      if (!edges.isExpanded(state)) continue;
      edges.from(state);
      for (let actor = 0; actor < machine.actors.length; actor++) this.#recordFrom(state, actor);
      edges.done();
    }
  }

  #recordFrom(state: number, actor: number): void {
    const leaf = this.#machine.leafOf(actor, state);
    // Read only now: evaluating a step may change the layout.
    const { leaves, visited, layout } = this.#machine;
    const first = leaves.first[leaf] as number;
    const last = first + (leaves.changing[leaf] as number);
    for (let outcome = first; outcome < last; outcome++) {
      const target = visited.offer(state, leaves.masks, outcome * layout.width, false);
      this.record(target, state, actor, leaf, outcome);
    }
  }

  conditions(): readonly Condition[] {
    return conditionsOf(this.#system, this.edges);
  }

  /**
   * Decides a property. That no run violates it means something only when every reachable state was
   * expanded.
   */
  decide(property: Live): LiveFinding {
    const { visited } = this.#machine;
    const graph = new FairGraph(this.edges, visited.count, this.conditions());
    const initial = [...visited.parent.subarray(0, visited.count).keys()].filter(
      (state) => visited.parent[state] === -1,
    );
    const outside = [...(this.#constraint?.outside ?? [])];
    let leaves = false;
    let vacuous = property.kind === 'leadsTo';
    for (const { part, question } of this.#questions(property)) {
      const { begins } = question;
      if (typeof begins === 'object' && begins.includes(1)) vacuous = false;
      const lasso = violation(graph, initial, question);
      if (lasso !== undefined) return { lasso, part, vacuous: false, leaves: false };
      leaves ||= mayLeave(this.edges, initial, outside, question);
    }
    return { lasso: undefined, part: undefined, vacuous, leaves };
  }

  *#questions(property: Live): Iterable<{ part: string | undefined; question: Question }> {
    if (property.kind === 'leadsTo') yield* this.#leadsTo(property);
    else yield { part: undefined, question: this.#question(property) };
  }

  #question({ kind, name, holds }: LivenessProperty): Question {
    if ('step' in holds) return this.#stepQuestion(kind, name, holds.step);
    const where = whereOf(name);
    const holdsIn = this.#clauses.question(holds, where);
    const unmet = this.#mark((state) => !holdsIn(state));
    switch (kind) {
      case 'eventually':
        return { inside: unmet, begins: 'start', pends: (state) => !holdsIn(state) };
      case 'infinitelyOften':
        return { inside: unmet, begins: 'anywhere' };
      case 'eventuallyAlways':
        return { inside: this.#expanded(), visits: unmet, begins: 'anywhere' };
    }
  }

  /**
   * The question of a property about steps. Only steps that change the state are edges, because
   * standing still is no step.
   */
  #stepQuestion(kind: LivenessProperty['kind'], name: string, test: AnyBody): Question {
    const met = this.#markEdges(test, name);
    const inside = this.#expanded();
    switch (kind) {
      case 'eventually':
        return { inside, blocked: met, begins: 'start', pends: () => true };
      case 'infinitelyOften':
        return { inside, blocked: met, begins: 'anywhere' };
      case 'eventuallyAlways':
        return { inside, takes: met.map((is) => 1 - is), begins: 'anywhere' };
    }
  }

  *#leadsTo({ name, table, from, to }: LeadsToProperty) {
    if (table === undefined) {
      const asks = this.#clauses.question(from, whereOf(name));
      const arrives = this.#clauses.question(to, whereOf(name));
      yield { part: undefined, question: this.#waiting(asks, arrives) };
      return;
    }
    const { slots } = this.#machine;
    for (const [id, slot] of slots.fields.get(table)?.sorted ?? []) {
      // An entry that no longer exists counts as having arrived.
      const arrives = this.#clauses.entryQuestion(to, { table, id }, true, whereOf(name));
      const asks = this.#clauses.entryQuestion(from, { table, id }, false, whereOf(name));
      yield { part: slots.nameOf(slot), question: this.#waiting(asks, arrives) };
    }
  }

  #waiting(asks: Test, arrives: Test): Question {
    return {
      inside: this.#mark((state) => !arrives(state)),
      begins: this.#mark(asks),
      asks,
      pends: (state) => !arrives(state),
    };
  }

  /** The expanded states: in them the enabled steps are known. */
  #expanded(): Marks {
    const marks = new Uint8Array(this.#machine.visited.count);
    for (let state = 0; state < marks.length; state++) {
      if (this.edges.isExpanded(state)) marks[state] = 1;
    }
    return marks;
  }

  /** The expanded states in which a test is true. */
  #mark(test: Test): Marks {
    const marks = new Uint8Array(this.#machine.visited.count);
    for (let state = 0; state < marks.length; state++) {
      if (this.edges.isExpanded(state) && test(state)) marks[state] = 1;
    }
    return marks;
  }

  /**
   * Marks the edges of which a test is true. It goes through the states in the order of the search,
   * so that steps and edges come in the same order.
   */
  #markEdges(test: AnyBody, name: string): Marks {
    const isMet = this.#steps.question(test, whereOf(name));
    const marks = new Uint8Array(this.edges.count);
    for (let state = 0; state < this.#machine.visited.count; state++) {
      if (!this.edges.isExpanded(state)) continue;
      let edge = this.edges.begin[state] as number;
      for (const step of this.#changesIn(state)) {
        const isKept = this.edges.target[edge] !== OUTSIDE;
        if (isKept && isMet(step)) marks[edge] = 1;
        edge += 1;
      }
    }
    return marks;
  }

  *#changesIn(state: number): Iterable<Taken> {
    const { actors, leaves } = this.#machine;
    for (let actor = 0; actor < actors.length; actor++) {
      const evaluated = leaves.evaluated[this.#machine.leafOf(actor, state)] as Evaluated;
      for (const outcome of evaluated.outcomes) {
        if (outcome.writes.length > 0) yield { state, actor, evaluated, outcome };
      }
    }
  }
}
