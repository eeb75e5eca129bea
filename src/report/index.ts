/**
 * Results as text and as the document that `check --json` prints.
 *
 * @module racewright/report
 */

export { type Look, type Paint, plainPaint } from './look.ts';
export { reportDocument, type TimedResult } from './report-json.ts';
export { type ResultContext, resultLines } from './result-text.ts';
