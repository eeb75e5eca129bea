import type { StateProperty } from '../spec/property.ts';
import type { AnySystem } from '../spec/scenario.ts';
import { type ClauseBody, decidesWhere, type Quantified, takeApart } from './bodies.ts';
import type { Clause, Clauses } from './clauses.ts';
import type { Outcome } from './evaluate.ts';
import type { Machine } from './machine.ts';
import type { Field } from './slots.ts';

/** Where a property was decided: a counterexample, or for `reachable` the state that was looked for. */
export interface Discovery {
  readonly state: number;
  /** The part of the property that fails, in words. */
  readonly part: string | undefined;
}

/**
 * Judges states as they are found. A property that held in the predecessor is looked at again only when
 * the step wrote something that it ever read.
 */
export class Judge {
  /** By the name of the property. The first is the nearest. */
  readonly discoveries = new Map<string, Discovery[]>();
  /** Premises that were true somewhere. */
  readonly #premisesMet = new Set<Clause>();
  readonly #machine: Machine;
  readonly #clauses: Clauses;
  /** How many violations of one property are wanted. */
  readonly #most: number;
  /** Those whose property is not decided yet. */
  #open: Clause[] = [];
  readonly #quantified: { property: StateProperty; quantified: Quantified }[] = [];
  /**
   * By outcome number: the open clauses that it can change, as of a version of the clauses and for the
   * outcome that had the number then (a new layout, or a direct evaluation, gives it to another).
   */
  readonly #affected: Clause[][] = [];
  readonly #affectedVersion: number[] = [];
  readonly #affectedBy: Outcome[] = [];

  constructor(machine: Machine, clauses: Clauses, system: AnySystem, most = 1) {
    this.#machine = machine;
    this.#clauses = clauses;
    this.#most = most;
    for (const property of system.properties ?? []) {
      if (isStateProperty(property)) this.#openProperty(property);
    }
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

  slotAdded(field: Field, slot: number): void {
    for (const { property, quantified } of this.#quantified) {
      if (quantified.table !== field.name || this.#isDecided(property)) continue;
      this.#openClause(property, quantified.clauseOf(this.#machine.slots.idOf[slot] as string));
    }
  }

  #judge(clause: Clause, state: number): void {
    const { property } = clause;
    if (property === undefined || this.#isDecided(property)) return;
    if (clause.isPremise && this.#premisesMet.has(clause)) return;
    const value = this.#clauses.holds(clause, state);
    if (clause.isPremise) {
      if (value) this.#premisesMet.add(clause);
      return;
    }
    if (value !== decidesWhere(property.kind)) return;
    const found = [...(this.discoveries.get(property.name) ?? []), { state, part: clause.part }];
    this.discoveries.set(property.name, found);
    if (!this.#isDecided(property)) return;
    this.#open = this.#open.filter((other) => other.property !== property);
    this.#clauses.version += 1;
  }

  #isDecided(property: StateProperty): boolean {
    const found = this.discoveries.get(property.name)?.length ?? 0;
    return found >= (property.kind === 'reachable' ? 1 : this.#most);
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

  #openProperty(property: StateProperty): void {
    const { fields } = this.#machine.slots;
    const { clauses, quantified } = takeApart(
      property.body,
      decidesWhere(property.kind),
      (table) => fields.get(table)?.slots.keys() ?? [],
    );
    for (const clause of clauses) this.#openClause(property, clause);
    this.#quantified.push(...quantified.map((each) => ({ property, quantified: each })));
  }

  #openClause(property: StateProperty, { part, holds, entry, isPremise }: ClauseBody): void {
    const where = `property '${property.name}'${part === undefined ? '' : `, ${part}`}`;
    const { fields } = this.#machine.slots;
    // A step that writes the entry may be the first that can change what is asked of it.
    const slot = entry === undefined ? undefined : fields.get(entry.table)?.slots.get(entry.id);
    const parts = { property, part, isPremise, body: holds, where, slot };
    this.#open.push(this.#clauses.make(parts));
  }

  /**
   * The premises of a property that were true in no state that was judged: its part, undefined for
   * all of the property.
   */
  unmetPremises(property: StateProperty): readonly (string | undefined)[] {
    return this.#open
      .filter((clause) => clause.property === property && clause.isPremise)
      .filter((clause) => !this.#premisesMet.has(clause))
      .map(({ part }) => part);
  }
}

function isStateProperty(property: { readonly kind: string }): property is StateProperty {
  return ['always', 'never', 'reachable'].includes(property.kind);
}
