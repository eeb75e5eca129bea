import type { Trace } from '../checker/result/result.ts';
import type { ReplayOptions } from '../checker/runs/replay.ts';
import { widthOf } from '../report/text-width.ts';
import { withoutCommands } from '../spec/visible.ts';

/**
 * The call of `replay` that repeats a run. `options` are those that made the run. The call is one
 * line where it fits into `width` columns; else each line holds as many entries as fit.
 */
export function replayCall(
  { schedule, initIndex, loopsTo, stops }: Trace,
  { parameters, faults }: ReplayOptions,
  width: number,
): readonly string[] {
  const options = {
    ...(parameters === undefined || isEmpty(parameters) ? {} : { parameters }),
    ...(faults === undefined || isEmpty(faults) ? {} : { faults }),
    ...(initIndex === 0 ? {} : { init: initIndex }),
    ...(loopsTo === undefined ? {} : { loopsTo }),
    ...(stops === undefined ? {} : { stops }),
  };
  const more = isEmpty(options) ? '' : literal(options);
  const line = `replay(scenario, ${literal(schedule)}${more === '' ? '' : `, ${more}`});`;
  if (widthOf(line) <= width) return [line];
  return [
    'replay(',
    '  scenario,',
    '  [',
    ...filled(schedule, width - 4).map((line) => `    ${line}`),
    '  ],',
    ...(more === '' ? [] : [`  ${more},`]),
    ');',
  ];
}

/** The entries with commas, as many a line as fit. */
function filled(schedule: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const entry of schedule.map((each) => `${literal(each)},`)) {
    if (line !== '' && widthOf(`${line} ${entry}`) > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? entry : `${line} ${entry}`;
  }
  return [...lines, line];
}

/** A value as a JavaScript expression in the usual style. */
export function literal(value: unknown): string {
  if (typeof value === 'string') {
    const isBare = !/['\\]/.test(value) && withoutCommands(value) === value;
    return isBare ? `'${value}'` : withoutCommands(JSON.stringify(value));
  }
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([name, each]) => `${keyText(name)}: ${literal(each)}`);
  return `{ ${entries.join(', ')} }`;
}

const keyText = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name));

const isEmpty = (record: object): boolean => Object.keys(record).length === 0;
