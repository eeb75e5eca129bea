/**
 * Results as text, and the document that `check --json` prints.
 *
 * @module racewright/report
 */

export { reportDocument, type TimedResult } from './report-json.ts';
export { type ResultContext, resultLines } from './result-text.ts';
export { type Paint, plainPaint, type TextStyle } from './text-style.ts';
