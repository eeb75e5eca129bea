import fs from 'node:fs';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';

/** A stream of the process to which the command writes. */
export interface Stream {
  readonly name: string;
  readonly descriptor: number;
  /** True once something that was written to it got lost. */
  isCut: boolean;
}

export const output: Stream = { name: 'standard output', descriptor: 1, isCut: false };
export const errors: Stream = { name: 'standard error', descriptor: 2, isCut: false };

/** As it was when the command began: what a model writes by it is diverted later. */
export const systemWrite = fs.writeSync;

let readerLeft: (() => never) | undefined;

/** To be told when the reader of standard output has gone, as `head` goes. */
export function whenReaderLeaves(end: () => never): void {
  readerLeft = end;
}

/**
 * Writes all of a text before it returns, so that no end of the process can cut it. False when it
 * cannot be written: then it says why on standard error, once. Does not return when the reader of
 * standard output has gone.
 */
export function send(stream: Stream, text: string): boolean {
  try {
    writeWhole(stream.descriptor, text);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EPIPE' && stream === output) readerLeft?.();
    const isFirst = !stream.isCut;
    stream.isCut = true;
    if (isFirst && stream === output) sayThatCut(error);
    return false;
  }
}

/**
 * The exit code when something that was asked for did not get to where it should: a violation that
 * was found stays 1.
 */
export function withStreams(code: ExitCode): ExitCode {
  const isCut = output.isCut || errors.isCut;
  return isCut && code !== exitCodes.notAsExpected ? exitCodes.wrongUsage : code;
}

/** Writes all of a text or of bytes to a file that is open. Throws what the system says. */
export function writeWhole(
  descriptor: number,
  text: string | Uint8Array,
  write: (descriptor: number, bytes: Uint8Array) => number = systemWrite,
): void {
  let rest: Uint8Array = typeof text === 'string' ? Buffer.from(text) : text;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(write(descriptor, rest));
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
      // A pipe that another program has made non-blocking is full: its reader needs a moment.
      Atomics.wait(moment, 0, 0, busyMs);
    }
  }
}

const moment = new Int32Array(new SharedArrayBuffer(4));
const busyMs = 2;

function sayThatCut(error: unknown): void {
  const problem = cannotWrite(output.name, error);
  send(errors, `error: ${problem.what}\n  ${problem.mend}\n`);
}

/** That a stream or a file cannot be written to, with what the system says. */
export function cannotWrite(
  name: string,
  error: unknown,
  mend = 'Look for a full disk or a closed stream: the output is not complete.',
): SpecProblem {
  const reason = error instanceof Error ? error.message : String(error);
  return { what: `cannot write ${name}: ${reason}`, mend };
}

/** The code by which the system names an error: ENOSPC. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
