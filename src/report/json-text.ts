import { linesWithoutCommands } from '../spec/visible.ts';

/**
 * A document as JSON that any terminal can show: what could move its cursor or turn text round is
 * escaped.
 */
export function jsonText(document: object): string {
  return `${linesWithoutCommands(JSON.stringify(document, null, 2))}\n`;
}
