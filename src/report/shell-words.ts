import { widthOf } from './text-width.ts';

/** One word as a POSIX shell takes it literally: quoted where a character has a meaning of its own. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * A command that can be pasted. When it is wider than `width` it goes on in further lines, each but the last
 * ending in a backslash. No word is broken.
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
