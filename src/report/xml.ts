/**
 * Text as the content of an element or a quoted attribute. Characters that XML cannot hold are
 * escaped as in JSON.
 */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, codeOf)
    .replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

/** ` name="value"` for each attribute that has a value. */
export function xmlAttributes(values: {
  readonly [name: string]: string | number | undefined;
}): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${xmlText(String(value)).replace(/[\t\n\r]/g, ' ')}"`)
    .join('');
}

const codeOf = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
