import type { VNode } from 'preact';
import { number } from '../report/figures.ts';
import { printable, valueText } from '../report/value-text.ts';
import type { Plain } from '../spec/plain.ts';

/** Names and values are cut after this many characters where there is little room. */
const shownMax = 160;

/**
 * A text of the model. Control characters are escaped, and its direction does not affect the text
 * around it. A long one is cut where there is little room.
 */
export function Name({ text }: { readonly text: string }): VNode {
  return <bdi>{clipped(printable(text), shownMax)}</bdi>;
}

/** A value of the state; a very long one can be unfolded. */
export function Value({ value }: { readonly value: Plain }): VNode {
  const text = valueText(value);
  if (text.length <= 4 * shownMax) return <bdi>{text}</bdi>;
  return (
    <details class="long">
      <summary>
        <bdi>{clipped(text, shownMax)}</bdi>
      </summary>
      <bdi>{text}</bdi>
    </details>
  );
}

/** `text`, or its beginning and its length. */
export function clipped(text: string, most: number): string {
  const characters = text.length <= most ? [] : [...text];
  if (characters.length <= most) return text;
  return `${characters.slice(0, most).join('')}… (${number(characters.length)} characters)`;
}
