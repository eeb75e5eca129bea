import type { ChangeRecord, ReportDocument, ResultRecord } from '../document.ts';
import { requestedNameOf } from '../requested-name.ts';
import {
  counterexamplesOf,
  errorsOf,
  failingStep,
  faultWords,
  namedParameters,
  pointText,
  type Run,
} from '../runs.ts';
import { shellWord } from '../shell-words.ts';
import { valueText } from '../value-text.ts';
import { gridTables } from './markdown-grid.ts';
import { marks, textOf } from './markdown-text.ts';
import { mermaidOf } from './mermaid.ts';

/** A diagram of a longer run would be too large to read. */
const drawnStepsMax = 120;

/** A report for pull requests and step summaries, in GitHub's Markdown with Mermaid diagrams. */
export function markdown(document: ReportDocument): string {
  const { results } = document;
  const problems = errorsOf(document).map(
    ({ what, where }) =>
      `> [!CAUTION]\n> ${textOf(what)}${where === null ? '' : ` (${textOf(where)})`}`,
  );
  // Of several points, one that holds as it should has only its row.
  const isShown = ({ verdict, asExpected }: ResultRecord): boolean =>
    results.length === 1 || verdict !== 'holds' || asExpected === false;
  const sections = results
    .filter(isShown)
    .flatMap((result) => [
      summary(result),
      ...counterexamplesOf({ ...document, results: [result] }).map(counterexample),
    ]);
  return `${[...problems, ...gridTables(results), ...sections].join('\n\n')}\n`;
}

function summary(result: ResultRecord): string {
  const rows = result.properties.map(({ name, kind, verdict, failingPart, trace }) => {
    const steps = trace === undefined ? '' : String(trace.steps.length);
    const text =
      verdict === 'violated' && failingPart !== undefined ? `${name} (${failingPart})` : name;
    return `| ${marks[verdict]} ${verdict} | ${kind} | ${textOf(text)} | ${steps} |`;
  });
  const expected = {
    true: 'as expected',
    false: '**not as expected**',
    null: 'no expectation stated',
  };
  const outside = Number(result.ledger['statesOutside'] ?? 0);
  const whole =
    outside > 0
      ? `every reachable state within the constraint visited, ${outside.toLocaleString('en-US')} outside of it not expanded`
      : 'every reachable state visited';
  const seen = result.complete ? whole : '**not complete**';
  return [
    `### ${textOf(result.scenario)}`,
    '',
    ...(pointText(result) === '' ? [] : [textOf(pointText(result)), '']),
    '| verdict | kind | property | steps |',
    '| --- | --- | --- | ---: |',
    ...rows,
    '',
    `${result.states.toLocaleString('en-US')} states, ${seen}; ${expected[`${result.asExpected}`]}.`,
    ...(result.mismatches ?? []).map((mismatch) => `- ${textOf(mismatch)}`),
  ].join('\n');
}

function counterexample(run: Run): string {
  const { property, trace, failingPart } = run;
  const sentences = trace.why?.sentences ?? [];
  const diagram =
    trace.steps.length > drawnStepsMax || trace.steps.length === 0
      ? []
      : ['', '```mermaid', mermaidOf(run).trimEnd(), '```'];
  const rows = trace.steps.map((step, i) => {
    const mark = i + 1 === failingStep(run) ? '❌ ' : '';
    const place = step.source === undefined ? '' : `${step.source.file}:${step.source.line}`;
    const changes = step.changes.filter((change) => !isMove(change));
    return `| ${mark}${i + 1} | ${code(trace.schedule[i] ?? '')} | ${changes.map(changeText).join('<br>')} | ${place === '' ? '' : code(place)} |`;
  });
  return [
    `#### ${textOf(property.name)}${failingPart === undefined ? '' : `: ${textOf(failingPart)}`}`,
    ...(sentences.length === 0
      ? []
      : ['', ...sentences.map((sentence) => `- ${textOf(sentence)}`)]),
    ...diagram,
    '',
    `<details><summary>The ${trace.steps.length} steps, and what they change</summary>`,
    '',
    '| step | who does what | what changes | where |',
    '| ---: | --- | --- | --- |',
    ...rows,
    '',
    `Replay it: ${code(replayCommand(run))}`,
    '',
    '</details>',
  ].join('\n');
}

/** True for the move of a process to another label, which its next step shows anyway. */
function isMove({ path, keys = path.split('.') }: ChangeRecord): boolean {
  const [table = '', , field] = keys;
  return keys.length === 3 && /^#?processes$/.test(table) && field === 'at';
}

function changeText({ path, before, after }: ChangeRecord): string {
  const value = (side: ChangeRecord['before'], absent: string): string =>
    side === undefined ? absent : valueText(side);
  return code(`${path}: ${value(before, '(absent)')} → ${value(after, '(deleted)')}`);
}

function replayCommand({ result, trace }: Run): string {
  const settings = namedParameters(result).flatMap(([name, value]) => [
    '--set',
    `${name}=${value}`,
  ]);
  const schedule = [
    ...['racewright', 'replay', requestedNameOf(result), ...settings],
    ...faultWords(result.faults),
    ...(trace.initIndex === 0 ? [] : ['--init', String(trace.initIndex)]),
    ...trace.schedule,
  ];
  return schedule.map(shellWord).join(' ');
}

/**
 * The text as inline code. It uses a tag, because bars and backticks inside backticks would end the
 * cell or the code.
 */
function code(text: string): string {
  return `<code>${textOf(text)}</code>`;
}
