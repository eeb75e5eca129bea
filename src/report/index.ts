export { type Look, type Paint, plainPaint } from './look.ts';
export { reportDocument, type TimedResult } from './report-json.ts';
export { type ResultContext, resultLines } from './result-text.ts';
