/**
 * Characters that move the cursor, end a line or turn the order of others round; what has no width
 * but tells two names apart; and halves of surrogate pairs.
 */
const commanding =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/**
 * All that cannot be seen as what it is, beside those: blanks other than the space, and what has no
 * width.
 */
const unseen =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;

/** `text` with every character escaped that could move a cursor or hide other text: `\u001b`. */
export function withoutCommands(text: string): string {
  return text.replace(commanding, escaped);
}

/** The same for text of several lines, and for documents of JSON, in which it changes no value. */
export function linesWithoutCommands(text: string): string {
  return text.split('\n').map(withoutCommands).join('\n');
}

/**
 * `text` with every character escaped that cannot be seen, so that texts that differ look
 * different. What is not in the normal form of Unicode is escaped, too: an accent as a character of
 * its own looks like one that is part of its letter.
 */
export function visible(text: string): string {
  const seen = text.replace(unseen, escaped);
  return seen === seen.normalize('NFC') ? seen : seen.replace(/[^\0-\x7f]/gu, escaped);
}

/** As in JSON and JavaScript: four hexadecimal digits for each unit of UTF-16. */
function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
