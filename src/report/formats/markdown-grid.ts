import type { ResultRecord } from '../document.ts';
import { faultWords, namedParameters } from '../runs.ts';
import { marks, textOf } from './markdown-text.ts';

/**
 * Every checked point as a row, a table for each scenario; empty for a single point, which its own
 * section shows.
 */
export function gridTables(results: readonly ResultRecord[]): readonly string[] {
  if (results.length < 2) return [];
  const groups = new Map<string, ResultRecord[]>();
  for (const result of results) {
    const key = JSON.stringify([result.file, result.exportName, result.scenario, result.faults]);
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups.values()].map(gridTable);
}

function gridTable(group: readonly ResultRecord[]): string {
  const [first] = group;
  const names = [
    ...new Set(group.flatMap((result) => namedParameters(result).map(([name]) => name))),
  ];
  const head = [...names.map(textOf), 'verdict', 'violated, after steps', 'states', 'expected'];
  const rows = group.map((result) => [
    ...names.map((name) => textOf(String(result.parameters[name]))),
    `${marks[result.verdict]} ${result.verdict}`,
    violatedText(result),
    result.states.toLocaleString('en-US'),
    { true: 'yes', false: '**NO**', null: '' }[`${result.asExpected}`],
  ]);
  const faults = faultWords(first?.faults).join(' ');
  return [
    `### ${textOf(`${first?.scenario} ${faults}`.trim())}: ${summary(group)}`,
    '',
    ...[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

function violatedText({ properties }: ResultRecord): string {
  return properties
    .filter(({ verdict }) => verdict === 'violated')
    .map(
      ({ name, trace }) => `${textOf(name)}${trace === undefined ? '' : `, ${trace.steps.length}`}`,
    )
    .join('<br>');
}

/** `4 points: 3 hold, 1 violated` */
function summary(group: readonly ResultRecord[]): string {
  const amount = (test: (result: ResultRecord) => boolean): number => group.filter(test).length;
  const parts: readonly (readonly [number, string])[] = [
    [amount(({ verdict }) => verdict === 'holds'), 'hold'],
    [amount(({ verdict }) => verdict === 'violated'), 'violated'],
    [amount(({ verdict }) => verdict === 'undecided'), 'undecided'],
    [amount(({ asExpected }) => asExpected === false), 'NOT as expected'],
  ];
  const told = parts.filter(([n]) => n > 0).map(([n, what]) => `${n} ${what}`);
  return `${group.length} point${group.length === 1 ? '' : 's'}: ${told.join(', ')}`;
}
