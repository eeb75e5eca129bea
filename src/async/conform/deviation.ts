import { pad, shorten, widthOf } from '../../report/text-width.ts';
import { printable, valueText } from '../../report/value-text.ts';
import type { Plain } from '../../spec/plain.ts';

type State = { readonly [field: string]: Plain };

export interface DeviationFacts {
  /** The step of the code; undefined at the beginning. */
  readonly entry: string | undefined;
  readonly code: State;
  /** Of the states that the model may be in after the step the nearest; undefined for none. */
  readonly model: State | undefined;
  /** The entries that the model allows before the step. */
  readonly allowed: readonly string[];
  readonly scenario: string;
}

/** The code is in a state that the model does not reach by the step of that name. */
export class Deviation extends Error {
  readonly facts: DeviationFacts;

  constructor(facts: DeviationFacts) {
    super(linesOf(facts).join('\n'));
    this.name = 'Deviation';
    this.facts = facts;
  }
}

function linesOf({ entry, code, model, allowed, scenario }: DeviationFacts): readonly string[] {
  const allows = [
    `the model allows there: ${allowed.length === 0 ? 'nothing' : allowed.map(printable).join(' ')}`,
  ];
  if (entry === undefined) {
    return [
      `the code begins in a state in which '${scenario}' does not begin`,
      ...sideBySide(code, model ?? {}),
    ];
  }
  if (model === undefined) {
    return [`the model '${scenario}' does not allow ${printable(entry)} here`, ...allows];
  }
  return [
    `after ${printable(entry)} the code is in a state that '${scenario}' does not reach by it`,
    ...sideBySide(code, model),
    ...allows,
  ];
}

/** The values that differ, of code and model in columns. */
function sideBySide(code: State, model: State): readonly string[] {
  const paths = new Set([...leaves(code).keys(), ...leaves(model).keys()]);
  const [left, right] = [leaves(code), leaves(model)];
  const rows = [...paths]
    .filter((path) => left.get(path) !== right.get(path))
    .map((path) => [path, left.get(path) ?? '(absent)', right.get(path) ?? '(absent)']);
  const table = [['', 'code', 'model'], ...rows].map((row) =>
    row.map((cell) => shorten(printable(cell), 40)),
  );
  const widths = [0, 1].map((column) =>
    Math.max(...table.map((row) => widthOf(row[column] ?? ''))),
  );
  return table.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join('   ')
      .trimEnd(),
  );
}

/** By path: each value that is no record, as text. */
function leaves(value: State, above = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, each] of Object.entries(value)) {
    const path = above === '' ? key : `${above}.${key}`;
    const isRecord =
      typeof each === 'object' &&
      each !== null &&
      !Array.isArray(each) &&
      Object.keys(each).length > 0;
    if (!isRecord) found.set(path, valueText(each));
    else for (const [inner, text] of leaves(each as State, path)) found.set(inner, text);
  }
  return found;
}

/** The number of values that differ. */
export function distance(one: State, other: State): number {
  const [left, right] = [leaves(one), leaves(other)];
  const paths = new Set([...left.keys(), ...right.keys()]);
  return [...paths].filter((path) => left.get(path) !== right.get(path)).length;
}
