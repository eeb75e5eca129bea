import type {
  AnyEntryTest,
  AnyProperty,
  AnyStepTest,
  AnyTest,
  LeadsToProperty,
  LivenessProperty,
} from '../../spec/property.ts';
import type { AnySystem } from '../../spec/scenario.ts';
import type { Actor } from '../actors.ts';
import { tableNamed } from '../clause-bodies.ts';
import type { Clauses } from '../clauses.ts';
import { type Evaluated, type Outcome, requireBoolean } from '../evaluate.ts';
import type { Machine } from '../machine.ts';
import type { StepTests } from '../step-tests.ts';
import type { Tracker } from '../tracker.ts';
import type { Views } from '../views.ts';
import { type Condition, conditionsOf } from './conditions.ts';
import { type Marks, type Question, violation } from './decide.ts';
import { Edges } from './edges.ts';
import { FairGraph } from './fair-states.ts';
import type { Lasso } from './lasso.ts';

export type Live = LivenessProperty | LeadsToProperty;

export function isLive(property: AnyProperty): property is Live {
  return ['eventually', 'leadsTo', 'infinitelyOften', 'eventuallyAlways'].includes(property.kind);
}

/** What was found about one liveness property. */
export interface LiveFinding {
  /** A run that violates it; undefined when it holds. */
  readonly lasso: Lasso | undefined;
  /** The entry that fails, as `table.id`. */
  readonly part: string | undefined;
  /** A leads-to whose premise was never true says nothing. */
  readonly vacuous: boolean;
}

type Body = (views: Views, tracker: Tracker) => unknown;

/**
 * The graph of a search that a liveness property asked for, and the decision when the search is complete.
 * Decided on the strongly connected components of the graph, with the fairness conditions on its edges.
 */
export class Liveness {
  readonly edges = new Edges();
  readonly properties: readonly Live[];
  readonly #system: AnySystem;
  readonly #machine: Machine;
  readonly #clauses: Clauses;
  readonly #steps: StepTests;

  constructor(system: AnySystem, machine: Machine, clauses: Clauses, steps: StepTests) {
    this.#system = system;
    this.#machine = machine;
    this.#clauses = clauses;
    this.#steps = steps;
    this.properties = (system.properties ?? []).filter(isLive);
    for (const property of this.properties) {
      if (property.kind === 'leadsTo' && property.table !== undefined) {
        tableNamed(machine.slots, property.table, property.name);
      }
    }
  }

  /** Records a step from the state that `edges.from` named last. */
  record(
    target: number,
    actor: Actor,
    evaluated: Evaluated,
    outcome: Outcome,
    index: number,
  ): void {
    this.edges.add(target, this.edges.deedNumber(actor, evaluated, outcome, index));
  }

  conditions(): readonly Condition[] {
    return conditionsOf(this.#system, this.edges);
  }

  /** To be asked only when every reachable state was expanded. */
  decide(property: Live): LiveFinding {
    const { visited } = this.#machine;
    const graph = new FairGraph(this.edges, visited.count, this.conditions());
    const initial = [...visited.parent.subarray(0, visited.count).keys()].filter(
      (state) => visited.parent[state] === -1,
    );
    let vacuous = property.kind === 'leadsTo';
    for (const { part, question } of this.#questions(property)) {
      const { begins } = question;
      if (typeof begins === 'object' && begins.includes(1)) vacuous = false;
      const lasso = violation(graph, initial, question);
      if (lasso !== undefined) return { lasso, part, vacuous: false };
    }
    return { lasso: undefined, part: undefined, vacuous };
  }

  *#questions(property: Live): Iterable<{ part: string | undefined; question: Question }> {
    if (property.kind === 'leadsTo') yield* this.#leadsTo(property);
    else yield { part: undefined, question: this.#question(property) };
  }

  #question({ kind, name, holds }: LivenessProperty): Question {
    const all = new Uint8Array(this.#machine.visited.count).fill(1);
    if (typeof holds === 'object') {
      const blocked = this.#markEdges(holds.step, name);
      return { inside: all, blocked, begins: 'anywhere' };
    }
    const isFalse: Body = ({ state, processes }) => !requireBoolean(holds(state, processes));
    const unmet = this.#mark(isFalse, name);
    switch (kind) {
      case 'eventually':
        return { inside: unmet, begins: 'start' };
      case 'infinitelyOften':
        return { inside: unmet, begins: 'anywhere' };
      case 'eventuallyAlways':
        return { inside: all, visits: unmet, begins: 'anywhere' };
    }
  }

  *#leadsTo({ name, table, from, to }: LeadsToProperty) {
    if (table === undefined) {
      // Without a table both tests are about whole states.
      const [asks, arrives] = [from as AnyTest, to as AnyTest];
      const waits: Body = ({ state, processes }) => !requireBoolean(arrives(state, processes));
      const begins: Body = ({ state, processes }) => requireBoolean(asks(state, processes));
      yield { part: undefined, question: this.#waiting(waits, begins, name) };
      return;
    }
    const { slots } = this.#machine;
    const [asks, arrives] = [from as AnyEntryTest, to as AnyEntryTest];
    for (const [id, slot] of tableNamed(slots, table, name).sorted) {
      const waits: Body = ({ state, processes }, tracker) => {
        const entry = tracker.get(slot);
        return entry !== undefined && !requireBoolean(arrives(entry, id, state, processes));
      };
      const begins: Body = ({ state, processes }, tracker) => {
        const entry = tracker.get(slot);
        return entry !== undefined && requireBoolean(asks(entry, id, state, processes));
      };
      yield { part: slots.nameOf(slot), question: this.#waiting(waits, begins, name) };
    }
  }

  #waiting(waits: Body, begins: Body, name: string): Question {
    return { inside: this.#mark(waits, name), begins: this.#mark(begins, name) };
  }

  #mark(body: Body, name: string): Marks {
    const parts = { property: undefined, part: undefined, isPremise: false };
    const clause = this.#clauses.make({ ...parts, body, where: `property '${name}'` }, []);
    const marks = new Uint8Array(this.#machine.visited.count);
    for (let state = 0; state < marks.length; state++) {
      if (this.#clauses.holds(clause, state)) marks[state] = 1;
    }
    return marks;
  }

  /** Goes through all states in the way the search did, so that steps and edges come in the same order. */
  #markEdges(test: AnyStepTest, name: string): Marks {
    const machine = this.#machine;
    const marks = new Uint8Array(this.edges.count);
    for (let state = 0; state < machine.visited.count; state++) {
      let edge = this.edges.begin[state] as number;
      for (let actor = 0; actor < machine.actors.length; actor++) {
        const evaluated = machine.leaves.evaluated[machine.leafOf(actor, state)] as Evaluated;
        for (const outcome of evaluated.outcomes) {
          if (outcome.writes.length === 0) continue;
          const step = { state, actor, evaluated, outcome };
          if (this.#steps.holds(test, `property '${name}'`, step)) marks[edge] = 1;
          edge += 1;
        }
      }
    }
    return marks;
  }
}
