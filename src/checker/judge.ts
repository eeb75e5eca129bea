import type { ProcessState } from '../spec/process.ts';
import type { AnyEvery, AnyProperty } from '../spec/property.ts';
import type { AnySystem } from '../spec/scenario.ts';
import { SpecError } from '../spec/spec-error.ts';
import { type Clause, Clauses } from './clauses.ts';
import type { Outcome } from './evaluate.ts';
import type { Machine } from './machine.ts';
import type { Field } from './slots.ts';
import { processField, type Tracker } from './tracker.ts';
import type { Views } from './views.ts';

/** The name under which a state without a way out is reported. */
export const DEADLOCK = 'every run can go on until it is done';

/** Where a property was decided: a counterexample, or for `reachable` the state that was looked for. */
export interface Discovery {
  readonly state: number;
  /** The entry of an `every` that fails. */
  readonly entry: string | undefined;
}

/**
 * Judges states as they are found. A property that held in the predecessor is looked at again only when
 * the step wrote something that it ever read.
 */
export class Judge {
  readonly properties: readonly AnyProperty[];
  /** False when the scenario lets runs end anywhere. */
  readonly asksForDeadlock: boolean;
  /** By the name of the property; DEADLOCK for a state in which nothing can happen. */
  readonly discoveries = new Map<string, Discovery>();
  readonly #machine: Machine;
  readonly #clauses: Clauses;
  readonly #final: Clause;
  /** Those whose property is not decided yet. */
  #open: Clause[] = [];
  /**
   * By outcome number: the open clauses that it can change, as of a version of the clauses and for the
   * outcome that had the number then (a new layout, or a direct evaluation, gives it to another).
   */
  readonly #affected: Clause[][] = [];
  readonly #affectedVersion: number[] = [];
  readonly #affectedBy: Outcome[] = [];

  constructor(machine: Machine, system: AnySystem) {
    this.#machine = machine;
    this.#clauses = new Clauses(machine);
    this.properties = system.properties ?? [];
    checkNames(this.properties);
    for (const property of this.properties) this.#openProperty(property);
    this.asksForDeadlock = system.final !== 'anywhere';
    this.#final = this.#finalClause(system.final);
  }

  /** Every property in a state that has no predecessor. */
  judgeInitial(state: number): void {
    for (const clause of [...this.#open]) this.#judge(clause, state);
  }

  /** What may have changed in a new state, which `outcome` led to. */
  judge(state: number, outcome: number): void {
    if (this.#open.length === 0) return;
    const known =
      this.#affectedVersion[outcome] === this.#clauses.version &&
      this.#affectedBy[outcome] === this.#machine.leaves.outcomes[outcome];
    const affected = known ? (this.#affected[outcome] as Clause[]) : this.#findAffected(outcome);
    for (let i = 0; i < affected.length; i++) this.#judge(affected[i] as Clause, state);
  }

  /** A state in which nothing but a fault can happen: fine if the scenario says that it may be final. */
  judgeStuck(state: number): void {
    if (!this.asksForDeadlock || this.discoveries.has(DEADLOCK)) return;
    if (this.#clauses.holds(this.#final, state)) return;
    this.discoveries.set(DEADLOCK, { state, entry: undefined });
  }

  slotAdded(field: Field, slot: number): void {
    for (const clause of [...this.#open, this.#final]) this.#clauses.slotAdded(clause, field, slot);
    for (const property of this.properties) {
      const { body } = property;
      const decided = this.discoveries.has(property.name);
      if (decided || typeof body === 'function' || body.table !== field.name) continue;
      this.#open.push(this.#everyClause(property, body, slot));
    }
  }

  #judge(clause: Clause, state: number): void {
    const { property } = clause;
    if (property === undefined || this.discoveries.has(property.name)) return;
    const value = this.#clauses.holds(clause, state);
    if (value !== (property.kind !== 'always')) return;
    this.discoveries.set(property.name, { state, entry: clause.entry });
    this.#open = this.#open.filter((other) => other.property !== property);
    this.#clauses.version += 1;
  }

  #findAffected(outcome: number): Clause[] {
    const by = this.#machine.leaves.outcomes[outcome] as Outcome;
    const { writes } = by;
    const written = writes.filter((_, i) => i % 2 === 0);
    const affected = this.#open.filter(({ depends }) => written.some((slot) => depends.has(slot)));
    this.#affected[outcome] = affected;
    this.#affectedBy[outcome] = by;
    this.#affectedVersion[outcome] = this.#clauses.version;
    return affected;
  }

  #openProperty(property: AnyProperty): void {
    const { body } = property;
    if (typeof body === 'function') {
      const clause = {
        property,
        entry: undefined,
        body: ({ state, processes }: Views) => body(state, processes),
        where: `property '${property.name}'`,
      };
      this.#open.push(this.#clauses.make(clause, []));
      return;
    }
    const field = this.#machine.slots.fields.get(body.table);
    if (field?.kind !== 'table') {
      throw new SpecError({
        what: `it asks about every entry of '${body.table}', which is not a table`,
        where: `property '${property.name}'`,
        mend: 'A table is a field that is a record by id in the initial state.',
      });
    }
    for (const slot of field.slots.values()) {
      this.#open.push(this.#everyClause(property, body, slot));
    }
  }

  #everyClause(property: AnyProperty, { test }: AnyEvery, slot: number): Clause {
    const { slots } = this.#machine;
    const id = slots.idOf[slot] as string;
    const body = ({ state, processes }: Views, tracker: Tracker) => {
      const entry = tracker.get(slot);
      return entry === undefined || test(entry, id, state, processes);
    };
    const entry = slots.nameOf(slot);
    const where = `property '${property.name}', entry ${entry}`;
    return this.#clauses.make({ property, entry, body, where }, [slot]);
  }

  #finalClause(final: AnySystem['final']): Clause {
    const field = processField(this.#machine.slots);
    const allDone = (tracker: Tracker) => {
      const done = tracker.ids(field).every((pid) => {
        // Only the checker writes this table.
        const process = tracker.get(field.slots.get(pid) as number) as ProcessState;
        return process.at === 'done';
      });
      // A system that never had a process has no notion of done: every end is a deadlock unless `final` allows it.
      return done && field.slots.size > 0;
    };
    const body = ({ state, processes }: Views, tracker: Tracker) =>
      typeof final === 'function' ? final(state, processes) : allDone(tracker);
    const where = `'final', which says where a run may end`;
    return this.#clauses.make({ property: undefined, entry: undefined, body, where }, []);
  }
}

function checkNames(properties: readonly AnyProperty[]): void {
  const names = properties.map((property) => property.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i || name === DEADLOCK);
  if (twice === undefined) return;
  throw new SpecError({
    what: `two properties are called '${twice}'`,
    mend: `Give each a name of its own; '${DEADLOCK}' is taken by the checker.`,
  });
}
