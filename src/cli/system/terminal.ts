import { Chalk, type ChalkInstance, supportsColor, supportsColorStderr } from 'chalk';
import { jsonText } from '../../report/json-text.ts';
import type { Paint, TextStyle } from '../../report/text-style.ts';
import { printable } from '../../report/value-text.ts';
import { standardOutput } from './process-guards.ts';
import { errors, output, send } from './streams.ts';

/** The width of lines where none is set, as in pipes, files and CI. */
const defaultWidth = 100;

/** The style for standard output: its width and colours. */
export function outputLook(): TextStyle {
  return { width: widthOf(standardOutput), paint: paintWith(supportsColor !== false) };
}

/** The style for standard error. */
export function errorLook(): TextStyle {
  return { width: widthOf(process.stderr), paint: paintWith(supportsColorStderr !== false) };
}

function widthOf(stream: { readonly columns?: number }): number {
  const columns = stream.columns ?? Number(process.env['COLUMNS']);
  return Math.max(40, columns > 0 ? columns : defaultWidth);
}

/**
 * NO_COLOR overrides the abilities of the terminal, and FORCE_COLOR overrides NO_COLOR, as in other
 * programs.
 */
function isColoured(supported: boolean): boolean {
  const refused = Boolean(process.env['NO_COLOR']) && process.env['FORCE_COLOR'] === undefined;
  return supported && !refused;
}

function paintWith(supported: boolean): Paint {
  const chalk: ChalkInstance = new Chalk({ level: isColoured(supported) ? 1 : 0 });
  // With one argument only: chalk joins several, and callers pass these functions to `map`.
  return {
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red.bold(text),
    warn: (text) => chalk.yellow(text),
    dim: (text) => chalk.dim(text),
    strong: (text) => chalk.bold(text),
  };
}

/** Prints lines; an empty list prints nothing. */
export function print(lines: readonly string[]): void {
  if (lines.length > 0) send(output, textOf(lines));
}

/**
 * Prints results. Where standard output fails, they go to standard error, so that they are not
 * lost.
 */
export function printFound(lines: readonly string[]): void {
  if (lines.length === 0) return;
  const text = textOf(lines);
  if (output.isCut || !send(output, text)) send(errors, text);
}

function textOf(lines: readonly string[], supported: boolean = supportsColor !== false): string {
  return `${harmless(lines, supported)}\n`;
}

export function printJson(document: object): void {
  send(output, jsonText(document));
}

export function printError(lines: readonly string[]): void {
  send(errors, textOf(lines, supportsColorStderr !== false));
}

/**
 * Lines with every terminal command escaped except the colours of racewright, because names from a
 * command, a file or a model may contain others.
 */
export function harmless(lines: readonly string[], supported: boolean): string {
  const own = isColoured(supported) ? ownColours : /($^)/;
  const escaped = (text: string): string => text.split('\t').map(printable).join('\t');
  return lines
    .map((line) =>
      line
        .split(own)
        .map((part, i) => (i % 2 === 1 ? part : escaped(part)))
        .join(''),
    )
    .join('\n');
}

/** The codes that `paintWith` makes. None of them can hide text. */
const ownColours = new RegExp(`(${'\u001b'}\\[(?:1|2|22|31|32|33|39)m)`);
