import type { Plain } from '../../spec/plain.ts';
import { ABSENT, PROCESSES, type Slots } from '../state/slots.ts';
import { type Fact, factsOf } from './facts.ts';
import type { Exchange, Members } from './members.ts';

/** What is known of one value of one slot. */
interface Known {
  readonly facts: readonly Fact[];
  /** The members that the value itself names. */
  readonly named: readonly number[];
  /** The number of the exchanged value in the exchanged slot, by what the exchange does to both. */
  readonly images: Map<number | string, number>;
  /** The same by member, for a value without names in the slot of a member. */
  readonly moved: Int32Array | undefined;
}

const NONE: readonly number[] = [];

/**
 * What an exchange of members does to slots and to value numbers. A slot whose entry has the name
 * of a member changes places with those of the other members; the tables for the values are made on
 * demand.
 */
export class ExchangedSlots {
  readonly members: Members;
  readonly slots: Slots;
  /** Members that some value or entry has named. */
  readonly everNamed = new Set<number>();
  /** By slot: the member whose name its entry has, -1 for none. */
  readonly memberOf: number[] = [];
  /** By member: the slots of its entries. */
  readonly slotsOf: number[][];
  /** By slot: the slots of the same entry of each member of the set; undefined for none. */
  readonly #families: (readonly number[] | undefined)[] = [];
  readonly #known: (Known | undefined)[][] = [];
  /** The number of slots that this knows. */
  #closed = 0;

  constructor(slots: Slots, members: Members) {
    this.slots = slots;
    this.members = members;
    this.slotsOf = Array.from({ length: members.count }, () => []);
    this.close();
  }

  /** Makes the slots that exchanges lead to. To be called with each new slot. */
  close(): void {
    const { slots, members } = this;
    // Making a slot calls this again, for that slot.
    while (this.#closed < slots.count) {
      const slot = this.#closed;
      this.#closed += 1;
      const field = slots.fieldOf[slot];
      const part = field?.kind === 'table' ? members.partOf(slots.idOf[slot] as string) : undefined;
      this.memberOf[slot] = part?.member ?? -1;
      this.#known[slot] = [];
      this.#families[slot] = undefined;
      if (field === undefined || part === undefined) continue;
      this.slotsOf[part.member]?.push(slot);
      const set = members.setAround(part.member);
      this.#families[slot] = Array.from({ length: set.size }, (_, i) =>
        slots.slot(field, members.names[set.first + i]?.[part.part] as string),
      );
    }
  }

  /** The slot that takes the place of this one. */
  slotAfter(slot: number, exchange: Exchange): number {
    const family = this.#families[slot];
    if (family === undefined) return slot;
    const member = this.memberOf[slot] as number;
    const { first } = this.members.setAround(member);
    return family[(exchange[member] as number) - first] as number;
  }

  /** What a value says about members, and whom it names. */
  at(slot: number, number: number): Pick<Known, 'facts' | 'named'> {
    return this.#at(slot, number);
  }

  /** The members that a value names, not counting the name of its entry. */
  namedAt(slot: number, number: number): readonly number[] {
    return this.#at(slot, number).named;
  }

  /** The number of the exchanged value in the slot to which the exchange leads. */
  numberAfter(slot: number, number: number, exchange: Exchange): number {
    const member = this.memberOf[slot] as number;
    const { named, moved, images } = this.#at(slot, number);
    if (named.length === 0) {
      if (moved === undefined) return number;
      const to = exchange[member] as number;
      const image = moved[to] as number;
      if (image >= 0) return image;
      const made = this.#make(slot, number, exchange);
      moved[to] = made;
      return made;
    }
    const key = this.#keyOf(member, named, exchange);
    const known = images.get(key);
    if (known !== undefined) return known;
    const made = this.#make(slot, number, exchange);
    images.set(key, made);
    return made;
  }

  /** The state after an exchange, as value numbers by slot. */
  after(vector: Int32Array, exchange: Exchange): Int32Array {
    const { count } = this.slots;
    const out = new Int32Array(count);
    for (let slot = 0; slot < count; slot++) {
      const number = vector[slot] ?? 0;
      const isFixed = this.memberOf[slot] === -1 && this.#at(slot, number).named.length === 0;
      if (isFixed) out[slot] = number;
      else out[this.slotAfter(slot, exchange)] = this.numberAfter(slot, number, exchange);
    }
    return out;
  }

  #keyOf(member: number, named: readonly number[], exchange: Exchange): number | string {
    const base = this.members.count + 1;
    if (base ** (named.length + 1) > Number.MAX_SAFE_INTEGER) {
      return [member < 0 ? -1 : exchange[member], ...named.map((each) => exchange[each])].join();
    }
    let key = member < 0 ? 0 : (exchange[member] as number) + 1;
    for (let i = 0; i < named.length; i++)
      key = key * base + (exchange[named[i] as number] as number);
    return key;
  }

  #make(slot: number, number: number, exchange: Exchange): number {
    const value = this.slots.valueOf(slot, number);
    const to = this.slotAfter(slot, exchange);
    if (value === ABSENT) return this.slots.intern(to, ABSENT);
    return this.slots.intern(to, this.#renamed(slot, value, exchange));
  }

  /** Of a process only the variables are renamed: flows and labels are no things of the model. */
  #renamed(slot: number, value: Plain, exchange: Exchange): Plain {
    const { members } = this;
    if (this.slots.fieldOf[slot]?.name !== PROCESSES) return members.renameValue(value, exchange);
    const process = value as { readonly vars: Plain };
    const vars = members.renameValue(process.vars, exchange);
    return { ...process, vars } as Plain;
  }

  #at(slot: number, number: number): Known {
    const byNumber = this.#known[slot] as (Known | undefined)[];
    const known = byNumber[number];
    if (known !== undefined) return known;
    const made = this.#look(slot, number);
    byNumber[number] = made;
    return made;
  }

  #look(slot: number, number: number): Known {
    const { members, slots } = this;
    const member = this.memberOf[slot] as number;
    const value = slots.valueOf(slot, number);
    const moved = member < 0 ? undefined : new Int32Array(members.count).fill(-1);
    if (value === ABSENT) return { facts: [], named: NONE, images: new Map(), moved };
    const field = slots.fieldOf[slot];
    const isProcess = field?.name === PROCESSES;
    const inner = isProcess ? (value as { readonly vars: Plain }).vars : value;
    const found = new Set<number>();
    members.membersIn(inner, found);
    for (const each of found) this.everNamed.add(each);
    if (member >= 0) this.everNamed.add(member);
    const id = slots.idOf[slot] as string;
    const place = `${field?.name}/${member < 0 ? JSON.stringify(id) : `@${members.kindOf(id)}`}`;
    const path = isProcess ? `${place}${standing(value)}` : place;
    const facts = factsOf(inner, path, member < 0 ? NONE : [member], members);
    return { facts, named: [...found], images: new Map(), moved };
  }
}

/** The flow of a process and the label at which it stands. */
function standing(process: Plain): string {
  const { flow, at } = process as { readonly flow: Plain; readonly at: Plain };
  return JSON.stringify([flow, at]);
}
