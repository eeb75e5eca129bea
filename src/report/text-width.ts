import stringWidth from 'string-width';

/** The number of columns of `text` on a terminal: wide characters count two, colour codes none. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** `text` filled with spaces on one side up to `width` columns. */
export function pad(text: string, width: number, side: 'left' | 'right' = 'right'): string {
  const spaces = ' '.repeat(Math.max(0, width - widthOf(text)));
  return side === 'right' ? text + spaces : spaces + text;
}

/**
 * `text` in at most `width` columns. A cut ends in an ellipsis, and falls on the end of a word if
 * there is one in the last third. The text must not contain colour codes, because the cut could
 * break one.
 */
export function shorten(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const kept = text.slice(0, lengthWithin(text, width - 1));
  const tail = /[\s,;:[{(][^\s,;:[{(]*$/.exec(kept);
  const cut =
    tail !== null && tail.index > (kept.length * 2) / 3 ? kept.slice(0, tail.index) : kept;
  return width < 1 ? '' : `${cut.trimEnd()}…`;
}

/**
 * Lines of at most `width` columns, broken between words. A longer word is broken after a bar, a
 * comma or a slash, or else anywhere. A no-break space (U+00A0) keeps two words together.
 */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(1, width);
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of text.split(/[ \n\t]+/).filter((part) => part !== '')) {
    for (const [i, piece] of pieces(word, room).entries()) {
      const glue = i === 0 ? ' ' : '';
      if (line === undefined) line = piece;
      else if (widthOf(line + glue + piece) <= room) line += glue + piece;
      else {
        lines.push(line);
        line = piece;
      }
    }
  }
  return line === undefined ? lines : [...lines, line];
}

/** `head` and `text`, wrapped. Further lines are indented to where the text began. */
export function hanging(head: string, text: string, width: number): string[] {
  const indent = widthOf(head);
  const lines = wrap(text, width - indent);
  if (lines.length === 0) return [head.trimEnd()];
  return lines.map((line, i) => (i === 0 ? head : ' '.repeat(indent)) + line);
}

/** A word as pieces of at most `room` columns. */
function pieces(word: string, room: number): string[] {
  if (widthOf(word) <= room) return [word];
  return word.split(/(?<=[|,/])/).flatMap((part) => {
    const parts: string[] = [];
    let rest = part;
    while (widthOf(rest) > room) {
      const end = Math.max(1, lengthWithin(rest, room));
      parts.push(rest.slice(0, end));
      rest = rest.slice(end);
    }
    return [...parts, rest];
  });
}

const segmenter = new Intl.Segmenter('en');

/**
 * Length in UTF-16 units of the longest prefix of whole characters that fits into `width` columns.
 */
function lengthWithin(text: string, width: number): number {
  let used = 0;
  for (const { segment, index } of segmenter.segment(text)) {
    used += widthOf(segment);
    if (used > width) return index;
  }
  return text.length;
}
