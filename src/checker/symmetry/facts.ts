import type { Plain } from '../../spec/plain.ts';
import type { Members } from './members.ts';

/** What a value says about members: `members` in the place that `kind` describes. */
export interface Fact {
  /** A hash of the place and of all that is no name. Facts of one kind have one hash. */
  readonly kind: number;
  /** In the order of the path. Never empty. */
  readonly members: readonly number[];
}

/**
 * Takes a value apart into facts, one for each scalar in it. Exchanging names in a value exchanges
 * the members in its facts, whatever the order of its keys. `path` and `above` say where the value
 * stands.
 */
export function factsOf(
  value: Plain,
  path: string,
  above: readonly number[],
  members: Members,
): readonly Fact[] {
  const facts: Fact[] = [];
  collect(value, path, above, { members, facts });
  return facts;
}

interface Collecting {
  readonly members: Members;
  readonly facts: Fact[];
}

function collect(item: Plain, at: string, named: readonly number[], into: Collecting): void {
  if (typeof item === 'string') noteText(item, at, named, into);
  else if (typeof item !== 'object' || item === null) note(`${at}=${item}`, named, into);
  else if (Array.isArray(item)) {
    note(`${at}[]${item.length}`, named, into);
    for (const [i, part] of item.entries()) collect(part as Plain, `${at}[${i}]`, named, into);
  } else collectEntries(item as { readonly [key: string]: Plain }, at, named, into);
}

function collectEntries(
  record: { readonly [key: string]: Plain },
  at: string,
  named: readonly number[],
  into: Collecting,
): void {
  const entries = Object.entries(record);
  note(`${at}{}${entries.length}`, named, into);
  for (const [key, part] of entries) {
    const known = into.members.partOf(key);
    const step = known === undefined ? JSON.stringify(key) : `@${into.members.kindOf(key)}`;
    collect(part, `${at}/${step}`, known === undefined ? named : [...named, known.member], into);
  }
}

function noteText(text: string, at: string, named: readonly number[], into: Collecting): void {
  const part = into.members.partOf(text);
  if (part === undefined) note(`${at}=${JSON.stringify(text)}`, named, into);
  else note(`${at}=@${into.members.kindOf(text)}`, [...named, part.member], into);
}

/** Adds a fact, if it is about a member. */
function note(text: string, named: readonly number[], { facts }: Collecting): void {
  if (named.length > 0) facts.push({ kind: hashOf(text), members: named });
}

/** A hash of a text (FNV-1a), 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
