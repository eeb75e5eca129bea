import { mix } from '../state/state-hash.ts';
import type { Members } from './members.ts';

/** A fact about several members. */
export interface Link {
  readonly kind: number;
  readonly members: readonly number[];
}

/**
 * Members in the order of their colours. Members of one colour stand together; the colour is the
 * place of the first of them. Equal-looking members have one colour, and the order of the colours
 * does not depend on their names.
 */
export interface Colouring {
  readonly order: Int32Array;
  readonly colour: Int32Array;
}

/** The colouring that tells only the sets apart. */
export function bySet(members: Members): Colouring {
  const order = members.identity();
  const colour = new Int32Array(members.count);
  for (const { first, size } of members.sets) colour.fill(first, first, first + size);
  return { order, colour };
}

/**
 * Splits colours by what is true of each member (`own`, a hash), and then by the colours of the
 * members to which it is linked, until nothing changes. A collision of hashes splits less, and does
 * so whatever the names are. Changes `colouring`. Source: colour refinement, as in McKay, Practical
 * graph isomorphism (1981).
 */
export function refine(colouring: Colouring, own: Int32Array, links: readonly Link[]): void {
  let cells = split(colouring, own);
  if (links.length === 0) return;
  const { colour } = colouring;
  const heard = new Int32Array(own.length);
  for (;;) {
    heard.fill(0);
    for (const link of links) tell(link, colour, heard);
    const now = split(colouring, heard);
    if (now === cells) return;
    cells = now;
  }
}

/** Adds to what each member of a link has heard the colours of the others. */
function tell({ kind, members }: Link, colour: Int32Array, heard: Int32Array): void {
  let all = kind;
  for (let i = 0; i < members.length; i++) all = mix(all, colour[members[i] as number] as number);
  for (let i = 0; i < members.length; i++) {
    const member = members[i] as number;
    let told = mix(all, i);
    for (let j = 0; j < members.length; j++) if (members[j] === member) told = mix(told, j);
    heard[member] = ((heard[member] as number) + told) | 0;
  }
}

/** Splits each colour by a number of its members. Returns how many colours there are. */
function split({ order, colour }: Colouring, by: Int32Array): number {
  // Most of it is in order already.
  for (let i = 1; i < order.length; i++) {
    const member = order[i] as number;
    let at = i - 1;
    while (at >= 0 && comesAfter(order[at] as number, member, colour, by)) {
      order[at + 1] = order[at] as number;
      at -= 1;
    }
    order[at + 1] = member;
  }
  let cells = 0;
  let first = 0;
  let before = -1;
  let last = -1;
  for (let i = 0; i < order.length; i++) {
    const member = order[i] as number;
    const old = colour[member] as number;
    if (last < 0 || old !== before || by[member] !== by[last]) {
      cells += 1;
      first = i;
    }
    before = old;
    last = member;
    colour[member] = first;
  }
  return cells;
}

function comesAfter(one: number, other: number, colour: Int32Array, by: Int32Array): boolean {
  const difference = (colour[one] as number) - (colour[other] as number);
  return difference > 0 || (difference === 0 && (by[one] as number) > (by[other] as number));
}
