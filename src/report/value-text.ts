import type { Plain } from '../spec/plain.ts';

/**
 * A value of the state on one line, as short as it can be without doubt: `in-use`, `"1"` (the string),
 * `1` (the number), `[detach1]`, `{size: 1}`. Strings that could be taken for something else are quoted.
 */
export function valueText(value: Plain): string {
  if (typeof value === 'string') return bareOrQuoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  // Array.isArray does not narrow readonly arrays away; what is left is a record.
  const entries = Object.entries(value as { readonly [key: string]: Plain });
  return `{${entries.map(([key, entry]) => `${bareOrQuoted(key)}: ${valueText(entry)}`).join(', ')}}`;
}

/** `text` with everything that could move a cursor or hide other text written as an escape. */
export function printable(text: string): string {
  return text.replace(hidden, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** Controls, line ends, marks of direction, and what has no width but tells two names apart. */
const hidden =
  /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;

const bare = /^[\p{L}_/][\p{L}\p{N}\p{M}_./@#-]*$/u;
const looksLikeAnotherType = new Set(['true', 'false', 'null']);

function bareOrQuoted(text: string): string {
  return bare.test(text) && !looksLikeAnotherType.has(text)
    ? text
    : printable(JSON.stringify(text));
}
