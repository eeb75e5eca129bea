import { linesWithoutCommands } from '../spec/visible.ts';

/**
 * A document as JSON that a terminal can show safely: characters that move the cursor or reverse
 * text are escaped.
 */
export function jsonText(document: object): string {
  return `${linesWithoutCommands(JSON.stringify(document, null, 2))}\n`;
}
