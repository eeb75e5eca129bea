import type { AbstractSide, PropertyResult, Trace, WorldState } from '../checker/result/result.ts';
import type { Plain } from '../spec/plain.ts';
import type { TextStyle } from './text-style.ts';
import { hanging, pad, shorten, widthOf } from './text-width.ts';
import { printable, valueText } from './value-text.ts';

/** Of a state with more lines than this, only those are shown that the step changes. */
const linesMax = 16;
/** The largest number of abstract steps that are named. */
const stepsMax = 8;

type Half = AbstractSide['after'];

/**
 * A step, or an initial state, beside what it is in the abstract system: a column for each of the
 * two states. A value that the step changes is shown as `before → after`.
 */
export function refinementLines(
  { abstract }: PropertyResult,
  trace: Trace,
  look: TextStyle,
): string[] {
  if (abstract === undefined) return [];
  const end = trace.steps.at(-1)?.state;
  const before = end === undefined ? undefined : (trace.steps.at(-2)?.state ?? trace.init);
  const here = halfLines(before, end ?? trace.init);
  const there = halfLines(abstract.before, abstract.after);
  const room = Math.floor((look.width - 5 - 3) / 2);
  const cut = [['this system', 'the abstract system'], ...zip(here, there)].map(
    ([one, other]) => [shorten(one ?? '', room), shorten(other ?? '', room)] as const,
  );
  const width = Math.max(...cut.map(([one]) => widthOf(one)));
  const [head = '', ...rows] = cut.map(([one, other]) =>
    `     ${pad(one, width)}   ${other}`.trimEnd(),
  );
  const steps = before === undefined ? [] : stepsLines(abstract.enabled, look);
  return ['', look.paint.dim(head), ...rows, ...steps];
}

function stepsLines(enabled: readonly string[], look: TextStyle): string[] {
  const more = enabled.length - stepsMax;
  const named = enabled.slice(0, stepsMax).map(printable).join(', ');
  const text = enabled.length === 0 ? 'none' : `${named}${more > 0 ? `, and ${more} more` : ''}`;
  return hanging('     steps of the abstract system there: ', text, look.width);
}

function zip(one: readonly string[], other: readonly string[]): (string | undefined)[][] {
  const length = Math.max(one.length, other.length);
  return Array.from({ length }, (_, i) => [one[i], other[i]]);
}

function halfLines(before: Half | undefined, after: Half): readonly string[] {
  const values = valuesOf(after);
  if (before === undefined) return [...values].map(([path, value]) => `${path}: ${value}`);
  const old = valuesOf(before);
  const lines = [...new Set([...old.keys(), ...values.keys()])].map((path) => {
    const [was = '(absent)', is = '(absent)'] = [old.get(path), values.get(path)];
    const isChanged = was !== is;
    return { isChanged, text: `${path}: ${isChanged ? `${was} → ${is}` : is}` };
  });
  const shown = lines.length > linesMax ? lines.filter(({ isChanged }) => isChanged) : lines;
  const rest = lines.length - shown.length;
  return [
    ...shown.map(({ text }) => text),
    ...(rest > 0 ? [`(${rest} values that do not change)`] : []),
  ];
}

/** The values of a state as text, by path: entries of tables, places and variables of processes. */
function valuesOf({ state, processes }: Half | WorldState): ReadonlyMap<string, string> {
  const fields = Object.entries(state).flatMap(([field, value]): [string, Plain][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([id, entry]) => [`${field}.${id}`, entry])
      : [[field, value]],
  );
  const stands = Object.entries(processes).flatMap(([pid, { at, vars }]): [string, Plain][] => [
    [pid, at],
    ...Object.entries(vars).map(([name, value]): [string, Plain] => [`${pid}.${name}`, value]),
  ]);
  return new Map(
    [...fields, ...stands].map(([path, value]) => [printable(path), valueText(value)]),
  );
}
