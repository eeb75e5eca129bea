import { widthOf } from './text-width.ts';
import { printable } from './value-text.ts';

/**
 * One word as a POSIX shell takes it literally: quoted where a character has a meaning of its own.
 * A character that cannot be seen is told by the numbers of its bytes; a line end stays, as a shell
 * would drop it.
 */
export function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  const parts = word.split(/(\n)/).map((part) => (part === '\n' ? part : told(part)));
  return `'${parts.join('')}'`;
}

/** In the middle of a word in single quotes. */
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
 * A command that can be pasted. When it is wider than `width` it goes on in further lines, each but
 * the last ending in a backslash. No word is broken.
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
