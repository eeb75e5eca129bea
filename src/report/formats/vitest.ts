import { withoutCommands } from '../../spec/visible.ts';
import type { ReportDocument, ResultRecord } from '../document.ts';
import { counterexamplesOf, NothingToShow, namedParameters, type Run } from '../runs.ts';

/**
 * A Vitest file with a test for each counterexample of a report. A test fails while the run
 * violates the property, and passes once the model is mended. Throws a NothingToShow for a report
 * without counterexamples.
 */
export function vitest(document: ReportDocument): string {
  const runs = counterexamplesOf(document).filter(({ property }) => property.kind !== 'reachable');
  if (runs.length === 0) {
    throw new NothingToShow(
      'there is no counterexample to test',
      'No property is violated by a single run.',
    );
  }
  const results = [...new Set(runs.map(({ result }) => result))];
  const names = new Map(results.map((result, i) => [result, `scenario${i + 1}`]));
  const usesOwn = results.some(({ file }) => file === undefined);
  const lines = [
    "import { isScenario, judgeRun } from 'racewright';",
    ...(usesOwn ? ["import { scenarios } from 'racewright/openstack';"] : []),
    "import { expect, test } from 'vitest';",
    ...results.flatMap(({ file }, i) =>
      file === undefined ? [] : [`import * as file${i + 1} from ${text(importPath(file))};`],
    ),
    '',
    ...about,
    '',
    ...results.map((result, i) => `const scenario${i + 1} = ${scenarioText(result, i + 1)};`),
    '',
    ...runs.flatMap((run) => [...testText(run, names.get(run.result) ?? ''), '']),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

const about = [
  '// Each test fails while its run violates the property. It passes when the run does not violate it any more; when fairness',
  '// rules the run out; and when it is no run any more: a step is not enabled, or the last one does not lead back to where the',
  '// loop begins (loopsTo; a run that stops has stops). So it passes after a step was renamed, too: then export it again.',
];

function scenarioText({ file, scenario }: ResultRecord, number: number): string {
  if (file === undefined) return `await scenarios[${text(scenario)}]?.()`;
  return `Object.values(file${number}).find((each) => isScenario(each) && each.name === ${text(scenario)})`;
}

function importPath(file: string): string {
  return /^(\.|\/)/.test(file) ? file : `./${file}`;
}

function testText(run: Run, name: string): string[] {
  const { result, property, trace } = run;
  const options = {
    parameters: Object.fromEntries(namedParameters(result)),
    ...(result.faults === undefined ? {} : { faults: result.faults }),
    init: trace.initIndex,
    ...goesOn(run),
  };
  return [
    `test(${text(`${result.scenario}: ${property.name}`)}, () => {`,
    `  if (!isScenario(${name})) throw new Error(${text(`there is no scenario '${result.scenario}'`)});`,
    `  const options = ${text(options)};`,
    '  const schedule = [',
    ...trace.schedule.map((word) => `    ${text(word)},`),
    '  ];',
    `  const verdict = judgeRun(${name}, ${text(property.name)}, schedule, options);`,
    "  expect(['not_violated', 'unfair', 'no_run']).toContain(verdict);",
    '});',
  ];
}

/**
 * The options of `replay` that say how the run goes on. An older report does not say that a run
 * stops.
 */
function goesOn({ property, trace }: Run): object {
  const { loopsTo, stops } = trace;
  if (loopsTo !== undefined) return { loopsTo };
  const isEndless = !['always', 'never', 'step', 'implements', 'deadlock'].includes(property.kind);
  return stops === true || isEndless ? { stops: true } : {};
}

/**
 * A value as a JavaScript expression, escaped so that an editor shows its characters in order. JSON
 * is one.
 */
function text(value: unknown): string {
  return withoutCommands(JSON.stringify(value));
}
