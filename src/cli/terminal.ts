import { Chalk, type ChalkInstance, supportsColor, supportsColorStderr } from 'chalk';
import type { Look, Paint } from '../report/look.ts';

/** Width of lines where nobody says otherwise: pipes, files, CI. */
const defaultWidth = 100;

/** How to print to standard output: its width and colours. */
export function outputLook(): Look {
  return { width: widthOf(process.stdout), paint: paintWith(supportsColor !== false) };
}

/** How to print to standard error. */
export function errorLook(): Look {
  return { width: widthOf(process.stderr), paint: paintWith(supportsColorStderr !== false) };
}

function widthOf(stream: { readonly columns?: number }): number {
  const columns = stream.columns ?? Number(process.env['COLUMNS']);
  return Math.max(40, columns > 0 ? columns : defaultWidth);
}

/** NO_COLOR wins over what the terminal can do, FORCE_COLOR over NO_COLOR, as elsewhere. */
function paintWith(supported: boolean): Paint {
  const refused = Boolean(process.env['NO_COLOR']) && process.env['FORCE_COLOR'] === undefined;
  const chalk: ChalkInstance = new Chalk({ level: supported && !refused ? 1 : 0 });
  // One argument only: chalk joins several, and these functions are given to `map`.
  return {
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red.bold(text),
    warn: (text) => chalk.yellow(text),
    dim: (text) => chalk.dim(text),
    strong: (text) => chalk.bold(text),
  };
}

/** Prints lines; nothing where there are none. */
export function print(lines: readonly string[]): void {
  if (lines.length === 0) return;
  process.stdout.write(`${lines.join('\n')}\n`);
}

export function printJson(document: object): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

export function printError(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`);
}
