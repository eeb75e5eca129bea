import fs from 'node:fs';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';

/** A stream of the process to which the command writes. */
export interface Stream {
  readonly name: string;
  readonly descriptor: number;
  /** True once some output was lost. */
  isCut: boolean;
}

export const output: Stream = { name: 'standard output', descriptor: 1, isCut: false };
export const errors: Stream = { name: 'standard error', descriptor: 2, isCut: false };

/** `fs.writeSync`, kept from before the writes of a model are diverted. */
export const systemWrite = fs.writeSync;

let readerLeft: (() => never) | undefined;

/** Calls `end` when the reader of standard output has gone, as `head` does. */
export function whenReaderLeaves(end: () => never): void {
  readerLeft = end;
}

/**
 * Writes a whole text before it returns, so that no end of the process can cut it. Returns false
 * when it cannot be written, and says why on standard error, once. Does not return when the reader
 * of standard output has gone.
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

/** The exit code when some output was lost. A violation stays 1. */
export function withStreams(code: ExitCode): ExitCode {
  const isCut = output.isCut || errors.isCut;
  return isCut && code !== exitCodes.notAsExpected ? exitCodes.wrongUsage : code;
}

/** Writes a whole text or all bytes to an open file. Throws the error of the system. */
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
      // The pipe is full and non-blocking, as another program has set it. Its reader needs a
      // moment.
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

/** The problem that a stream or file cannot be written to, with the reason of the system. */
export function cannotWrite(
  name: string,
  error: unknown,
  mend = 'Look for a full disk or a closed stream: the output is not complete.',
): SpecProblem {
  const reason = error instanceof Error ? error.message : String(error);
  return { what: `cannot write ${name}: ${reason}`, mend };
}

/** The code of a system error, as ENOSPC. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
