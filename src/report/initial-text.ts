import type { Trace, WorldState } from '../checker/result/result.ts';
import type { Plain } from '../spec/plain.ts';
import type { TextStyle } from './text-style.ts';
import { shorten, widthOf, wrap } from './text-width.ts';
import { printable, valueText } from './value-text.ts';

/**
 * The initial state, for a run without steps: one line for each entry of a table, value and
 * process.
 */
export function initialLines({ state, processes }: WorldState, look: TextStyle): string[] {
  const stands = Object.entries(processes).map(([pid, { at }]) => `${pid}: ${valueText(at)}`);
  const fields = entriesOf(state).map(({ text }) => text);
  return [...fields, ...stands.map(printable)].map((text) => shorten(`     ${text}`, look.width));
}

/** The largest number of lines of the initial state above the steps of a run. */
const linesMax = 4;

/**
 * The initial state of a run in a few lines of at most `width` columns. Where it is too large for
 * them, what the run changes comes first, and the rest is counted.
 */
export function startText({ init, steps }: Trace, width: number): string[] {
  const all = [...entriesOf(init.state), ...variablesOf(init.processes)];
  const lines = flowing(all, width);
  if (lines.length <= linesMax) return lines;
  const changed = new Set(
    steps.flatMap(({ changes }) => changes.flatMap(({ path }) => prefixesOf(path))),
  );
  const ordered = [
    ...all.filter(({ path }) => changed.has(path)),
    ...all.filter(({ path }) => !changed.has(path)),
  ];
  for (let shown = ordered.length - 1; shown > 0; shown -= 1) {
    const rest = { path: '', text: `and ${all.length - shown} more` };
    const few = flowing([...ordered.slice(0, shown), rest], width);
    if (few.length <= linesMax) return few;
  }
  return [`${all.length} values; --json prints them`];
}

interface Shown {
  /** As in the changes of a step. */
  readonly path: string;
  readonly text: string;
}

const shownAs = (path: string, name: string, value: Plain): Shown => ({
  path,
  text: `${printable(name)}: ${valueText(value)}`,
});

/** Each value of the state, and each entry of a table. */
function entriesOf(state: WorldState['state']): readonly Shown[] {
  return Object.entries(state).flatMap(([field, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([id, entry]) =>
          shownAs(`${field}.${id}`, `${field}.${id}`, entry),
        )
      : [shownAs(field, field, value)],
  );
}

/** The variables of the processes. */
function variablesOf(processes: WorldState['processes']): readonly Shown[] {
  return Object.entries(processes).flatMap(([pid, { vars }]) =>
    Object.entries(vars).map(([name, value]) =>
      shownAs(`processes.${pid}.vars.${name}`, `${pid}.${name}`, value),
    ),
  );
}

/** `a.b.c` as `a`, `a.b` and `a.b.c`. */
function prefixesOf(path: string): readonly string[] {
  const parts = path.split('.');
  return parts.map((_, i) => parts.slice(0, i + 1).join('.'));
}

/** Texts beside one another, as many as fit in a line. Only a longer text is broken. */
function flowing(shown: readonly Shown[], width: number): string[] {
  const lines: string[] = [];
  for (const { text } of shown) {
    const last = lines.at(-1);
    const joined = last === undefined ? text : `${last}; ${text}`;
    if (last !== undefined && widthOf(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(...wrap(text, width));
  }
  return lines;
}
