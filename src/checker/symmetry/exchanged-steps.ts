import type { Plain } from '../../spec/plain.ts';
import type { Evaluated, Outcome } from '../evaluate/evaluated.ts';
import type { ExchangedSlots } from './exchanged-slots.ts';
import type { Exchange } from './members.ts';

/** An outcome as text that says all of it: the picks, and what it writes. */
export function outcomeKey(
  { picks, writes }: Outcome,
  slots: ExchangedSlots,
  exchange?: Exchange,
): string {
  const { members } = slots;
  const chosen = picks.map(([name, value]): [string, Plain] =>
    exchange === undefined
      ? [name, value]
      : [members.rename(name, exchange), members.renameValue(value, exchange)],
  );
  const written: [number, number][] = [];
  for (let i = 0; i < writes.length; i += 2) {
    const [slot, number] = [writes[i] as number, writes[i + 1] as number];
    written.push(
      exchange === undefined
        ? [slot, number]
        : [slots.slotAfter(slot, exchange), slots.numberAfter(slot, number, exchange)],
    );
  }
  written.sort(([one], [other]) => one - other);
  return JSON.stringify([chosen, written]);
}

/**
 * Whether a step is another one with members exchanged: the outcomes are, in any order. Whether one
 * waits where the other does is part of that.
 */
export function areExchanged(
  one: Evaluated,
  other: Evaluated,
  slots: ExchangedSlots,
  exchange: Exchange,
): boolean {
  if (one.outcomes.length !== other.outcomes.length) return false;
  if (one.outcomes.length === 0) return true;
  const found = new Map<string, number>();
  for (const outcome of other.outcomes) {
    const key = outcomeKey(outcome, slots);
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return one.outcomes.every((outcome) => {
    const key = outcomeKey(outcome, slots, exchange);
    const left = found.get(key) ?? 0;
    found.set(key, left - 1);
    return left > 0;
  });
}

/** The members that the outcomes of a step name or concern. */
export function membersInOutcomes(
  { outcomes }: Evaluated,
  slots: ExchangedSlots,
  found: Set<number>,
): void {
  for (const { picks, writes } of outcomes) {
    for (const [name, value] of picks) {
      slots.members.membersIn(name, found);
      slots.members.membersIn(value, found);
    }
    for (let i = 0; i < writes.length; i += 2) {
      membersAt(writes[i] as number, writes[i + 1] as number, slots, found);
    }
  }
}

/** The members that a slot with this value names or concerns. */
export function membersAt(
  slot: number,
  number: number,
  slots: ExchangedSlots,
  found: Set<number>,
): void {
  const member = slots.memberOf[slot] ?? -1;
  if (member >= 0) found.add(member);
  for (const named of slots.namedAt(slot, number)) found.add(named);
}
