import { Chalk, type ChalkInstance, supportsColor, supportsColorStderr } from 'chalk';
import { jsonText } from '../../report/json-text.ts';
import type { Paint, TextStyle } from '../../report/text-style.ts';
import { printable } from '../../report/value-text.ts';
import { standardOutput } from './process-guards.ts';
import { errors, output, send } from './streams.ts';

/** Width of lines where the user does not set it: pipes, files, CI. */
const defaultWidth = 100;

/** How to print to standard output: its width and colours. */
export function outputLook(): TextStyle {
  return { width: widthOf(standardOutput), paint: paintWith(supportsColor !== false) };
}

/** How to print to standard error. */
export function errorLook(): TextStyle {
  return { width: widthOf(process.stderr), paint: paintWith(supportsColorStderr !== false) };
}

function widthOf(stream: { readonly columns?: number }): number {
  const columns = stream.columns ?? Number(process.env['COLUMNS']);
  return Math.max(40, columns > 0 ? columns : defaultWidth);
}

/** NO_COLOR wins over what the terminal can do, FORCE_COLOR over NO_COLOR, as elsewhere. */
function isColoured(supported: boolean): boolean {
  const refused = Boolean(process.env['NO_COLOR']) && process.env['FORCE_COLOR'] === undefined;
  return supported && !refused;
}

function paintWith(supported: boolean): Paint {
  const chalk: ChalkInstance = new Chalk({ level: isColoured(supported) ? 1 : 0 });
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
  if (lines.length > 0) send(output, textOf(lines));
}

/**
 * Prints what was found. What standard output does not take is told on standard error, so that it
 * is not lost.
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
 * Lines with all commands to a terminal escaped but those that make our own colours, if there are
 * any: what a command, a file or a model named may hold others.
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

/** What `paintWith` makes. Nothing of it conceals text. */
const ownColours = new RegExp(`(${'\u001b'}\\[(?:1|2|22|31|32|33|39)m)`);
