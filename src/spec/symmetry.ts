import { isRecord, quoted, refuse } from './refuse.ts';

/**
 * Sets of things of which any two may be exchanged. A member is a name, or the list of all names
 * that belong to one thing: the server `s1` with its volume, its process and the message that names
 * it. Names in the same place of two lists stand for each other.
 */
export interface Symmetry {
  readonly [set: string]: readonly (string | readonly string[])[];
}

/** The names of each member, by set. */
export type MemberNames = ReadonlyMap<string, readonly (readonly string[])[]>;

const form = "Write it like this: symmetry: { servers: ['s1', 's2'] }";

/**
 * The same for a search that exchanges members. Throws a SpecError also for a set of fewer than two
 * members, which a declaration may have at some points of its parameters.
 */
export function exchangeable(symmetry: unknown, where: string): MemberNames {
  const sets = memberNames(symmetry, where);
  for (const [set, members] of sets) {
    if (members.length >= 2) continue;
    const known = members[0] === undefined ? 'no member' : `one member, ${quoted(members[0][0])}`;
    const mend = 'There is nothing to exchange: give it two, or search without symmetry.';
    refuse(`${where}, symmetry.${set}`, `it has ${known}`, mend);
  }
  return sets;
}

/**
 * The names of each member. Throws a SpecError for what is no list of names, for members with
 * different numbers of names, and for a name that is listed twice.
 */
export function memberNames(symmetry: unknown, where: string): MemberNames {
  if (!isRecord(symmetry)) refuse(where, `\`symmetry\` is ${quoted(symmetry)}`, form);
  const owners = new Map<string, string>();
  const sets = Object.entries(symmetry).map(([set, members]) => {
    const place = `${where}, symmetry.${set}`;
    if (!Array.isArray(members)) refuse(place, `it is ${quoted(members)}`, form);
    const lists = members.map((member: unknown) => namesOf(member, place));
    refuseUnlike(lists, place);
    for (const name of lists.flat()) {
      const other = owners.get(name);
      if (other !== undefined) {
        const twice = other === set ? 'it lists' : `it and symmetry.${other} both list`;
        refuse(place, `${twice} the name ${quoted(name)}`, 'A name belongs to one member.');
      }
      owners.set(name, set);
    }
    return [set, lists] as const;
  });
  return new Map(sets);
}

function namesOf(member: unknown, place: string): readonly string[] {
  const names: readonly unknown[] = Array.isArray(member) ? member : [member];
  const odd = names.find((name) => typeof name !== 'string' || name === '');
  if (names.length === 0 || odd !== undefined) {
    refuse(place, `it lists ${quoted(names.length === 0 ? member : odd)}`, form);
  }
  // Every element was just seen to be a text.
  return names as readonly string[];
}

function refuseUnlike(lists: readonly (readonly string[])[], place: string): void {
  const [first = []] = lists;
  const other = lists.find((names) => names.length !== first.length);
  if (other === undefined) return;
  refuse(
    place,
    `${quoted(first)} and ${quoted(other)} have different numbers of names`,
    'List for each member the same names in the same order.',
  );
}
