#!/usr/bin/env node
import { Console } from 'node:console';
import { endProgram, guardEnd } from './ending.ts';
import { exitCodes } from './exit-code.ts';
import { guardProcess, standardOutput } from './process-guards.ts';
import { run } from './run.ts';

// A model that prints something must not get into the report: standard output carries nothing else.
globalThis.console = new Console(process.stderr, process.stderr);

// Whoever reads the output has had enough, as `head` does.
standardOutput.on('error', (error: NodeJS.ErrnoException) => {
  endProgram(error.code === 'EPIPE' ? (process.exitCode ?? 141) : exitCodes.wrongUsage);
});

process.stderr.on('error', () => undefined);

const words = process.argv.slice(2);
guardProcess();
guardEnd(words);
void run(words).then((code) => {
  // A model may have left timers or handles behind; what was written goes out first.
  standardOutput.write('', () => endProgram(code));
});
