import { widthOf } from './text-width.ts';
import { printable } from './value-text.ts';

/**
 * A word quoted for a POSIX shell where it needs quotes. An invisible character is written by its
 * bytes; a line end stays, because `$'…'` would drop it.
 */
export function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  const parts = word.split(/(\n)/).map((part) => (part === '\n' ? part : told(part)));
  return `'${parts.join('')}'`;
}

/** The text as it stands inside a quoted word. */
function told(text: string): string {
  const shown = Array.from(text, (character) => {
    if (character === "'") return `'\\''`;
    return printable(character) === character ? character : `'"$(printf '${octal(character)}')"'`;
  });
  return shown.join('');
}

function octal(character: string): string {
  const bytes = [...new TextEncoder().encode(character)];
  return bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/**
 * A command that can be pasted. Where it is wider than `width`, it continues on further lines after
 * a backslash. No word is broken.
 */
export function commandLines(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.map(shellWord)) {
    if (line === '') line = word;
    else if (widthOf(line) + 1 + widthOf(word) + 2 <= width) line += ` ${word}`;
    else {
      lines.push(`${line} \\`);
      line = `  ${word}`;
    }
  }
  return [...lines, line];
}
