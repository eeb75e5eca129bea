import type { SpecProblem } from '../spec/spec-error.ts';
import type { TextStyle } from './text-style.ts';
import { hanging } from './text-width.ts';
import { printable } from './value-text.ts';

/** An error in its three parts: what happened, where, and how to mend it. */
export function problemLines({ what, where, mend }: SpecProblem, look: TextStyle): string[] {
  const [first = '', ...rest] = paragraphs('error: ', what, look);
  return [
    look.paint.bad('error:') + first.slice('error:'.length),
    ...rest,
    ...(where === undefined ? [] : paragraphs('  at ', where, look).map(look.paint.dim)),
    ...(mend === undefined ? [] : paragraphs('  ', mend, look)),
  ];
}

/** Characters of a line; arguments and names of a model may be of any length. */
const lineMax = 4000;

/**
 * Lines that are indented in the text (a quoted line of code) are not broken. Words of a command
 * line or of a model may have characters that move a cursor or turn the line around: those are
 * shown as escapes.
 */
function paragraphs(head: string, text: string, look: TextStyle): string[] {
  return text.split('\n').flatMap((whole, i) => {
    const line = whole.split('\t').map(printableStart).join('\t');
    if (/^\s/.test(line)) return [line];
    return hanging(i === 0 ? head : ' '.repeat(head.length), line, look.width);
  });
}

function printableStart(text: string): string {
  return printable(text.length <= lineMax ? text : `${text.slice(0, lineMax)}…`);
}
