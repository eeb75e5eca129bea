import type { SpecProblem } from '../spec/spec-error.ts';
import type { Look } from './look.ts';
import { hanging } from './text-width.ts';

/** An error in its three parts: what happened, where, and how to mend it. */
export function problemLines({ what, where, mend }: SpecProblem, look: Look): string[] {
  const [first = '', ...rest] = paragraphs('error: ', what, look);
  return [
    look.paint.bad('error:') + first.slice('error:'.length),
    ...rest,
    ...(where === undefined ? [] : paragraphs('  at ', where, look).map(look.paint.dim)),
    ...(mend === undefined ? [] : paragraphs('  ', mend, look)),
  ];
}

/** Lines that are indented in the text (a quoted line of code) are left as they are. */
function paragraphs(head: string, text: string, look: Look): string[] {
  return text.split('\n').flatMap((line, i) => {
    if (/^\s/.test(line)) return [line];
    return hanging(i === 0 ? head : ' '.repeat(head.length), line, look.width);
  });
}
