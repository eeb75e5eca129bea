import type { Plain } from '../spec/plain.ts';
import { withoutCommands } from '../spec/visible.ts';

/**
 * A value of the state on one line, as short as it can be without doubt: `in-use`, `"1"` (the
 * string), `1` (the number), `[detach1]`, `{size: 1}`. A string that looks like another value is
 * quoted.
 */
export function valueText(value: Plain): string {
  if (typeof value === 'string') return bareOrQuoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  // Array.isArray does not narrow readonly arrays, so the compiler cannot know that this is a
  // record.
  const entries = Object.entries(value as { readonly [key: string]: Plain });
  return `{${entries.map(([key, entry]) => `${bareOrQuoted(key)}: ${valueText(entry)}`).join(', ')}}`;
}

/** `text` with every character escaped that could move the cursor or hide other text. */
export const printable = (text: string): string => withoutCommands(text);

const bare = /^[\p{L}_/][\p{L}\p{N}\p{M}_./@#-]*$/u;
const looksLikeAnotherType = new Set(['true', 'false', 'null']);

function bareOrQuoted(text: string): string {
  return bare.test(text) && !looksLikeAnotherType.has(text)
    ? text
    : printable(JSON.stringify(text));
}
