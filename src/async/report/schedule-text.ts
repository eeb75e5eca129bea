import { pad, widthOf } from '../../report/text-width.ts';
import { linesWithoutCommands, withoutCommands } from '../../spec/visible.ts';
import { literal } from '../../testing/replay-call.ts';
import type { FailingSchedule } from '../exploration.ts';
import { failureText } from './failure-text.ts';

/** A failing schedule as a table: its steps, their answers, why it fails, and how to replay it. */
export function scheduleLines({ failure, schedule, run }: FailingSchedule): string[] {
  const words = schedule.map(withoutCommands);
  const width = Math.max('step'.length, ...words.map(widthOf));
  const digits = String(words.length).length;
  const hasAnswers = run.steps.some(({ answer }) => answer !== undefined);
  const head = `  ${' '.repeat(digits)}  ${pad('step', width)}${hasAnswers ? '   answer' : ''}`;
  const rows = words.map((word, i) => {
    const mark = i === words.length - 1 ? '✗' : ' ';
    const answer = run.steps[i]?.answer;
    const number = pad(String(i + 1), digits, 'left');
    const beside = answer === undefined ? '' : `   ${withoutCommands(answer)}`;
    return `${mark} ${number}  ${pad(word, width)}${beside}`.trimEnd();
  });
  const indent = ' '.repeat(digits + 4);
  const why = linesWithoutCommands(failureText(failure)).split('\n');
  return [
    ...(words.length === 0 ? [] : [head.trimEnd(), ...rows]),
    ...why.map((line) => `${indent}${line}`),
    '',
    '  to replay it:',
    `  ${replayLine(schedule)}`,
  ];
}

/** The call that repeats a schedule. */
export function replayLine(schedule: readonly string[]): string {
  return `await replaySchedule(body, ${literal(schedule)});`;
}
