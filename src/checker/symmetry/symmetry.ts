import type { AnyAction } from '../../spec/action.ts';
import { exchangeable } from '../../spec/symmetry.ts';
import type { AnySystem } from '../../spec/system.ts';
import type { Machine } from '../transitions/machine.ts';
import { type Canonical, CanonicalForm } from './canonical-form.ts';
import { ExchangedSlots } from './exchanged-slots.ts';
import { placements } from './exchanges.ts';
import { Members } from './members.ts';
import { OrbitStore } from './orbit-store.ts';

type Named = Pick<AnyAction, 'kind' | 'actor' | 'name'>;

/** The declared symmetry of a system at work: canonical states, and what exchanges lead to. */
export class Symmetry {
  readonly members: Members;
  readonly slots: ExchangedSlots;
  readonly store: OrbitStore;
  /** Each initial state as it was given, by its index. */
  readonly initial: readonly Int32Array[];
  readonly #machine: Machine;
  readonly #form: CanonicalForm;

  /** `initial` has the value numbers by slot. The store of the machine must be an OrbitStore. */
  constructor(
    machine: Machine,
    system: AnySystem,
    scenario: string,
    initial: readonly (readonly number[])[],
  ) {
    if (!(machine.visited instanceof OrbitStore)) throw new Error('a machine without orbits');
    this.#machine = machine;
    this.members = new Members(exchangeable(system.symmetry, `scenario '${scenario}'`));
    this.slots = new ExchangedSlots(machine.slots, this.members);
    this.#form = new CanonicalForm(this.slots);
    this.initial = initial.map((numbers) => Int32Array.from(numbers));
    this.store = machine.visited;
    this.store.use({
      layoutOf: () => machine.layout,
      countOf: () => machine.slots.count,
      canonical: this.canonical,
      members: this.members,
      initial: this.initial,
    });
  }

  /** The canonical state of a state, and the exchange that leads there. */
  readonly canonical = (vector: Int32Array, mark?: number): Canonical =>
    this.#form.of(vector, mark);

  /** The canonical states of the initial states, in their order; it makes room for them. */
  canonicalInitial(): readonly (readonly number[])[] {
    const canonical = this.initial.map((vector) => [...this.#form.of(vector).vector]);
    this.makeRoom();
    return canonical;
  }

  /**
   * The number of the orbit of a successor of `from`, as `offer` of the store. It may change the
   * layout of all states.
   */
  offer(from: number, successor: Int32Array, store: boolean): number {
    const { vector } = this.#form.of(successor);
    this.makeRoom();
    return this.store.offerCanonical(from, vector, store);
  }

  /** An action with all that exchanges make of its names. */
  exchangedActions({ kind, actor, name }: AnyAction): readonly Named[] {
    const { members } = this;
    const concerned = new Set<number>();
    members.membersIn(name, concerned);
    if (actor !== undefined) members.membersIn(actor, concerned);
    return [...placements(concerned, members)].map((exchange) => ({
      kind,
      actor: actor === undefined ? undefined : members.rename(actor, exchange),
      name: members.rename(name, exchange),
    }));
  }

  /** Writes a state that is not stored where it can be asked about. Returns its number there. */
  place(vector: Int32Array): number {
    this.makeRoom();
    return this.store.place(vector);
  }

  /** Gives bits to values that exchanges have made. */
  makeRoom(): void {
    if (this.#machine.slots.outgrown) this.#machine.relayout();
  }
}
