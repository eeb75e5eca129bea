import { withoutCommands } from '../../spec/visible.ts';
import type { ReportDocument, ResultRecord } from '../document.ts';
import { counterexamplesOf, NothingToShow, namedParameters, type Run } from '../runs.ts';

/**
 * A test file for Vitest that replays every counterexample of a report and states that the property fails there: the
 * regression test of whoever mends it, who turns the expectation round.
 * Throws a NothingToShow when the report has none.
 */
export function vitest(document: ReportDocument): string {
  const runs = counterexamplesOf(document).filter(({ property }) => property.kind !== 'reachable');
  if (runs.length === 0) {
    throw new NothingToShow('there is no counterexample to test', 'Every property holds.');
  }
  const results = [...new Set(runs.map(({ result }) => result))];
  const names = new Map(results.map((result, i) => [result, `scenario${i + 1}`]));
  const usesOwn = results.some(({ file }) => file === undefined);
  const lines = [
    "import { failuresOf, isScenario, replay } from 'racewright';",
    ...(usesOwn ? ["import { scenarios } from 'racewright/openstack';"] : []),
    "import { expect, test } from 'vitest';",
    ...results.flatMap(({ file }, i) =>
      file === undefined ? [] : [`import * as file${i + 1} from ${text(importPath(file))};`],
    ),
    '',
    ...results.map((result, i) => `const scenario${i + 1} = ${scenarioText(result, i + 1)};`),
    '',
    ...runs.flatMap((run) => [...testText(run, names.get(run.result) ?? ''), '']),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function scenarioText({ file, scenario }: ResultRecord, number: number): string {
  if (file === undefined) return `await scenarios[${text(scenario)}]?.()`;
  return `Object.values(file${number}).find((each) => isScenario(each) && each.name === ${text(scenario)})`;
}

function importPath(file: string): string {
  return /^(\.|\/)/.test(file) ? file : `./${file}`;
}

function testText({ result, property, trace }: Run, name: string): string[] {
  const options = {
    parameters: Object.fromEntries(namedParameters(result)),
    ...(result.faults === undefined ? {} : { faults: result.faults }),
    init: trace.initIndex,
  };
  const last = trace.steps.length;
  return [
    `test(${text(`${result.scenario}: ${property.name}`)}, () => {`,
    `  if (!isScenario(${name})) throw new Error(${text(`there is no scenario '${result.scenario}'`)});`,
    `  const options = ${text(options)};`,
    '  const words = [',
    ...trace.words.map((word) => `    ${text(word)},`),
    '  ];',
    `  const trace = replay(${name}, words, options);`,
    ...expectation(property.kind, property.name, trace.loopsTo, last, name),
    '});',
  ];
}

function expectation(
  kind: string,
  name: string,
  loopsTo: number | undefined,
  last: number,
  scenario: string,
): string[] {
  if (['always', 'never', 'step', 'deadlock'].includes(kind)) {
    return [
      `  const failures = failuresOf(${scenario}, trace, options).map(({ name, step }) => ({ name, step }));`,
      '  // Once this is mended, the schedule or the failure is gone.',
      `  expect(failures).toContainEqual(${text({ name, step: last })});`,
    ];
  }
  const back =
    loopsTo === undefined || loopsTo === 0 ? 'trace.init' : `trace.steps[${loopsTo - 1}]?.state`;
  if (loopsTo === undefined) {
    return [
      `  // A run that may stop here: ${comment(name)}`,
      `  expect(trace.steps.length).toBe(${last});`,
    ];
  }
  return [
    `  // From here on it can repeat for ever: ${comment(name)}`,
    `  expect(trace.steps.at(-1)?.state).toEqual(${back});`,
  ];
}

function comment(sentence: string): string {
  return withoutCommands(sentence);
}

/** A value as an expression of JavaScript, in which nothing turns the code round that an editor shows. JSON is one. */
function text(value: unknown): string {
  return withoutCommands(JSON.stringify(value));
}
