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

/** Arguments and names of a model may be of any length, so a line is cut here. */
const lineMax = 4000;

/**
 * Indented lines, such as a line of code, stay unbroken. Characters that move the cursor or reverse
 * the line are escaped, since words of a command line or a model may contain them.
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
