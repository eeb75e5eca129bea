import type { VNode } from 'preact';
import { number } from '../report/figures.ts';
import { printable, valueText } from '../report/value-text.ts';
import type { Plain } from '../spec/plain.ts';

/** Characters of a name or value that are shown where there is little room. */
const shownMax = 160;

/**
 * A text of the model's: whatever it contains is shown as text, with control characters as escapes
 * and isolated from the direction of what stands around it. A long one is cut where room is short,
 * and says so.
 */
export function Name({ text }: { readonly text: string }): VNode {
  return <bdi>{clipped(printable(text), shownMax)}</bdi>;
}

/** A value of the state; a very long one unfolds. */
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

/** `text`, or its beginning and how long it is. */
export function clipped(text: string, most: number): string {
  const characters = text.length <= most ? [] : [...text];
  if (characters.length <= most) return text;
  return `${characters.slice(0, most).join('')}… (${number(characters.length)} characters)`;
}
