import { visible } from '../../spec/visible.ts';

/** The largest number of characters of a reply: about 2,000 tokens. */
export const replyMax = 7_900;

/** Texts of at most so many characters, lists and records of at most so many entries. */
interface Limits {
  readonly text: number;
  readonly entries: number;
}

/** From generous to narrow; the first under which a reply fits is taken. */
const narrower: readonly Limits[] = [
  { text: 600, entries: 200 },
  { text: 300, entries: 80 },
  { text: 200, entries: 40 },
  { text: 160, entries: 24 },
  { text: 120, entries: 12 },
  { text: 80, entries: 8 },
  { text: 40, entries: 4 },
];

/** A call that a client can copy. It is left out where it is longer. */
const nextMax = 2_000;

/**
 * A reply as JSON of at most 7,900 characters. Long texts are cut at their end, long lists in their
 * middle, since a trace fails at its end; each cut says how much is missing. The field `next` is
 * whole or missing. Invisible characters are escaped, so that no text hides in the names of a
 * model.
 */
export function fitReply(reply: { readonly [field: string]: unknown }): string {
  const { next, ...rest } = reply;
  const call = next === undefined || textOf(next).length > nextMax ? {} : { next };
  for (const limits of narrower) {
    const text = textOf({ ...(trimmed(rest, limits) as object), ...call });
    if (text.length <= replyMax) return text;
  }
  return textOf({ cut: 'the reply is too long to be shown', ...call });
}

function textOf(value: unknown): string {
  // The escapes of `visible` are those of JSON, so the document says the same.
  return visible(JSON.stringify(value));
}

function trimmed(value: unknown, limits: Limits): unknown {
  if (typeof value === 'string') return cutText(value, limits.text);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return cutList(value, limits.entries).map((each) => trimmed(each, limits));
  }
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  const rest = entries.length - limits.entries;
  const kept = entries
    .slice(0, limits.entries)
    .map(([key, each]) => [cutText(key, limits.text), trimmed(each, limits)] as const);
  return Object.fromEntries([...kept, ...(rest > 0 ? [['…', `${rest} more`] as const] : [])]);
}

function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  // A half of a surrogate pair is no character.
  const start = text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
  return `${start}… (${text.length - start.length} more characters)`;
}

function cutList(list: readonly unknown[], most: number): readonly unknown[] {
  if (list.length <= most) return list;
  const head = Math.ceil(most / 2);
  const tail = Math.floor(most / 2);
  const between = `… ${list.length - head - tail} more …`;
  return [...list.slice(0, head), between, ...list.slice(list.length - tail)];
}
