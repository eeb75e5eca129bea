import type { AnyProperty, StateProperty } from '../../spec/property.ts';
import type { AnySystem } from '../../spec/system.ts';
import type { Outcome } from '../evaluate/evaluated.ts';
import { worldOf } from '../evaluate/world.ts';
import type { Field } from '../state/slots.ts';
import type { Machine } from '../transitions/machine.ts';
import type { Circuit } from './circuit.ts';
import type { Clause, Clauses } from './clauses.ts';
import type { Owner } from './readers.ts';
import { type ClauseBody, decidesWhere, partIn, type Quantified, takeApart } from './take-apart.ts';

/** Where a property was decided: a counterexample, or a state that a `reachable` asks for. */
export interface Discovery {
  readonly state: number;
  /** The failing part of the property. */
  readonly part: string | undefined;
}

/** Clauses with the same guard. */
export interface Group {
  readonly guard: Circuit | undefined;
  readonly clauses: Clause[];
}

/** The clauses that a step can change. */
interface Affected {
  /**
   * The outcome for which they were found. A new layout, or an unmemoised evaluation, can give its
   * number to another.
   */
  by: Outcome;
  readonly groups: readonly Group[];
  /** The version of the readers for which they were found or confirmed. */
  version: number;
}

/**
 * Checks the state properties of each new state. A property that held in the predecessor is checked
 * again only when the step wrote a slot that the property has ever read.
 */
export class StateChecker {
  /** By name of the property, in the order of discovery. */
  readonly discoveries = new Map<string, Discovery[]>();
  readonly #machine: Machine;
  readonly clauses: Clauses;
  /** The largest number of violations that are kept for one property. */
  readonly #most: number;
  /** The clauses of undecided properties, and premises that were true nowhere, by owner. */
  readonly #open = new Map<Owner, Clause>();
  readonly #quantified: { property: StateProperty; quantified: Quantified }[] = [];
  /** By number of an outcome. */
  readonly #affected: (Affected | undefined)[] = [];

  constructor(machine: Machine, clauses: Clauses, system: AnySystem, most = 1) {
    this.#machine = machine;
    this.clauses = clauses;
    this.#most = most;
    for (const property of system.properties ?? []) {
      if (isStateProperty(property)) this.#openProperty(property);
    }
  }

  /** Checks every property in a state without a predecessor. */
  judgeInitial(state: number): void {
    this.clauses.answers.look(state);
    this.#judgeGroups(grouped([...this.#open.values()]), state);
  }

  /** Checks what `outcome` may have changed in the new state to which it led. */
  judge(state: number, outcome: number): void {
    if (this.#open.size === 0) return;
    this.clauses.answers.look(state);
    this.#judgeGroups(this.#affectedBy(outcome), state);
  }

  /** Rises when an outcome may concern further properties. */
  get version(): number {
    return this.clauses.readers.version;
  }

  /** What has to be asked in a new state to which a step with this outcome led. */
  groupsAfter(outcome: number): readonly Group[] {
    return this.#open.size > 0 ? this.#affectedBy(outcome) : [];
  }

  #judgeGroups(groups: readonly Group[], state: number): void {
    const { answers } = this.clauses;
    for (const { guard, clauses } of groups) {
      if (guard !== undefined && !guard.value(answers)) continue;
      for (const clause of clauses) {
        if (clause.isOpen && clause.decides()) this.#decide(clause, state);
      }
    }
  }

  slotAdded(field: Field, slot: number): void {
    for (const { property, quantified } of this.#quantified) {
      if (quantified.field !== field.name || this.#isDecided(property)) continue;
      const id = this.#machine.slots.idOf[slot] as string;
      for (const clause of quantified.clausesOf(id)) this.#openClause(property, clause);
    }
  }

  /** Notes that a clause decides its property in this state. */
  #decide(clause: Clause, state: number): void {
    const { property } = clause;
    if (clause.isPremise) {
      this.#close(clause);
      return;
    }
    this.#machine.lookAt(state);
    const part = partIn(clause.body, worldOf(this.#machine.slots, this.#machine));
    const found = [...(this.discoveries.get(property.name) ?? []), { state, part }];
    this.discoveries.set(property.name, found);
    if (!this.#isDecided(property)) return;
    for (const other of this.#open.values()) if (other.property === property) this.#close(other);
  }

  #close(clause: Clause): void {
    this.#open.delete(clause.owner);
    clause.isOpen = false;
    this.clauses.readers.changeAll();
  }

  #isDecided(property: StateProperty): boolean {
    const found = this.discoveries.get(property.name)?.length ?? 0;
    return found >= (property.kind === 'reachable' ? 1 : this.#most);
  }

  #affectedBy(outcome: number): readonly Group[] {
    const { readers } = this.clauses;
    const by = this.#machine.leaves.outcomes[outcome] as Outcome;
    const known = this.#affected[outcome];
    if (known !== undefined && (known.by === by || writesSame(known.by, by))) {
      known.by = by;
      if (known.version === readers.version) return known.groups;
      if (readers.areSame(by.writes, known.version)) {
        known.version = readers.version;
        return known.groups;
      }
    }
    const clauses = [...readers.of(by.writes)]
      .flatMap((owner) => this.#open.get(owner) ?? [])
      .sort((one, other) => one.index - other.index);
    const groups = grouped(clauses);
    this.#affected[outcome] = { by, groups, version: readers.version };
    return groups;
  }

  #openProperty(property: StateProperty): void {
    const { fields } = this.#machine.slots;
    const { clauses, quantified } = takeApart(
      property.body,
      decidesWhere(property.kind),
      (field) => fields.get(field)?.slots.keys() ?? [],
    );
    for (const clause of clauses) this.#openClause(property, clause);
    this.#quantified.push(...quantified.map((each) => ({ property, quantified: each })));
  }

  #openClause(property: StateProperty, body: ClauseBody): void {
    const clause = this.clauses.clause(property, `property '${property.name}'`, body);
    this.#open.set(clause.owner, clause);
    this.clauses.readers.changeAll();
  }

  /**
   * The premises of a property that were true in no state: each as its part, undefined for the
   * whole property.
   */
  unmetPremises(property: StateProperty): readonly (string | undefined)[] {
    return [...this.#open.values()]
      .filter((clause) => clause.property === property && clause.isPremise)
      .map(({ body }) => body.part);
  }
}

/** Whether both outcomes write the same slots. */
function writesSame({ writes }: Outcome, other: Outcome): boolean {
  if (writes.length !== other.writes.length) return false;
  for (let i = 0; i < writes.length; i += 2) if (writes[i] !== other.writes[i]) return false;
  return true;
}

/** The groups, in the order of their first clauses. */
function grouped(clauses: readonly Clause[]): readonly Group[] {
  const groups = new Map<Circuit | Clause, Group>();
  for (const clause of clauses) {
    const { guard } = clause;
    const group = groups.get(guard ?? clause) ?? { guard, clauses: [] };
    group.clauses.push(clause);
    groups.set(guard ?? clause, group);
  }
  return [...groups.values()];
}

function isStateProperty(property: AnyProperty): property is StateProperty {
  return 'body' in property;
}
