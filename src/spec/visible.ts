/**
 * Characters that move the cursor, end a line or reverse the order of others; invisible ones that
 * make two names differ; and halves of surrogate pairs.
 */
const commanding =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/**
 * Further characters that cannot be recognised by sight: blanks other than the space, and
 * characters without width.
 */
const unseen =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;

/** `text` with every character escaped that could move a cursor or hide other text, as `\u001b`. */
export function withoutCommands(text: string): string {
  return text.replace(commanding, escaped);
}

/** The same for text of several lines and for JSON documents, of which it changes no value. */
export function linesWithoutCommands(text: string): string {
  return text.split('\n').map(withoutCommands).join('\n');
}

/**
 * `text` with every invisible character escaped, so that texts that differ look different.
 * Characters outside the normal form of Unicode are escaped, too: a combining accent looks like the
 * accented letter.
 */
export function visible(text: string): string {
  const seen = text.replace(unseen, escaped);
  return seen === seen.normalize('NFC') ? seen : seen.replace(/[^\0-\x7f]/gu, escaped);
}

/** The escape of JSON and JavaScript: four hexadecimal digits for each UTF-16 unit. */
function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
