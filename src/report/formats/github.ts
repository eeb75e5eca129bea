import { linesWithoutCommands } from '../../spec/visible.ts';
import type { ErrorRecord, ReportDocument, SourceRecord } from '../document.ts';
import { counterexamplesOf, errorsOf, pointText, type Run } from '../runs.ts';

/** GitHub shows ten errors of a step and drops the rest silently. */
const shownMax = 10;

/**
 * The counterexamples of a report as annotations of GitHub Actions. One marks the step that used a
 * stale value, or else the last step; others mark the steps that raced. An expected violation is a
 * notice instead of an error.
 */
export function github(document: ReportDocument): string {
  const runs = counterexamplesOf(document);
  const marks = runs.map(annotationsOf);
  // In order of importance: broken checks, one annotation for each counterexample, further steps.
  const lines = [
    ...errorsOf(document).map(annotationOfError),
    ...marks.flatMap((each) => each.slice(0, 1)),
    ...marks.flatMap((each) => each.slice(1)),
  ];
  const more = lines.length - shownMax;
  const rest =
    more > 0 ? [`::notice title=racewright::${more + 1} more annotations are in the report`] : [];
  return [...(more > 0 ? lines.slice(0, shownMax - 1) : lines), ...rest]
    .map((line) => `${line}\n`)
    .join('');
}

function annotationOfError({ what, where, mend }: ErrorRecord): string {
  const text = [what, where, mend].filter((part) => part !== null).join('\n');
  return `::error title=${inProperty('the model is broken')}::${inMessage(text)}`;
}

function annotationsOf({ result, property, trace, failingPart }: Run): string[] {
  const level = result.asExpected === true ? 'notice' : 'error';
  const race = trace.why?.races[0];
  const guilty = race === undefined ? [trace.steps.length] : [race.second, race.first];
  const title = `${result.scenario}: ${property.name}`;
  const which = failingPart === undefined ? '' : ` (${failingPart})`;
  const text = [
    `${property.name}${which} fails in ${result.scenario} ${pointText(result)}`.trim(),
    ...(trace.why?.sentences ?? []),
  ].join('\n');
  return [...new Set(guilty)].map((step, i) => {
    const source = trace.steps[step - 1]?.source;
    const remark = `step ${step}, ${trace.schedule[step - 1] ?? 'the first state'}`;
    return `::${level} ${place(source, result.file)}title=${inProperty(title)}::${inMessage(i === 0 ? `${remark}: ${text}` : `${remark}: raced, see the other annotations of '${property.name}'`)}`;
  });
}

function place(source: SourceRecord | undefined, file: string | undefined): string {
  if (source !== undefined)
    return `file=${inProperty(source.file)},line=${source.line},col=${source.column},`;
  return file === undefined ? '' : `file=${inProperty(file)},`;
}

function inMessage(text: string): string {
  return linesWithoutCommands(text)
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A');
}

function inProperty(text: string): string {
  return inMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
